#include "sandbox/google/categories.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/google/caller.h"
#include "sandbox/google/list.h"

namespace herald::sandbox::google {

namespace json = boost::json;

namespace {

constexpr Method kList{.rpc = "V3DataVideoCategoryService.List",
                       .scopes = kYoutube | kForceSsl | kReadonly | kPartner,
                       .takes_api_key = true};

struct Category {
  std::string_view id;
  std::string_view title;
  bool assignable = true;
};
constexpr std::array<Category, 18> kCategories{{{"1", "Film & Animation"},
                                                {"2", "Autos & Vehicles"},
                                                {"10", "Music"},
                                                {"15", "Pets & Animals"},
                                                {"17", "Sports"},
                                                {"18", "Short Movies", false},
                                                {"19", "Travel & Events"},
                                                {"20", "Gaming"},
                                                {"21", "Videoblogging", false},
                                                {"22", "People & Blogs"},
                                                {"23", "Comedy"},
                                                {"24", "Entertainment"},
                                                {"25", "News & Politics"},
                                                {"26", "Howto & Style"},
                                                {"27", "Education"},
                                                {"28", "Science & Technology"},
                                                {"29", "Nonprofits & Activism"},
                                                {"30", "Movies", false}}};

json::object category_json(const Category& category) {
  return tagged({{"kind", "youtube#videoCategory"},
                 {"etag", ""},
                 {"id", category.id},
                 {"snippet",
                  {{"title", category.title},
                   {"assignable", category.assignable},
                   {"channelId", "UCBR8-60-B28hp2BmDPdntcQ"}}}});
}

Checked<http::Response> list(Context& google, const Call& call) {
  HERALD_CHECK(admit(google, call, kList));
  HERALD_CHECK(check_common(call));
  HERALD_CHECK(read_parts(call, {"snippet"}));
  HERALD_TRY(const auto filter, read_filter(call, {"id", "regionCode"}, "id, regionCode"));
  const auto ids = listed(call, "id");
  const auto region = parameter(call, "regionCode").value_or("");
  if (filter == "regionCode" && region.size() != 2)
    return std::unexpected(bad_parameter("regionCode", "Invalid value '" + region + "'."));
  json::array items;
  for (const auto& category : kCategories)
    if (filter != "id" || std::ranges::find(ids, category.id) != ids.end())
      items.push_back(category_json(category));
  return list_answer("youtube#videoCategoryListResponse", items, {.size = kCategories.size()});
}

}  // namespace

bool assignable_category(std::string_view id) {
  const auto found = std::ranges::find(kCategories, id, &Category::id);
  return found != kCategories.end() && found->assignable;
}

Answer list_categories(Context& google, const Call& call) {
  return {.response = to_response(list(google, call))};
}

}  // namespace herald::sandbox::google

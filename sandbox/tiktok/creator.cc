// What a creator may do, read before every post, and who they are (query creator info and display
// references, looked up 2026-09).
#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/query.h"
#include "sandbox/tiktok/body.h"
#include "sandbox/tiktok/caps.h"
#include "sandbox/tiktok/endpoint.h"
#include "sandbox/tiktok/metrics.h"
#include "sandbox/tiktok/pages.h"
#include "sandbox/tiktok/tokens.h"

namespace herald::sandbox::tiktok {

namespace json = boost::json;

namespace {

struct Column {
  std::string_view name;
  std::string_view scope;
};
constexpr std::array kColumns = {Column{"open_id", "user.info.basic"},
                                 Column{"union_id", "user.info.basic"},
                                 Column{"avatar_url", "user.info.basic"},
                                 Column{"avatar_url_100", "user.info.basic"},
                                 Column{"avatar_large_url", "user.info.basic"},
                                 Column{"display_name", "user.info.basic"},
                                 Column{"username", "user.info.profile"},
                                 Column{"bio_description", "user.info.profile"},
                                 Column{"profile_deep_link", "user.info.profile"},
                                 Column{"is_verified", "user.info.profile"},
                                 Column{"follower_count", "user.info.stats"},
                                 Column{"following_count", "user.info.stats"},
                                 Column{"likes_count", "user.info.stats"},
                                 Column{"video_count", "user.info.stats"}};

json::object everything_of(const Request& request) {
  const auto& user = request.user;
  const auto avatar = avatar_link(request.x, request.call, user);
  const auto counts = counts_of(request.x, user);
  return {{"open_id", open_id_of(request.app.key, user.id)},
          {"union_id", union_id_of(user.id)},
          {"avatar_url", avatar},
          {"avatar_url_100", avatar},
          {"avatar_large_url", avatar},
          {"display_name", user.nickname},
          {"username", user.username},
          {"bio_description", user.bio},
          {"profile_deep_link", request.call.link("www.tiktok.com", "/@" + user.username)},
          {"is_verified", false},
          {"follower_count", counts.followers},
          {"following_count", counts.following},
          {"likes_count", counts.likes},
          {"video_count", counts.videos}};
}

}  // namespace

Checked<Answer> creator_info(Request& request) {
  const auto& creator = request.user;
  // With 200 on purpose: the creator is to be told, nothing is broken.
  const auto cap = reached_cap(request.x, request.app, creator);
  if (!cap.empty()) return Refused(refusal(cap, {}, 200));
  json::object data{{"creator_avatar_url", avatar_link(request.x, request.call, creator)},
                    {"creator_username", creator.username},
                    {"creator_nickname", creator.nickname},
                    {"comment_disabled", creator.comment_disabled},
                    {"duet_disabled", creator.duet_disabled || creator.is_private},
                    {"stitch_disabled", creator.stitch_disabled || creator.is_private},
                    {"max_video_post_duration_sec", creator.longest_s}};
  json::array options;
  for (const auto& option : privacy_options(request.x, request.app, creator))
    options.emplace_back(option);
  data["privacy_level_options"] = std::move(options);
  return success(json::serialize(data));
}

Checked<Answer> user_info(Request& request) {
  const auto names = split(in_query(request.call, "fields"), ',');
  if (names.empty()) return Refused(refusal("invalid_params", "fields is required."));
  const auto everything = everything_of(request);
  json::object user;
  for (const auto& name : names) {
    const auto* column = std::ranges::find(kColumns, name, &Column::name);
    if (column == kColumns.end())
      return Refused(refusal("invalid_params", "There is no field " + name + "."));
    if (!has_scope(request.grant.scopes, column->scope)) return scope_missing(request.x);
    user[name] = everything.at(name);
  }
  return success(json::serialize(json::object{{"user", std::move(user)}}));
}

}  // namespace herald::sandbox::tiktok

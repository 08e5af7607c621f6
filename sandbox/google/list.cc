#include "sandbox/google/list.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/google/crypto.h"

namespace herald::sandbox::google {

namespace json = boost::json;

http::Response list_answer(std::string_view kind, const json::array& all, const Page& page,
                           bool omit_empty) {
  const auto from = std::min(page.offset, all.size());
  const auto until = std::min(from + page.size, all.size());
  json::array items(all.begin() + static_cast<std::ptrdiff_t>(from),
                    all.begin() + static_cast<std::ptrdiff_t>(until));
  json::object body{{"kind", kind}, {"etag", ""}};
  if (until < all.size()) body["nextPageToken"] = page_token(until);
  if (from > 0) body["prevPageToken"] = page_token(from - std::min(from, page.size));
  body["pageInfo"] = {{"totalResults", all.size()}, {"resultsPerPage", page.size}};
  if (!items.empty() || !omit_empty) body["items"] = std::move(items);
  return resource_answer(200, tagged(std::move(body)));
}

json::object tagged(json::object resource) {
  resource.erase("etag");
  resource["etag"] = sha256_base64url(json::serialize(resource)).substr(0, 27);
  return resource;
}

http::Response resource_answer(int status, const json::object& resource) {
  auto response = json_answer(status, json::serialize(resource));
  if (const auto* etag = resource.if_contains("etag"))
    response.headers.set("ETag", json::serialize(*etag));
  response.headers.set("Vary", "Origin, X-Origin, Referer");
  response.headers.set("Cache-Control", "private");
  return response;
}

json::object thumbnails_json(std::string_view base) {
  const auto image = [base](std::string_view name, int width, int height) {
    return json::object{
        {"url", std::string(base) + std::string(name)}, {"width", width}, {"height", height}};
  };
  return {{"default", image("default.jpg", 120, 90)},
          {"medium", image("mqdefault.jpg", 320, 180)},
          {"high", image("hqdefault.jpg", 480, 360)}};
}

}  // namespace herald::sandbox::google

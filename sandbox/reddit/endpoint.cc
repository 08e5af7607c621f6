#include "sandbox/reddit/endpoint.h"

#include <array>

#include "sandbox/query.h"

namespace herald::sandbox::reddit {

namespace {

// Scopes: reddit.com/dev/api and the server's source of 2017; looked up 2026-08-22.
constexpr std::array kEndpoints = {
    Endpoint{"GET", "/api/v1/me", "identity", look_up_me},
    Endpoint{"GET", "/user/{}/about", "read", look_up_user},
    Endpoint{"GET", "/user/{}/submitted", "history", submitted},
    Endpoint{"GET", "/subreddits/mine/subscriber", "mysubreddits", my_communities},
    Endpoint{"GET", "/subreddits/search", "read", search_communities},
    Endpoint{"GET", "/r/{}/about", "read", about_community},
    Endpoint{"GET", "/r/{}/about/rules", "read", community_rules},
    Endpoint{"GET", "/r/{}/new", "read", newest_of_community},
    Endpoint{"GET", "/r/{}/api/link_flair_v2", "flair", link_flairs},
    Endpoint{"POST", "/r/{}/api/flairselector", "flair", flair_selector},
    Endpoint{"GET", "/api/v1/{}/post_requirements", "read", post_requirements},
    Endpoint{"POST", "/api/submit", "submit", submit},
    Endpoint{"POST", "/api/submit_gallery_post", "submit", submit_gallery},
    Endpoint{"POST", "/api/media/asset", "submit", lease_upload},
    Endpoint{"POST", "/api/comment", "submit", add_comment},
    Endpoint{"POST", "/api/del", "edit", delete_thing},
    Endpoint{"POST", "/api/editusertext", "edit", edit_text},
    Endpoint{"GET", "/api/info", "read", look_up_things},
    Endpoint{"GET", "/comments/{}", "read", look_up_thread},
};

std::string_view bare(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  if (path.ends_with(".json")) path.remove_suffix(5);
  return path;
}

}  // namespace

const Endpoint* find_endpoint(std::string_view method, std::string_view path, std::string& name) {
  for (const auto& endpoint : kEndpoints)
    if (endpoint.method == method && fits(endpoint.path, bare(path), name)) return &endpoint;
  return nullptr;
}

Answer answer_with(std::string body) { return {.response = json_answer(200, std::move(body))}; }

}  // namespace herald::sandbox::reddit

// Posts as they are read back: one, several, or the newest of an author.
#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/linkedin/authority.h"
#include "sandbox/linkedin/paging.h"
#include "sandbox/linkedin/posts.h"

namespace herald::sandbox::linkedin {

namespace json = boost::json;

namespace {

constexpr std::int64_t kPageMax = 100;

// A reader does not see drafts.
bool shows(const Request& request, const Post* post) {
  return post != nullptr && !post->deleted &&
         (post->lifecycle == "PUBLISHED" || request.query.text("viewContext") == "AUTHOR");
}

}  // namespace

Checked<Answer> get_post(Request& request) {
  const auto context = request.query.text("viewContext");
  if (!context.empty() && context != "AUTHOR" && context != "READER")
    return Refused(illegal("Invalid viewContext: " + context));
  const auto* post = request.state().find_post(request.keys.front());
  if (!shows(request, post)) return Refused(not_found(request.keys.front()));
  HERALD_CHECK(may_read(request, post->author));
  return answer_with(json::serialize(post_json(*post)));
}

Checked<Answer> get_posts(Request& request) {
  json::object results;
  json::object statuses;
  json::object errors;
  for (const auto& urn : request.query.texts("ids")) {
    const auto* post = request.state().find_post(urn);
    const bool there = shows(request, post);
    const bool allowed = there && may_read(request, post->author);
    statuses[urn] = allowed ? 200 : there ? 403 : 404;
    if (allowed)
      results[urn] = post_json(*post);
    else
      errors[urn] = json::object{{"status", there ? 403 : 404}};
  }
  if (statuses.empty()) return Refused(illegal("Invalid query parameters passed to request"));
  return answer_with(json::serialize(
      json::object{{"results", results}, {"statuses", statuses}, {"errors", errors}}));
}

Checked<Answer> find_posts(Request& request) {
  const auto author = request.query.text("author");
  HERALD_CHECK(may_read(request, author));
  const auto order = request.query.text("sortBy");
  if (!order.empty() && order != "LAST_MODIFIED" && order != "CREATED")
    return Refused(illegal("Invalid sortBy: " + order));
  const auto newest = request.x.now_ms() - request.x.number("finder_lag_ms");
  std::vector<const Post*> found;
  for (const auto& [urn, post] : request.state().posts)
    if (post.author == author && post.created_ms <= newest && shows(request, &post))
      found.push_back(&post);
  const bool by_creation = order == "CREATED";
  std::ranges::sort(found, [&](const Post* a, const Post* b) {
    const auto key = [&](const Post* post) {
      return std::pair(by_creation ? post->created_ms : post->modified_ms, post->activity);
    };
    return key(a) > key(b);
  });
  json::array elements;
  HERALD_TRY(const auto page, read_page(request.query, kPageMax));
  for (const auto* post : page.of(found)) elements.push_back(post_json(*post));
  return answer_with(paged(std::move(elements), page, found.size()));
}

}  // namespace herald::sandbox::linkedin

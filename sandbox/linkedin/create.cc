// POST, partial update and DELETE of posts: the rules that look at more than the body.
#include <boost/json.hpp>

#include "sandbox/linkedin/assets.h"
#include "sandbox/linkedin/authority.h"
#include "sandbox/linkedin/body.h"
#include "sandbox/linkedin/draft.h"
#include "sandbox/linkedin/posts.h"

namespace herald::sandbox::linkedin {

namespace json = boost::json;

namespace {

constexpr std::int64_t kMinuteMs = 60LL * 1000;

Checked<Done> check_reshare(const Request& request, const Post& post) {
  if (post.parent.empty()) return Done{};
  const auto* parent = request.state().find_post(post.parent);
  if (parent == nullptr || parent->deleted || parent->lifecycle != "PUBLISHED")
    return Refused(invalid_urn_id("/reshareContext/parent", post.parent));
  if (parent->reshare_disabled || parent->visibility != "PUBLIC")
    return Refused(invalid_value("/reshareContext/parent", post.parent));
  return Done{};
}

Checked<Done> check_twin(const Request& request, const Post& post) {
  const auto& x = request.x;
  const auto since = x.now_ms() - x.number("duplicate_minutes") * kMinuteMs;
  for (const auto& [urn, other] : request.state().posts)
    if (!other.deleted && other.created_ms > since && other.author == post.author &&
        other.sent == post.sent && other.content == post.content && other.parent == post.parent)
      return Refused(
          duplicate(x, x.choice("duplicate_urn") == "activity" ? other.activity : other.urn));
  return Done{};
}

// The post behind the path's key. 404: it is not there.
Checked<Post*> living_post(const Request& request) {
  auto* post = request.state().find_post(request.keys.front());
  if (post == nullptr || post->deleted) return Refused(not_found(request.keys.front()));
  return post;
}

}  // namespace

Checked<Answer> create_post(Request& request) {
  auto& x = request.x;
  HERALD_TRY(auto draft, read_draft(x, request.call));
  HERALD_CHECK(may_write(request, "/author", draft.author));
  if (draft.visibility == "CONNECTIONS" && !draft.author.starts_with("urn:li:person:"))
    return Refused(invalid_value("/visibility", "CONNECTIONS"));
  HERALD_CHECK(check_reshare(request, draft));
  for (const auto& urn : draft.assets) HERALD_CHECK(check_postable(x, urn, draft.author));
  HERALD_CHECK(check_twin(request, draft));
  const auto& post = add_post(x, std::move(draft));
  auto answer = answer_empty(201);
  answer.publishes = post.lifecycle == "PUBLISHED";
  const auto& form = x.choice("restli_id");
  if (form != "missing")
    answer.response.headers.set("x-restli-id",
                                form == "encoded" ? percent_encoded(post.urn) : post.urn);
  return answer;
}

Checked<Answer> update_post(Request& request) {
  HERALD_TRY(auto* post, living_post(request));
  HERALD_CHECK(may_write(request, "/author", post->author));
  HERALD_TRY(const auto body, read_body(request.call));
  std::optional<http::Response> fault;
  Members members(request.x, body, "", fault);
  members.only({"patch"});
  const auto* patch = members.need_object("patch");
  if (patch == nullptr) return Refused(*std::move(fault));
  Members changes(request.x, *patch, "/patch", fault);
  changes.only({"$set"});
  const auto* set = changes.need_object("$set");
  if (set == nullptr) return Refused(*std::move(fault));
  Members held(request.x, *set, "/patch/$set", fault);
  if (held.has("content")) held.refuse(invalid_value("/patch/$set/content", "of a post"));
  held.only({"commentary", "contentCallToActionLabel", "contentLandingPage"});
  auto commentary = held.has("commentary") ? held.text("commentary") : post->sent;
  if (fault) return Refused(*std::move(fault));
  HERALD_CHECK(set_commentary(request.x, *post, "/patch/$set/commentary", std::move(commentary)));
  change_post(request.x, *post);
  return answer_empty(204);
}

Checked<Answer> delete_post(Request& request) {
  auto* post = request.state().find_post(request.keys.front());
  if (post == nullptr) return Refused(not_found(request.keys.front()));
  HERALD_CHECK(may_write(request, "/author", post->author));
  if (post->deleted && request.x.choice("delete_again") == "404")
    return Refused(not_found(request.keys.front()));
  if (!post->deleted) remove_post(request.x, *post);
  return answer_empty(204);
}

}  // namespace herald::sandbox::linkedin

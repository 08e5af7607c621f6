// Comments, and what else people did with a post.
#include <boost/json.hpp>

#include "sandbox/linkedin/authority.h"
#include "sandbox/linkedin/body.h"
#include "sandbox/linkedin/metrics.h"
#include "sandbox/linkedin/paging.h"
#include "sandbox/linkedin/posts.h"

namespace herald::sandbox::linkedin {

namespace json = boost::json;

namespace {

constexpr std::size_t kCommentMax = 1250;
constexpr std::int64_t kPageMax = 100;

// The published post behind the path's key. 404: it is not there.
Checked<const Post*> published_post(const Request& request) {
  const auto* post = request.state().find_post(request.keys.front());
  if (post == nullptr || post->deleted || post->lifecycle != "PUBLISHED")
    return Refused(not_found(request.keys.front()));
  return post;
}

Checked<Comment> read_comment(const Request& request, const Post& post) {
  HERALD_TRY(const auto body, read_body(request.call));
  std::optional<http::Response> fault;
  Members members(request.x, body, "", fault);
  members.only({"actor", "object", "message", "parentComment"});
  Comment comment{.post = post.urn, .actor = members.need_text("actor")};
  const auto object = members.need_text("object");
  comment.parent = members.text("parentComment");
  if (members.has("object") && request.state().find_post(object) != &post)
    members.refuse(invalid_urn_id("/object", object));
  if (const auto* held = members.need_object("message")) {
    Members message(request.x, *held, "/message", fault);
    message.only({"text", "attributes"});
    message.need_text("text");
    comment.text = message.short_text("text", kCommentMax);
    if (comment.text.empty()) message.refuse(invalid_value("/message/text", "\"\""));
  }
  if (fault) return Refused(*std::move(fault));
  return comment;
}

std::vector<const Comment*> comments_of(const State& state, const Post& post) {
  std::vector<const Comment*> found;
  for (const auto& [id, comment] : state.comments)
    if (comment.post == post.urn && !comment.deleted) found.push_back(&comment);
  return found;
}

}  // namespace

Checked<Answer> create_comment(Request& request) {
  auto& x = request.x;
  HERALD_TRY(const auto* post, published_post(request));
  if (x.now_ms() < post->created_ms + x.scaled(x.number("comment_delay_ms")))
    return Refused(no_activity(x));
  HERALD_TRY(auto comment, read_comment(request, *post));
  HERALD_CHECK(may_comment(request, "/actor", comment.actor));
  const bool answers = !comment.parent.empty();
  bool known = !answers;
  for (const auto* other : comments_of(request.state(), *post))
    known = known || comment_urn(request.state(), *other) == comment.parent;
  if (!known) return Refused(invalid_urn_id("/parentComment", comment.parent));
  const auto& added = add_comment(x, std::move(comment));
  auto answer = answer_with(json::serialize(comment_json(request.state(), added)), 201);
  answer.publishes = true;
  answer.response.headers.set("x-restli-id", added.id);
  return answer;
}

Checked<Answer> get_comments(Request& request) {
  HERALD_TRY(const auto* post, published_post(request));
  HERALD_CHECK(may_read(request, post->author));
  HERALD_TRY(const auto page, read_page(request.query, kPageMax));
  const auto found = comments_of(request.state(), *post);
  json::array elements;
  for (const auto* comment : page.of(found))
    elements.push_back(comment_json(request.state(), *comment));
  return answer_with(paged(std::move(elements), page, found.size()));
}

Checked<Answer> delete_comment(Request& request) {
  HERALD_TRY(const auto* post, published_post(request));
  const auto found = request.state().comments.find(request.keys.at(1));
  if (found == request.state().comments.end() || found->second.post != post->urn ||
      found->second.deleted)
    return Refused(not_found(request.keys.at(1)));
  const auto actor = request.query.text("actor");
  if (!actor.empty() && actor != found->second.actor) return request.denied();
  HERALD_CHECK(may_comment(request, "/actor", found->second.actor));
  remove_comment(request.x, found->second);
  return answer_empty(204);
}

Checked<Answer> get_social_actions(Request& request) {
  HERALD_TRY(const auto* post, published_post(request));
  HERALD_CHECK(may_read(request, post->author));
  const auto likes = metrics_of(request.x, *post, request.x.now_ms()).likes;
  const auto comments = comments_of(request.state(), *post).size();
  return answer_with(json::serialize(
      json::object{{"$URN", post->urn},
                   {"target", post->activity},
                   {"likesSummary", json::object{{"totalLikes", likes},
                                                 {"aggregatedTotalLikes", likes},
                                                 {"likedByCurrentUser", false},
                                                 {"selectedLikes", json::array()}}},
                   {"commentsSummary", json::object{{"totalFirstLevelComments", comments},
                                                    {"aggregatedTotalComments", comments},
                                                    {"selectedComments", json::array()}}}}));
}

}  // namespace herald::sandbox::linkedin

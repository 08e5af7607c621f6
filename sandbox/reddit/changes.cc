// What follows a post: comments, edits, deletion.
#include <boost/json.hpp>

#include "sandbox/reddit/endpoint.h"
#include "sandbox/reddit/form.h"
#include "sandbox/reddit/posts.h"
#include "sandbox/reddit/things.h"

namespace herald::sandbox::reddit {

namespace json = boost::json;

namespace {

constexpr std::size_t kCommentMax = 10'000;
constexpr std::size_t kTextMax = 40'000;

Answer refused(const Request& request, Wrong wrong) {
  const bool json_asked = in_form(request.call, "api_type") == "json";
  return {.response = refused_content(request.x, wrong, json_asked)};
}

Answer too_long(const Request& request, std::size_t most) {
  return refused(request, {.code = "TOO_LONG",
                           .text = "this is too long (max: " + std::to_string(most) + ")",
                           .field = "text"});
}

Answer things_answer(const Request& request, const std::string& thing, bool publishes) {
  json::object data{{"things", json::array{json::parse(thing)}}};
  const bool json_asked = in_form(request.call, "api_type") == "json";
  return {.response = accepted_content(json::serialize(data), json_asked), .publishes = publishes};
}

}  // namespace

Checked<Answer> add_comment(Request& request) {
  auto& state = request.state();
  const auto parent = in_form(request.call, "thing_id");
  const auto text = in_form(request.call, "text");
  if (parent.empty()) return Refused(parameter_required("thing_id"));
  if (text.empty())
    return refused(request, {.code = "NO_TEXT", .text = "we need something here", .field = "text"});
  if (code_points(text) > kCommentMax) return too_long(request, kCommentMax);
  const auto id = parent.substr(std::min<std::size_t>(3, parent.size()));
  const auto above = state.comments.find(id);
  const bool answers = parent.starts_with("t1_") && above != state.comments.end();
  const auto post = state.posts.find(answers ? above->second.post : id);
  if (post == state.posts.end() || (!answers && !parent.starts_with("t3_")))
    return Refused(plain_error(404));
  if (answers && above->second.deleted)
    return refused(
        request,
        {.code = "DELETED_COMMENT", .text = "that comment has been deleted", .field = "parent"});
  if (post->second.deleted && request.x.choice("deleted_link") == "refused")
    return refused(request, {.code = "DELETED_LINK",
                             .text = "the link you are commenting on has been deleted",
                             .field = "parent"});
  if (post->second.locked)
    return refused(request,
                   {.code = "THREAD_LOCKED", .text = "Comments are locked.", .field = "parent"});
  if (request.user.suspended)
    return refused(request, {.code = "IN_TIMEOUT", .text = "You can't do that while suspended."});
  const auto& made = make_visible(
      request.x,
      Comment{.post = post->first, .parent = parent, .author = request.user.id, .text = text});
  return things_answer(request, comment_json(request.x, made), true);
}

// Says {} whatever came of it.
Checked<Answer> delete_thing(Request& request) {
  const auto name = in_form(request.call, "id");
  const auto* post = post_of(request.state(), name);
  const auto* comment = comment_of(request.state(), name);
  if (post != nullptr && post->author == request.user.id) remove_post(request.x, post->id);
  if (comment != nullptr && comment->author == request.user.id)
    remove_comment(request.x, comment->id);
  return answer_with("{}");
}

Checked<Answer> edit_text(Request& request) {
  const auto name = in_form(request.call, "thing_id");
  const auto text = in_form(request.call, "text");
  auto* post = post_of(request.state(), name);
  auto* comment = comment_of(request.state(), name);
  if (code_points(text) > (comment != nullptr ? kCommentMax : kTextMax))
    return too_long(request, comment != nullptr ? kCommentMax : kTextMax);
  if (comment != nullptr && comment->author == request.user.id) {
    change_text(request.x, *comment, text);
    return things_answer(request, comment_json(request.x, *comment), false);
  }
  // Titles, links and media cannot be edited.
  if (post == nullptr || post->author != request.user.id || post->kind != "self")
    return Refused(plain_error(post == nullptr ? 404 : 403));
  change_text(request.x, *post, text);
  return things_answer(request, post_json(request.x, *post), false);
}

}  // namespace herald::sandbox::reddit

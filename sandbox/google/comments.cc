#include "sandbox/google/comments.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/google/body.h"
#include "sandbox/google/caller.h"
#include "sandbox/google/list.h"
#include "sandbox/google/time.h"
#include "sandbox/google/video.h"

namespace herald::sandbox::google {

namespace json = boost::json;

namespace {

constexpr Method kListThreads{
    .rpc = "V3DataCommentThreadService.List", .scopes = kForceSsl, .takes_api_key = true};
constexpr Method kInsertThread{
    .rpc = "V3DataCommentThreadService.Insert", .scopes = kForceSsl, .units = 50};
constexpr Method kListComments{
    .rpc = "V3DataCommentService.List", .scopes = kForceSsl, .takes_api_key = true};
constexpr Method kInsertComment{
    .rpc = "V3DataCommentService.Insert", .scopes = kForceSsl, .units = 50};
constexpr std::size_t kTextMax = 10'000;  // Code points.

std::unexpected<Fault> refuse(int code, std::string domain, std::string reason, std::string message,
                              std::string location) {
  return std::unexpected(Fault{.code = code,
                               .message = std::move(message),
                               .domain = std::move(domain),
                               .reason = std::move(reason),
                               .location = std::move(location),
                               .location_type = "other"});
}

std::unexpected<Fault> malformed(const std::string& resource) {
  return refuse(400, "youtube." + resource, "processingFailure",
                "The API server failed to successfully process the request. While this can be a "
                "transient error, it usually indicates that the request's input is invalid. Check "
                "the structure of the <code>" +
                    resource + "</code> resource in the request body to ensure that it is valid.",
                "body");
}

json::object comment_json(const Context& google, const Comment& comment, const Call& call) {
  const auto* author = google.directory.identity(comment.channel);
  const auto* video = google.state.video(comment.video);
  const bool plain = parameter(call, "textFormat").value_or("html") == "plainText";
  json::object snippet{{"channelId", video->channel},
                       {"videoId", comment.video},
                       {"textDisplay", plain ? comment.text : html_escaped(comment.text)},
                       {"textOriginal", comment.text},
                       {"authorDisplayName", author->handle},
                       {"authorProfileImageUrl", "https://yt3.ggpht.com/" + author->channel},
                       {"authorChannelUrl", "http://www.youtube.com/" + author->handle},
                       {"authorChannelId", {{"value", author->channel}}},
                       {"canRate", true},
                       {"viewerRating", "none"},
                       {"likeCount", 0},
                       {"publishedAt", rfc3339(comment.at_ms)},
                       {"updatedAt", rfc3339(comment.at_ms)}};
  if (!comment.parent.empty()) snippet["parentId"] = comment.parent;
  return tagged({{"kind", "youtube#comment"},
                 {"etag", ""},
                 {"id", comment.id},
                 {"snippet", std::move(snippet)}});
}

json::object thread_json(const Context& google, const Comment& top, const Parts& parts,
                         const Call& call) {
  json::array replies;
  for (const auto& comment : google.state.comments)
    if (comment.parent == top.id) replies.push_back(comment_json(google, comment, call));
  json::object out{{"kind", "youtube#commentThread"}, {"etag", ""}, {"id", top.id}};
  if (parts.contains("snippet"))
    out["snippet"] = {{"channelId", google.state.video(top.video)->channel},
                      {"videoId", top.video},
                      {"topLevelComment", comment_json(google, top, call)},
                      {"canReply", true},
                      {"totalReplyCount", replies.size()},
                      {"isPublic", true}};
  if (parts.contains("replies") && !replies.empty())
    out["replies"] = {{"comments", std::move(replies)}};
  return tagged(std::move(out));
}

void tell_comment(Context& google, const Comment& comment) {
  const auto* author = google.directory.identity(comment.channel);
  const auto* video = google.state.video(comment.video);
  google.world.ledger.record({.at_ms = comment.at_ms,
                              .platform = "youtube",
                              .account = comment.channel,
                              .account_name = author->handle,
                              .event = "comment",
                              .kind = "text",
                              .audience = video->privacy,
                              .id = comment.id,
                              .parent = comment.video,
                              .text = comment.text,
                              .link = watch_link(*video) + "&lc=" + comment.id});
}

Checked<Done> check_text(const std::optional<std::string>& text, const std::string& domain,
                         const std::string& location) {
  if (!text || text->find_first_not_of(" \t\r\n") == std::string::npos)
    return refuse(400, domain, "commentTextRequired",
                  "The comment resource that is being inserted must specify a value for the "
                  "<code>textOriginal</code> property. Comments cannot be empty.",
                  location);
  const auto length = std::ranges::count_if(*text, [](char c) { return (c & 0xC0) != 0x80; });
  if (static_cast<std::size_t>(length) > kTextMax)
    return refuse(400, domain, "commentTextTooLong",
                  "The comment resource that is being inserted contains too many characters in the "
                  "<code>textOriginal</code> property.",
                  location);
  return Done{};
}

// May anybody comment on it?
Checked<Done> check_video(const Video* video, const Caller& caller, const std::string& domain) {
  if (video == nullptr || (video->privacy == "private" && video->channel != caller.channel))
    return refuse(404, domain, "videoNotFound",
                  "The video identified by the <code>videoId</code> parameter could not be found.",
                  "body.snippet.videoId");
  if (video->made_for_kids)
    return refuse(403, domain, "commentsDisabled",
                  "The video identified by the <code>videoId</code> parameter has disabled "
                  "comments.",
                  "body.snippet.videoId");
  if (video->privacy == "private")
    return refuse(
        403, domain, "forbidden",
        "The comment cannot be created due to insufficient permissions. The request might "
        "not be properly authorized.",
        "body");
  return Done{};
}

Checked<Answer> insert_top(Context& google, const Call& call) {
  const std::string domain = "youtube.commentThread";
  HERALD_TRY(const auto caller, admit(google, call, kInsertThread));
  HERALD_CHECK(check_common(call));
  HERALD_TRY(const auto parts, read_parts(call, {"snippet", "replies"}));
  HERALD_TRY(const auto body, read_object(call.body->view()));
  auto snippet = Members(body).inside("snippet");
  const auto top = snippet.inside("topLevelComment");
  auto words = top.inside("snippet");
  const auto video_id = snippet.text("videoId");
  const auto text = words.text("textOriginal");
  if (!words.present() || !video_id || snippet.fault() || top.fault() || words.fault())
    return malformed("commentThread");
  HERALD_CHECK(check_text(text, domain, "body.snippet.topLevelComment.snippet.textOriginal"));
  HERALD_CHECK(check_video(google.state.video(*video_id), caller, domain));
  Comment comment{.id = "Ug" + random_base64url(18),
                  .video = *video_id,
                  .channel = caller.channel,
                  .text = *text,
                  .at_ms = google.now_ms()};
  google.state.comments.push_back(comment);
  tell_comment(google, comment);
  return Answer{.response = resource_answer(200, thread_json(google, comment, parts, call)),
                .publishes = true};
}

Checked<Answer> insert_reply(Context& google, const Call& call) {
  const std::string domain = "youtube.comment";
  HERALD_TRY(const auto caller, admit(google, call, kInsertComment));
  HERALD_CHECK(check_common(call));
  HERALD_CHECK(read_parts(call, {"snippet"}));
  HERALD_TRY(const auto body, read_object(call.body->view()));
  auto snippet = Members(body).inside("snippet");
  const auto parent_id = snippet.text("parentId");
  const auto text = snippet.text("textOriginal");
  if (!snippet.present() || snippet.fault()) return malformed("comment");
  if (!parent_id)
    return refuse(400, domain, "parentCommentIdRequired",
                  "The comment that is being inserted must be linked to a parent comment.",
                  "body.snippet.parentId");
  HERALD_CHECK(check_text(text, domain, "body.snippet.textOriginal"));
  const auto parent = std::ranges::find(google.state.comments, *parent_id, &Comment::id);
  if (parent == google.state.comments.end())
    return refuse(404, domain, "parentCommentNotFound",
                  "The specified parent comment could not be found.", "body.snippet.parentId");
  Comment comment{.id = parent->id + "." + random_base64url(16),
                  .video = parent->video,
                  .parent = parent->parent.empty() ? parent->id : parent->parent,
                  .channel = caller.channel,
                  .text = *text,
                  .at_ms = google.now_ms()};
  google.state.comments.push_back(comment);
  tell_comment(google, comment);
  return Answer{.response = resource_answer(200, comment_json(google, comment, call)),
                .publishes = true};
}

Checked<http::Response> threads(Context& google, const Call& call) {
  HERALD_TRY(const auto caller, admit(google, call, kListThreads));
  HERALD_CHECK(check_common(call));
  HERALD_TRY(const auto parts, read_parts(call, {"snippet", "replies"}));
  HERALD_TRY(const auto filter,
             read_filter(call, {"allThreadsRelatedToChannelId", "channelId", "id", "videoId"},
                         "allThreadsRelatedToChannelId, channelId, id, videoId"));
  HERALD_TRY(const auto page, read_page(call, 20, 1, 100));
  const auto wanted = parameter(call, filter).value_or("");
  const auto ids = listed(call, "id");
  const auto* video = filter == "videoId" ? google.state.video(wanted) : nullptr;
  if (filter == "videoId" &&
      (video == nullptr || (video->privacy == "private" && video->channel != caller.channel)))
    return std::unexpected(video_not_found("youtube.commentThread", "videoId"));
  json::array items;
  for (auto at = google.state.comments.rbegin(); at != google.state.comments.rend(); ++at) {
    if (!at->parent.empty()) continue;
    const bool fits = filter == "videoId" ? at->video == wanted
                      : filter == "id"    ? std::ranges::find(ids, at->id) != ids.end()
                                          : google.state.video(at->video)->channel == wanted;
    if (fits) items.push_back(thread_json(google, *at, parts, call));
  }
  return list_answer("youtube#commentThreadListResponse", items, page);
}

Checked<http::Response> comments(Context& google, const Call& call) {
  HERALD_CHECK(admit(google, call, kListComments));
  HERALD_CHECK(check_common(call));
  HERALD_CHECK(read_parts(call, {"snippet"}));
  HERALD_TRY(const auto filter, read_filter(call, {"id", "parentId"}, "id, parentId"));
  HERALD_TRY(const auto page, read_page(call, 20, 1, 100));
  const auto wanted = listed(call, filter);
  json::array items;
  for (const auto& comment : google.state.comments)
    if (std::ranges::find(wanted, filter == "id" ? comment.id : comment.parent) != wanted.end())
      items.push_back(comment_json(google, comment, call));
  return list_answer("youtube#commentListResponse", items, page);
}

Answer answer_of(Checked<Answer> answer) {
  return answer ? std::move(*answer) : Answer{.response = to_response(answer.error())};
}

}  // namespace

Answer list_threads(Context& google, const Call& call) {
  return {.response = to_response(threads(google, call))};
}
Answer insert_thread(Context& google, const Call& call) {
  return answer_of(insert_top(google, call));
}
Answer list_comments(Context& google, const Call& call) {
  return {.response = to_response(comments(google, call))};
}
Answer insert_comment(Context& google, const Call& call) {
  return answer_of(insert_reply(google, call));
}

}  // namespace herald::sandbox::google

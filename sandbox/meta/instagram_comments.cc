// Comments, and what can be done to a post that is public.
#include <boost/json.hpp>

#include "sandbox/meta/instagram.h"

namespace herald::sandbox::meta {

Graph<Answer> write_comment(GraphCall& graph, const Media& media, const std::string& parent) {
  if (auto refused = unknown_parameter(graph, "message")) return std::unexpected(*refused);
  const auto message = graph.get("message");
  if (message.empty())
    return std::unexpected(refuse_parameter("The parameter message is required"));
  if (!media.comments_enabled)
    return std::unexpected(refuse_parameter("Comments are turned off for this media"));
  const auto& account = graph.state.accounts.at(media.account);
  const Comment comment{.id = graph.state.next_id("comment", 17860000000000001),
                        .media = media.id,
                        .parent = parent,
                        .account = account.id,
                        .username = account.username,
                        .text = message,
                        .at_ms = graph.now_ms()};
  graph.state.comments[comment.id] = comment;
  graph.world.ledger.record({.at_ms = comment.at_ms,
                             .platform = "instagram",
                             .account = account.id,
                             .account_name = "@" + account.username,
                             .event = "comment",
                             .kind = parent.empty() ? "comment" : "reply",
                             .id = comment.id,
                             .parent = media.id,
                             .text = message});
  // Seen on the platform: with `fields` the comment is written first and then refused.
  auto answer = graph.call.find("fields") != nullptr
                    ? Answer{.response = to_response(refuse(kCommentFields))}
                    : json_result({{"id", comment.id}});
  answer.publishes = true;
  return answer;
}

Graph<Answer> delete_media(GraphCall& graph, Media& media) {
  if (!graph.has_permission("instagram_manage_contents"))
    return std::unexpected(with_permission_status(graph, refuse(kNoPermission)));
  if (!media.parent.empty()) return std::unexpected(refuse(kNotDeletable));
  media.removed = true;
  graph.world.ledger.record({.at_ms = graph.now_ms(),
                             .platform = "instagram",
                             .account = media.account,
                             .account_name = "@" + graph.state.accounts.at(media.account).username,
                             .event = "removed",
                             .id = media.id});
  return json_result({{"success", true}, {"deleted_id", media.id}});
}

Graph<Answer> change_media(GraphCall& graph, Media& media) {
  if (auto refused = unknown_parameter(graph, "comment_enabled")) return std::unexpected(*refused);
  if (!graph.has_permission("instagram_manage_comments"))
    return std::unexpected(with_permission_status(graph, refuse(kNoPermission)));
  if (graph.call.find("comment_enabled") == nullptr)
    return std::unexpected(refuse_parameter("The parameter comment_enabled is required"));
  media.comments_enabled = truthy(graph.get("comment_enabled"));
  return json_result({{"success", true}});
}

}  // namespace herald::sandbox::meta

#include "sandbox/meta/router.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/meta/facebook.h"
#include "sandbox/meta/instagram.h"
#include "sandbox/meta/instagram_login.h"
#include "sandbox/meta/oauth.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

GraphError unsupported(const GraphCall& graph) {
  return refuse(Refusal{"",
                        400,
                        "Unsupported {} request.",
                        100,
                        0,
                        {},
                        {},
                        Transient::unsaid,
                        "GraphMethodException"},
                {graph.method == "GET"    ? "get"
                 : graph.method == "POST" ? "post"
                                          : "delete"});
}

namespace {

std::string segment(const GraphCall& graph, std::size_t index) {
  return index < graph.segments.size() ? graph.segments[index] : std::string();
}

Graph<Answer> list_accounts(GraphCall& graph) {
  if (auto refused = unknown_parameter(graph, "is_place is_promotable"))
    return std::unexpected(*refused);
  std::vector<std::string> ids;
  const auto* consent = graph.state.consent(graph.token->app, graph.token->person);
  if (consent != nullptr && graph.has_permission("pages_show_list")) ids = consent->pages;
  HERALD_TRY(const auto asked, parse_fields(graph.get("fields")));
  auto fields = asked;
  if (fields.empty())
    for (const char* name : {"access_token", "category", "name", "id", "tasks"})
      fields.push_back({.name = name});
  HERALD_TRY(auto page, list_page(graph, ids, 25, [&](const std::string& id) {
               return show_page(graph, graph.state.pages.at(id), fields);
             }));
  return json_result(page);
}

Graph<Answer> route_person(GraphCall& graph) {
  const auto edge = segment(graph, 1);
  if (edge == "permissions") {
    if (graph.method == "DELETE") return revoke_permissions(graph);
    if (graph.method == "GET") return show_permissions(graph);
    return std::unexpected(unsupported(graph));
  }
  if (!graph.token || graph.token->kind == "APP")
    return std::unexpected(refuse(segment(graph, 0) == "me" ? kUserTokenMissing : kTokenMissing));
  if (segment(graph, 0) != "me" && segment(graph, 0) != graph.token->person)
    return std::unexpected(no_object(graph, segment(graph, 0)));
  if (graph.method != "GET") return std::unexpected(unsupported(graph));
  HERALD_TRY(const auto fields, parse_fields(graph.get("fields")));
  if (edge.empty()) {
    if (auto refused = unknown_parameter(graph, "")) return std::unexpected(*refused);
    if (graph.token->kind == "PAGE") {
      HERALD_TRY(const auto page,
                 show_page(graph, graph.state.pages.at(graph.token->page), fields));
      return json_result(page);
    }
    HERALD_TRY(const auto person,
               show_person(graph, graph.state.people.at(graph.token->person), fields));
    return json_result(person);
  }
  if (edge == "accounts" && graph.by_person()) return list_accounts(graph);
  if (edge == "businesses" && graph.has_permission("business_management"))
    return json_result({{"data", json::array()}});
  if (edge == "businesses")
    return std::unexpected(with_permission_status(graph, refuse(kNoPermission)));
  return std::unexpected(unsupported(graph));
}

Graph<Answer> route_page(GraphCall& graph) {
  HERALD_TRY(const auto* page, page_for(graph, segment(graph, 0)));
  if (graph.method != "GET" || !segment(graph, 1).empty())
    return std::unexpected(unsupported(graph));
  if (auto refused = unknown_parameter(graph, "")) return std::unexpected(*refused);
  HERALD_TRY(const auto fields, parse_fields(graph.get("fields")));
  HERALD_TRY(const auto shown, show_page(graph, *page, fields));
  return json_result(shown);
}

// Media of an account, newest first, within since and until (Unix seconds).
Graph<Answer> list_media(GraphCall& graph, std::vector<std::string> ids) {
  if (auto refused = unknown_parameter(graph, "since until")) return std::unexpected(*refused);
  const auto since = std::strtoll(graph.get("since").c_str(), nullptr, 10) * 1000;
  const auto until = std::strtoll(graph.get("until").c_str(), nullptr, 10) * 1000;
  std::erase_if(ids, [&](const std::string& id) {
    const auto at_ms = graph.state.media.at(id).at_ms;
    return at_ms < since || (until > 0 && at_ms >= until);
  });
  HERALD_TRY(const auto fields, parse_fields(graph.get("fields")));
  HERALD_TRY(const auto page, list_page(graph, ids, 25, [&](const std::string& id) {
               return show_media(graph, graph.state.media.at(id), fields);
             }));
  return json_result(page);
}

Graph<Answer> list_comments(GraphCall& graph, const std::vector<std::string>& ids) {
  if (auto refused = unknown_parameter(graph, "order")) return std::unexpected(*refused);
  HERALD_TRY(const auto fields, parse_fields(graph.get("fields")));
  HERALD_TRY(const auto page, list_page(graph, ids, 50, [&](const std::string& id) {
               return show_comment(graph, graph.state.comments.at(id), fields);
             }));
  return json_result(page);
}

std::string permission_for(const std::string& edge, const std::string& method) {
  if (edge == "insights") return "instagram_manage_insights";
  if (edge == "comments" || edge == "replies") return "instagram_manage_comments";
  if (edge == "media_publish" || edge == "content_publishing_limit" ||
      (edge == "media" && method == "POST"))
    return "instagram_content_publish";
  return "instagram_basic";
}

Graph<Answer> route_account(GraphCall& graph) {
  const auto edge = segment(graph, 1);
  HERALD_TRY(const auto* account,
             account_for(graph, segment(graph, 0), permission_for(edge, graph.method)));
  if (graph.method == "POST") {
    if (edge == "media") return create_container(graph, *account);
    if (edge == "media_publish") return publish_container(graph, *account);
    return std::unexpected(unsupported(graph));
  }
  if (graph.method != "GET") return std::unexpected(unsupported(graph));
  if (edge == "media") return list_media(graph, media_of(graph.state, account->id));
  if (edge == "stories")
    return list_media(graph, stories_of(graph.state, account->id, graph.now_ms()));
  if (edge == "content_publishing_limit") return publishing_limit(graph, *account);
  if (edge == "insights") return account_insights(graph, *account);
  if (!edge.empty()) return std::unexpected(unsupported(graph));
  if (auto refused = unknown_parameter(graph, "")) return std::unexpected(*refused);
  HERALD_TRY(const auto fields, parse_fields(graph.get("fields")));
  HERALD_TRY(const auto shown, show_account(graph, *account, fields));
  return json_result(shown);
}

Graph<Answer> route_container(GraphCall& graph, const Container& container) {
  const auto allowed = account_for(graph, container.account, "instagram_basic");
  if (!allowed && allowed.error().code == 100)
    return std::unexpected(no_object(graph, container.id));
  if (!allowed) return std::unexpected(allowed.error());
  if (graph.method != "GET" || !segment(graph, 1).empty())
    return std::unexpected(unsupported(graph));
  if (auto refused = unknown_parameter(graph, "")) return std::unexpected(*refused);
  HERALD_TRY(const auto fields, parse_fields(graph.get("fields")));
  HERALD_TRY(const auto shown, show_container(graph, container, fields));
  return json_result(shown);
}

Graph<Answer> route_media(GraphCall& graph, Media& media) {
  const auto edge = segment(graph, 1);
  const auto allowed = account_for(graph, media.account, permission_for(edge, graph.method));
  if (media.removed || (!allowed && allowed.error().code == 100))
    return std::unexpected(no_object(graph, media.id));
  if (!allowed) return std::unexpected(allowed.error());
  if (edge == "comments" && graph.method == "POST") return write_comment(graph, media, "");
  if (edge.empty() && graph.method == "POST") return change_media(graph, media);
  if (edge.empty() && graph.method == "DELETE") return delete_media(graph, media);
  if (graph.method != "GET") return std::unexpected(unsupported(graph));
  if (edge == "comments") return list_comments(graph, comments_of(graph.state, media.id, ""));
  if (edge == "children") return list_media(graph, media.children);
  if (edge == "insights") return media_insights(graph, media);
  if (!edge.empty()) return std::unexpected(unsupported(graph));
  if (auto refused = unknown_parameter(graph, "")) return std::unexpected(*refused);
  HERALD_TRY(const auto fields, parse_fields(graph.get("fields")));
  HERALD_TRY(const auto shown, show_media(graph, media, fields));
  return json_result(shown);
}

Graph<Answer> route_comment(GraphCall& graph, const Comment& comment) {
  const auto edge = segment(graph, 1);
  HERALD_TRY(const auto* account, account_for(graph, graph.state.media.at(comment.media).account,
                                              "instagram_manage_comments"));
  (void)account;
  if (edge == "replies" && graph.method == "POST")
    return write_comment(graph, graph.state.media.at(comment.media), comment.id);
  if (graph.method != "GET") return std::unexpected(unsupported(graph));
  if (edge == "replies")
    return list_comments(graph, comments_of(graph.state, comment.media, comment.id));
  if (!edge.empty()) return std::unexpected(unsupported(graph));
  HERALD_TRY(const auto fields, parse_fields(graph.get("fields")));
  HERALD_TRY(const auto shown, show_comment(graph, comment, fields));
  return json_result(shown);
}

// graph.instagram.com: one account and what is its own. "me" stands for its id; media cannot be
// deleted, tokens not inspected.
Graph<Answer> route_instagram(GraphCall& graph) {
  if (!graph.token)
    return std::unexpected(refuse(segment(graph, 0) == "me" ? kUserTokenMissing : kTokenMissing));
  if (segment(graph, 0) == "me") {
    if (graph.segments.size() == 1 && graph.method == "GET") return instagram_me(graph);
    const bool revoke = segment(graph, 1) == "permissions" && graph.method == "DELETE";
    if (revoke && graph.world.switches.on("meta.login_revoke")) return revoke_permissions(graph);
    graph.segments[0] = graph.token->account;
  }
  const auto id = segment(graph, 0);
  auto& state = graph.state;
  if (state.accounts.contains(id)) return route_account(graph);
  if (const auto found = state.containers.find(id); found != state.containers.end())
    return route_container(graph, found->second);
  if (const auto found = state.comments.find(id); found != state.comments.end())
    return route_comment(graph, found->second);
  const auto found = state.media.find(id);
  if (found == state.media.end()) return std::unexpected(no_object(graph, id));
  if (graph.method == "DELETE") return std::unexpected(unsupported(graph));
  return route_media(graph, found->second);
}

}  // namespace

Graph<Answer> route(GraphCall& graph) {
  if (graph.call.host == kInstagramGraph) return route_instagram(graph);
  const auto id = segment(graph, 0);
  auto& state = graph.state;
  if (id == "debug_token") return debug_token(graph);
  if (auto answered = route_facebook(graph)) return std::move(*answered);
  if (id == "me" || state.people.contains(id)) return route_person(graph);
  if (!graph.token) return std::unexpected(refuse(kTokenMissing));
  if (state.pages.contains(id)) return route_page(graph);
  if (state.accounts.contains(id)) return route_account(graph);
  if (const auto found = state.containers.find(id); found != state.containers.end())
    return route_container(graph, found->second);
  if (const auto found = state.media.find(id); found != state.media.end())
    return route_media(graph, found->second);
  if (const auto found = state.comments.find(id); found != state.comments.end())
    return route_comment(graph, found->second);
  return std::unexpected(no_object(graph, id));
}

std::string account_of_path(const State& state, std::string_view path) {
  const auto parts = split(path, "/");
  if (parts.empty()) return {};
  const auto& id = parts[0].starts_with('v') && parts.size() > 1 ? parts[1] : parts[0];
  if (state.accounts.contains(id)) return id;
  if (const auto found = state.containers.find(id); found != state.containers.end())
    return found->second.account;
  if (const auto found = state.media.find(id); found != state.media.end())
    return found->second.account;
  if (const auto found = state.comments.find(id); found != state.comments.end())
    return state.media.at(found->second.media).account;
  return {};
}

}  // namespace herald::sandbox::meta

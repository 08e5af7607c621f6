#include "sandbox/meta/nodes.h"

#include <boost/json.hpp>

#include "sandbox/meta/oauth.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

json::value picture_of(const GraphCall& graph, const std::string& id) {
  return {{"data",
           {{"height", 50},
            {"is_silhouette", false},
            {"url", graph.call.link("scontent.cdninstagram.com", "/avatar/" + id + ".svg")},
            {"width", 50}}}};
}

json::array json_list(const std::vector<std::string>& words) {
  json::array out;
  for (const auto& word : words) out.emplace_back(word);
  return out;
}

Shown linked_account(GraphCall& graph, const Page& page, const FieldRequest& field) {
  const auto found = graph.state.accounts.find(page.instagram);
  if (found == graph.state.accounts.end() || !graph.has_permission("instagram_basic"))
    return json::value();
  HERALD_TRY(auto account, show_account(graph, found->second, field.inner));
  return json::value(std::move(account));
}

Shown page_field(GraphCall& graph, const Page& page, const FieldRequest& field) {
  const auto& name = field.name;
  if (name == "id") return json::value(page.id);
  if (name == "name") return json::value(page.name);
  if (name == "username") return json::value(page.username);
  if (name == "category") return json::value(page.category);
  if (name == "tasks") return json::value(json_list(page.tasks));
  if (name == "access_token") return json::value(page_token(graph, page.id));
  if (name == "picture") return picture_of(graph, page.id);
  if (name == "link") return json::value("https://www.facebook.com/" + page.username);
  if (name == "is_published") return json::value(true);
  if (name == "fan_count" || name == "followers_count") return json::value(page.fans);
  if (name == "verification_status") return json::value("not_verified");
  if (name == "instagram_business_account" || name == "connected_instagram_account")
    return linked_account(graph, page, field);
  return unknown_field(field, "Page");
}

Shown media_list(GraphCall& graph, const std::vector<std::string>& ids, const FieldRequest& field) {
  json::array data;
  const auto limit = field.args.find("limit");
  const std::size_t most =
      limit == field.args.end() ? 25 : std::strtoul(limit->second.c_str(), nullptr, 10);
  for (const auto& id : ids) {
    if (data.size() >= most) break;
    HERALD_TRY(auto node, show_media(graph, graph.state.media.at(id), field.inner));
    data.push_back(std::move(node));
  }
  return json::value{{"data", std::move(data)}};
}

Shown account_field(GraphCall& graph, const InstagramAccount& account, const FieldRequest& field) {
  const auto& name = field.name;
  if (name == "id") return json::value(graph.by_instagram() ? account.scoped_id : account.id);
  if (graph.by_instagram() && name == "user_id") return json::value(account.id);
  if (graph.by_instagram() && name == "account_type") return json::value(account.account_type);
  if (name == "ig_id" || name == "legacy_instagram_user_id")
    return json::value(std::stoll(account.id.substr(account.id.size() - 10)));
  if (name == "username") return json::value(account.username);
  if (name == "name") return json::value(account.name);
  if (name == "biography") return json::value(account.biography);
  if (name == "website") return json::value("https://" + account.username + ".example/");
  if (name == "followers_count") return json::value(account.followers);
  if (name == "follows_count") return json::value(account.followers / 7);
  if (name == "media_count") return json::value(media_of(graph.state, account.id).size());
  if (name == "has_profile_pic" || name == "is_published") return json::value(true);
  if (name == "profile_picture_url")
    return json::value(
        graph.call.link("scontent.cdninstagram.com", "/avatar/" + account.id + ".svg"));
  if (name == "media") return media_list(graph, media_of(graph.state, account.id), field);
  if (name == "stories")
    return media_list(graph, stories_of(graph.state, account.id, graph.now_ms()), field);
  return unknown_field(field, "IGUser");
}

Shown person_field(GraphCall& graph, const Person& person, const FieldRequest& field) {
  const auto& name = field.name;
  if (name == "id") return json::value(person.id);
  if (name == "name") return json::value(person.name);
  if (name == "first_name") return json::value(person.name.substr(0, person.name.find(' ')));
  if (name == "last_name") return json::value(person.name.substr(person.name.find(' ') + 1));
  if (name == "picture") return picture_of(graph, person.id);
  if (name == "email") {
    if (!graph.has_permission("email")) return json::value();
    return json::value("mia@bluebakery.example");
  }
  return unknown_field(field, "User");
}

}  // namespace

Graph<json::object> show_person(GraphCall& graph, const Person& person, const Fields& fields) {
  return project(fields, "name",
                 [&](const FieldRequest& field) { return person_field(graph, person, field); });
}

Graph<json::object> show_page(GraphCall& graph, const Page& page, const Fields& fields) {
  return project(fields, "name",
                 [&](const FieldRequest& field) { return page_field(graph, page, field); });
}

Graph<json::object> show_account(GraphCall& graph, const InstagramAccount& account,
                                 const Fields& fields) {
  return project(fields, "id",
                 [&](const FieldRequest& field) { return account_field(graph, account, field); });
}

}  // namespace herald::sandbox::meta

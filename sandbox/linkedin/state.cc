#include "sandbox/linkedin/state.h"

#include <algorithm>
#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <utility>

#include "sandbox/linkedin/urn.h"

namespace herald::sandbox::linkedin {

BOOST_DESCRIBE_STRUCT(App, (), (id, secret, name, scopes))
BOOST_DESCRIBE_STRUCT(Person, (), (id, given_name, family_name, vanity, email, followers))
BOOST_DESCRIBE_STRUCT(Organization, (), (id, name, vanity, followers))
BOOST_DESCRIBE_STRUCT(Role, (), (person, organization, role, state))
BOOST_DESCRIBE_STRUCT(Code, (), (app, grant, redirect_uri, issued_ms, used))
BOOST_DESCRIBE_STRUCT(Grant, (), (app, person, scopes, authorized_ms, ended))
BOOST_DESCRIBE_STRUCT(Token, (), (grant, refreshes, issued_ms, expires_ms, revoked))
BOOST_DESCRIBE_STRUCT(UploadUrl, (), (asset, use, part, first_byte, last_byte, expires_ms, etag))
BOOST_DESCRIBE_STRUCT(Asset, (),
                      (urn, owner, size, parts, upload_token, uploaded, ready_ms, failure, digest,
                       type, width, height, duration_ms))
BOOST_DESCRIBE_STRUCT(Post, (),
                      (urn, activity, author, sent, commentary, shown, visibility, feed, lifecycle,
                       kind, content, title, article, assets, options, parent, reshare_disabled,
                       created_ms, modified_ms, deleted))
BOOST_DESCRIBE_STRUCT(Comment, (), (id, post, actor, text, parent, created_ms, deleted))
BOOST_DESCRIBE_STRUCT(State, (),
                      (apps, people, organizations, roles, codes, grants, tokens, upload_urls,
                       assets, posts, comments, calls, outcomes, last_id))

namespace {

constexpr int kCountBits = 22;

}  // namespace

Post* State::find_post(std::string_view urn) {
  return const_cast<Post*>(std::as_const(*this).find_post(urn));
}

const Post* State::find_post(std::string_view urn) const {
  const auto found = std::ranges::find_if(posts, [&](const auto& entry) {
    return entry.second.urn == urn || entry.second.activity == urn;
  });
  return found == posts.end() ? nullptr : &found->second;
}

std::string State::name_of(std::string_view urn) const {
  const auto parts = read_urn(urn);
  if (!parts) return {};
  if (const auto person = people.find(parts->id); parts->type == "person" && person != people.end())
    return person->second.name();
  if (const auto page = organizations.find(parts->id);
      parts->type == "organization" && page != organizations.end())
    return page->second.name;
  return {};
}

std::string State::next_id(std::int64_t now_ms) {
  last_id = std::max(last_id + 1, now_ms << kCountBits);
  return std::to_string(last_id);
}

State seeded_state() {
  State state;
  const std::vector<std::string> products = {"openid",
                                             "profile",
                                             "email",
                                             "w_member_social",
                                             "r_basicprofile",
                                             "w_organization_social",
                                             "r_organization_social",
                                             "rw_organization_admin",
                                             "r_organization_admin",
                                             "r_member_postAnalytics",
                                             "r_member_profileAnalytics",
                                             "w_member_social_feed",
                                             "w_organization_social_feed",
                                             "r_organization_social_feed"};
  const App apps[] = {{.id = "sandbox-linkedin-client",
                       .secret = "sandbox-linkedin-secret",
                       .name = "Herald Demo",
                       .scopes = products},
                      {.id = "sandbox-linkedin-share",
                       .secret = "sandbox-linkedin-share-secret",
                       .name = "Share Only",
                       .scopes = {"openid", "profile", "email", "w_member_social"}}};
  for (const auto& app : apps) state.apps[app.id] = app;
  state.people["mB4kErQ7Lx"] = {.id = "mB4kErQ7Lx",
                                .given_name = "Mia",
                                .family_name = "Baker",
                                .vanity = "mia-baker",
                                .email = "mia@bakery.example",
                                .followers = 812};
  const Organization pages[] = {
      {.id = "5550001", .name = "Blue Bakery", .vanity = "blue-bakery", .followers = 2191},
      {.id = "5550002", .name = "Corner Books", .vanity = "corner-books", .followers = 344},
      {.id = "5550003", .name = "Harbour Choir", .vanity = "harbour-choir", .followers = 58}};
  for (const auto& page : pages) state.organizations[page.id] = page;
  state.roles = {
      {.person = "mB4kErQ7Lx",
       .organization = "5550001",
       .role = "ADMINISTRATOR",
       .state = "APPROVED"},
      {.person = "mB4kErQ7Lx",
       .organization = "5550002",
       .role = "ADMINISTRATOR",
       .state = "APPROVED"},
      {.person = "mB4kErQ7Lx", .organization = "5550003", .role = "ANALYST", .state = "APPROVED"}};
  return state;
}

std::string to_json(const State& state) {
  return boost::json::serialize(boost::json::value_from(state));
}

State state_from(std::string_view json) {
  return boost::json::value_to<State>(boost::json::parse(json));
}

}  // namespace herald::sandbox::linkedin

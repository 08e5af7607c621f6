#include "sandbox/meta/state.h"

#include <boost/describe.hpp>
#include <boost/json.hpp>

namespace herald::sandbox::meta {

BOOST_DESCRIBE_STRUCT(App, (), (id, secret, name))
BOOST_DESCRIBE_STRUCT(Person, (), (id, name))
BOOST_DESCRIBE_STRUCT(Page, (), (id, name, username, category, instagram, tasks, fans, role_lost))
BOOST_DESCRIBE_STRUCT(InstagramAccount, (),
                      (id, username, name, biography, followers, restricted, business_manager,
                       scoped_id, account_type))
BOOST_DESCRIBE_STRUCT(Consent, (), (app, person, permissions, pages))
BOOST_DESCRIBE_STRUCT(Code, (), (text, app, person, account, redirect_uri, issued_ms, used))
BOOST_DESCRIBE_STRUCT(Token, (),
                      (text, kind, app, person, page, account, issued_ms, expires_ms, long_lived,
                       dead))
BOOST_DESCRIBE_STRUCT(Picture, (), (digest, type, width, height, duration_ms))
BOOST_DESCRIBE_STRUCT(Container, (),
                      (id, account, app, media_type, caption, alt_text, upload_type, children,
                       is_child, share_to_feed, pictures, cover, created_ms, ready_ms,
                       thumb_offset_ms, failure, media, upload_digest, upload_size, upload_total))
BOOST_DESCRIBE_STRUCT(Media, (),
                      (id, account, shortcode, caption, alt_text, media_type, product_type, parent,
                       children, pictures, cover, at_ms, viewers, shared_to_feed, comments_enabled,
                       by_api, removed))
BOOST_DESCRIBE_STRUCT(Comment, (), (id, media, parent, account, username, text, at_ms, hidden))
BOOST_DESCRIBE_STRUCT(PagePhoto, (),
                      (id, page, app, picture, caption, alt_text, post, created_ms, temporary,
                       removed))
BOOST_DESCRIBE_STRUCT(PageVideo, (),
                      (id, page, app, kind, title, description, picture, thumbnail, session,
                       upload_digest, upload_size, upload_total, created_ms, ready_ms, failure,
                       post, uploaded, removed))
BOOST_DESCRIBE_STRUCT(PagePost, (),
                      (id, page, app, kind, message, link, photos, video, created_ms, publish_ms,
                       visible_ms, held, removed))
BOOST_DESCRIBE_STRUCT(PageComment, (), (id, post, parent, page, app, text, at_ms, removed))
BOOST_DESCRIBE_STRUCT(UploadSession, (), (id, app, person, handle, digest, size, total))
BOOST_DESCRIBE_STRUCT(State, (),
                      (apps, instagram_apps, people, pages, accounts, consents, codes, tokens,
                       containers, media, comments, photos, videos, posts, page_comments, uploads,
                       sequences))

namespace {

const App* find_app(const std::vector<App>& apps, std::string_view id) {
  for (const auto& app : apps)
    if (app.id == id) return &app;
  return nullptr;
}

}  // namespace

const App* State::app(std::string_view id) const { return find_app(apps, id); }

const App* State::instagram_app(std::string_view id) const { return find_app(instagram_apps, id); }

Consent* State::consent(const std::string& app, const std::string& person) {
  const auto found = consents.find(app + "/" + person);
  return found == consents.end() ? nullptr : &found->second;
}

const Page* State::page_of_account(const std::string& account) const {
  for (const auto& [id, page] : pages)
    if (page.instagram == account) return &page;
  return nullptr;
}

std::string State::next_id(const std::string& kind, std::int64_t first) {
  return std::to_string(sequences.try_emplace(kind, first).first->second++);
}

void State::kill_tokens(const std::string& app, const std::string& person, int subcode) {
  for (auto& [text, token] : tokens)
    if (token.person == person && (app.empty() || token.app == app) && token.dead == 0)
      token.dead = subcode;
}

State seeded_state() {
  const std::vector<std::string> tasks = {"ADVERTISE", "ANALYZE",  "CREATE_CONTENT",
                                          "MESSAGING", "MODERATE", "MANAGE"};
  State state;
  state.apps = {{"1234567890", "sandbox-meta-app-secret", "Herald Demo"},
                {"2222222222", "sandbox-other-app-secret", "Another App"}};
  state.instagram_apps = {{"9876543210", "sandbox-instagram-login-secret", "Herald Demo"}};
  state.people["10150000000000001"] = {"10150000000000001", "Mia Baker"};
  const Page pages[] = {
      {"112233445566", "Blue Bakery", "bluebakery", "Bakery", "17841400000000001", tasks, 512},
      {"112233445577", "Corner Books", "cornerbooks", "Bookstore", "17841400000000002", tasks, 233},
      {"112233445588", "Harbour Choir", "harbourchoir", "Musician/band", "", tasks, 87}};
  for (const auto& page : pages) state.pages[page.id] = page;
  const InstagramAccount accounts[] = {
      {"17841400000000001", "bluebakery", "Blue Bakery", "Bread, early.", 1204, false, false,
       "26500000000000001", "BUSINESS"},
      {"17841400000000002", "cornerbooks", "Corner Books", "Second-hand and new.", 386, false,
       false, "26500000000000002", "BUSINESS"},
      {"17841400000000003", "miabakes", "Mia bakes", "Recipes from the small hours.", 845, false,
       false, "26500000000000003", "MEDIA_CREATOR"}};
  for (const auto& account : accounts) state.accounts[account.id] = account;
  return state;
}

std::string to_json(const State& state) {
  return boost::json::serialize(boost::json::value_from(state));
}

State state_from(std::string_view json) {
  auto state = boost::json::value_to<State>(boost::json::parse(json));
  for (const auto& [id, post] : state.posts)
    if (post.visible_ms == 0 && !post.removed) state.unseen.insert(id);
  return state;
}

}  // namespace herald::sandbox::meta

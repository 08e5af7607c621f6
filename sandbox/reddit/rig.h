// Reddit's side in a test's hands: a person who allows, an app with tokens, uploads and posts.
// For tests.
#pragma once

#include "sandbox/reddit/side.h"
#include "sandbox/sample_files.h"
#include "sandbox/side_rig.h"

namespace herald::sandbox::reddit {

inline constexpr const char* kCallback = "https://herald.example/callback";
inline constexpr const char* kClient = "sandbox-reddit-client";
inline constexpr const char* kSecret = "sandbox-reddit-secret";
inline constexpr const char* kScopes = "identity read submit flair history edit mysubreddits";
inline constexpr const char* kAgent = "linux:herald:1.0 (by /u/bluebakery)";
inline constexpr const char* kImageBucketAddress =
    "https://reddit-uploaded-media.s3-accelerate.amazonaws.com";

struct Lease {
  std::string action;  // "https://..."
  std::string asset;
  std::string key;
  std::vector<Field> fields;

  std::string url() const { return action + "/" + key; }
};

class RedditTest : public SideTest {
 protected:
  RedditTest() : SideTest(make_reddit_side, "reddit", {kCallback}) {}

  Answer ask(RigRequest request, const std::string& token = {}, const std::string& agent = kAgent) {
    if (!agent.empty()) request.headers.push_back({"User-Agent", agent});
    if (!token.empty()) request.headers.push_back({"Authorization", "bearer " + token});
    return rig.ask(*side, request);
  }
  Answer get(const std::string& path, const std::string& token) {
    return ask({.url = "https://oauth.reddit.com" + path}, token);
  }
  Answer post(const std::string& path, const std::vector<Field>& fields, const std::string& token) {
    return ask(Rig::form("https://oauth.reddit.com" + path, fields), token);
  }
  Answer post_json(const std::string& path, const boost::json::object& body,
                   const std::string& token) {
    return ask({.method = "POST",
                .url = "https://oauth.reddit.com" + path,
                .content_type = "application/json",
                .body = boost::json::serialize(body)},
               token);
  }
  // A control that must work.
  Answer control(const std::string& verb, const std::vector<Field>& fields = {}) {
    auto answer = SideTest::control(verb, fields);
    EXPECT_EQ(answer.response.status, 200) << verb << ": " << answer.response.body;
    return answer;
  }

  static std::string authorize_url(const std::vector<Field>& changes = {}) {
    const std::vector<Field> usual = {
        {.name = "client_id", .value = kClient},    {.name = "response_type", .value = "code"},
        {.name = "state", .value = "st&te"},        {.name = "redirect_uri", .value = kCallback},
        {.name = "duration", .value = "permanent"}, {.name = "scope", .value = kScopes}};
    return address_of("https://www.reddit.com/api/v1/authorize", changed(usual, changes));
  }
  // Where the person's decision leads.
  std::string decide(const std::string& url, const std::string& account = "bluebakery",
                     const std::string& decision = "allow") {
    const auto answer = ask(Rig::form(
        url, {{.name = "decision", .value = decision}, {.name = "account", .value = account}}));
    EXPECT_EQ(answer.response.status, 302) << answer.response.body;
    return header_of(answer, "Location");
  }
  std::string code(const std::vector<Field>& changes = {},
                   const std::string& account = "bluebakery") {
    return query_of(decide(authorize_url(changes), account), "code");
  }

  static std::vector<http::Header> basic(const std::string& id = kClient,
                                         const std::string& secret = kSecret) {
    return basic_header(id, secret);
  }
  Answer token_call(const std::vector<Field>& fields,
                    const std::vector<http::Header>& headers = basic(),
                    const std::string& path = "/api/v1/access_token") {
    auto request = Rig::form("https://www.reddit.com" + path, fields);
    request.headers = headers;
    return ask(std::move(request));
  }
  static std::vector<Field> exchange_fields(const std::string& code) {
    return {{.name = "grant_type", .value = "authorization_code"},
            {.name = "code", .value = code},
            {.name = "redirect_uri", .value = kCallback}};
  }
  Answer exchange(const std::string& code) { return token_call(exchange_fields(code)); }
  Answer refresh(const std::string& token) {
    return token_call({{.name = "grant_type", .value = "refresh_token"},
                       {.name = "refresh_token", .value = token}});
  }
  Answer revoke(const std::string& token, const std::vector<http::Header>& headers = basic()) {
    return token_call({{.name = "token", .value = token}}, headers, "/api/v1/revoke_token");
  }

  struct Tokens {
    std::string access;
    std::string refresh;
  };
  Tokens connect(const std::string& account = "bluebakery", const std::string& scopes = kScopes) {
    const auto body = json_of(exchange(code({{.name = "scope", .value = scopes}}, account)));
    return {text_at(body, "/access_token"), text_at(body, "/refresh_token")};
  }

  // POST /api/submit of a text post to breadlab, but for the changes.
  Answer submit(const std::string& token, const std::vector<Field>& changes = {}) {
    return post("/api/submit",
                changed({{.name = "api_type", .value = "json"},
                         {.name = "kind", .value = "self"},
                         {.name = "sr", .value = "breadlab"},
                         {.name = "title", .value = "Day 3"},
                         {.name = "text", .value = "It rises."},
                         {.name = "sendreplies", .value = "True"},
                         {.name = "validate_on_submit", .value = "True"}},
                        changes),
                token);
  }
  Answer submit_link(const std::string& token, const std::string& url,
                     const std::vector<Field>& changes = {}) {
    std::vector<Field> all = {{.name = "kind", .value = "link"},
                              {.name = "url", .value = url},
                              {.name = "text", .value = ""}};
    all.insert(all.end(), changes.begin(), changes.end());
    return submit(token, all);
  }
  // The fullname of a post that must come about.
  std::string posted(const Answer& answer) {
    const auto body = json_of(answer);
    const auto name = text_at(body, "/json/data/name");
    EXPECT_FALSE(name.empty()) << answer.response.body;
    return name;
  }

  Lease lease(const std::string& token, const std::string& type = "image/jpeg",
              const std::string& path = "oven.jpg") {
    const auto body = json_of(
        post("/api/media/asset.json",
             {{.name = "filepath", .value = path}, {.name = "mimetype", .value = type}}, token));
    Lease out{.action = "https:" + text_at(body, "/args/action"),
              .asset = text_at(body, "/asset/asset_id")};
    const auto* fields = at(body, "/args/fields");
    if (fields == nullptr) ADD_FAILURE() << "no lease";
    if (fields == nullptr) return out;
    for (const auto& field : fields->as_array()) {
      out.fields.push_back({.name = text_at(field, "/name"), .value = text_at(field, "/value")});
      if (out.fields.back().name == "key") out.key = out.fields.back().value;
    }
    return out;
  }
  // Posts a form to a bucket; the field named "file" is the file.
  Answer put(const std::string& action, const std::vector<Field>& fields,
             const std::vector<http::Header>& headers = {}) {
    std::string body;
    for (const auto& field : fields)
      body += "--frame\r\nContent-Disposition: form-data; name=\"" + field.name + "\"" +
              (field.name == "file" ? "; filename=\"f\"" : "") + "\r\n\r\n" + field.value + "\r\n";
    return ask({.method = "POST",
                .url = action + "/",
                .content_type = "multipart/form-data; boundary=frame",
                .body = body + "--frame--\r\n",
                .headers = headers},
               {}, "");
  }
  Answer put(const Lease& lease, const std::string& bytes) {
    auto fields = lease.fields;
    fields.push_back({.name = "file", .value = bytes});
    return put(lease.action, fields);
  }
  Lease uploaded(const std::string& token, const std::string& type, const std::string& bytes) {
    auto out = lease(token, type, type.starts_with("video/") ? "film.mp4" : "oven.jpg");
    const auto answer = put(out, bytes);
    EXPECT_EQ(answer.response.status, 201) << answer.response.body;
    return out;
  }
  Lease photo(const std::string& token) { return uploaded(token, "image/jpeg", jpeg_of(640, 480)); }
  static std::string film() { return mp4_of({.duration_ms = 12'000, .width = 720, .height = 720}); }
  Answer submit_image(const std::string& token, const std::string& url) {
    return submit(token, {{.name = "kind", .value = "image"},
                          {.name = "title", .value = "Oven"},
                          {.name = "url", .value = url},
                          {.name = "text", .value = ""}});
  }
  // The newest post in the account's own listing; null: none.
  boost::json::value newest(const std::string& token, const std::string& name = "bluebakery") {
    const auto body = json_of(get("/user/" + name + "/submitted?sort=new&raw_json=1", token));
    const auto* found = at(body, "/data/children/0/data");
    return found == nullptr ? boost::json::value() : *found;
  }
  // What the websocket of a media post would say; empty: nothing yet.
  std::string socket_says(const Answer& answer) {
    auto url = text_at(json_of(answer), "/json/data/websocket_url");
    EXPECT_TRUE(url.starts_with("wss://")) << answer.response.body;
    return ask({.url = "https" + url.substr(3)}).response.body;
  }
};

// A refusal inside a 200: exactly this triple.
inline void expect_wrong(const Answer& answer, const std::string& triple) {
  EXPECT_EQ(answer.response.status, 200) << answer.response.body;
  const auto body = json_of(answer);
  const auto* errors = at(body, "/json/errors");
  ASSERT_NE(errors, nullptr) << answer.response.body;
  EXPECT_EQ(*errors, boost::json::parse("[" + triple + "]")) << answer.response.body;
  EXPECT_EQ(at(body, "/json/data"), nullptr);
  EXPECT_FALSE(answer.publishes);
}

}  // namespace herald::sandbox::reddit

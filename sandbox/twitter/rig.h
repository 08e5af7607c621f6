// X's side in a test's hands: a person who allows, an app with tokens, posts and media. For tests.
#pragma once

#include "sandbox/sample_files.h"
#include "sandbox/side_rig.h"
#include "sandbox/twitter/side.h"

namespace herald::sandbox::twitter {

inline constexpr const char* kCallback = "https://herald.example/callback";
inline constexpr const char* kClient = "sandbox-twitter-client";
inline constexpr const char* kSecret = "sandbox-twitter-secret";
inline constexpr const char* kVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
inline constexpr const char* kScopes =
    "tweet.read users.read tweet.write media.write offline.access";
inline constexpr const char* kBakery = "1500000000000000001";
inline constexpr const char* kBooks = "1500000000000000002";
inline constexpr const char* kInvalidToken =
    R"({"error":"invalid_request","error_description":"Value passed for the token was invalid."})";

struct Part {
  std::string name;
  std::string value;
  std::string filename;
};

class TwitterTest : public SideTest {
 protected:
  TwitterTest() : SideTest(make_twitter_side, "twitter", {kCallback}) {}

  Answer get(const std::string& path, const std::string& token = {}) {
    return ask({.url = "https://api.x.com" + path}, token);
  }
  Answer post_json(const std::string& path, std::string body, const std::string& token) {
    return ask({.method = "POST",
                .url = "https://api.x.com" + path,
                .content_type = "application/json",
                .body = std::move(body)},
               token);
  }
  Answer post_parts(const std::string& path, const std::vector<Part>& parts,
                    const std::string& token) {
    std::string body;
    for (const auto& part : parts)
      body += "--frame\r\nContent-Disposition: form-data; name=\"" + part.name + "\"" +
              (part.filename.empty() ? "" : "; filename=\"" + part.filename + "\"") + "\r\n\r\n" +
              part.value + "\r\n";
    return ask({.method = "POST",
                .url = "https://api.x.com" + path,
                .content_type = "multipart/form-data; boundary=frame",
                .body = body + "--frame--\r\n"},
               token);
  }

  static std::string authorize_url(const std::vector<Field>& changes = {}) {
    const std::vector<Field> usual = {{.name = "response_type", .value = "code"},
                                      {.name = "client_id", .value = kClient},
                                      {.name = "redirect_uri", .value = kCallback},
                                      {.name = "scope", .value = kScopes},
                                      {.name = "state", .value = "st&te"},
                                      {.name = "code_challenge", .value = s256(kVerifier)},
                                      {.name = "code_challenge_method", .value = "S256"}};
    return address_of("https://x.com/i/oauth2/authorize", changed(usual, changes));
  }
  // Where the person's decision leads.
  std::string decide(const std::string& url, const std::string& account = kBakery,
                     const std::string& decision = "allow") {
    const auto answer = ask(Rig::form(
        url, {{.name = "decision", .value = decision}, {.name = "account", .value = account}}));
    EXPECT_EQ(answer.response.status, 302) << answer.response.body;
    return header_of(answer, "Location");
  }
  std::string code(const std::vector<Field>& changes = {}, const std::string& account = kBakery) {
    return query_of(decide(authorize_url(changes), account), "code");
  }

  static std::vector<http::Header> basic(const std::string& id = kClient,
                                         const std::string& secret = kSecret) {
    return basic_header(id, secret);
  }
  Answer token_call(const std::vector<Field>& fields,
                    const std::vector<http::Header>& headers = basic(),
                    const std::string& path = "/2/oauth2/token") {
    auto request = Rig::form("https://api.x.com" + path, fields);
    request.headers = headers;
    return ask(std::move(request));
  }
  static std::vector<Field> exchange_fields(const std::string& code,
                                            const std::string& verifier = kVerifier) {
    return {{.name = "grant_type", .value = "authorization_code"},
            {.name = "code", .value = code},
            {.name = "redirect_uri", .value = kCallback},
            {.name = "code_verifier", .value = verifier}};
  }
  Answer exchange(const std::string& code) { return token_call(exchange_fields(code)); }
  Answer refresh(const std::string& token) {
    return token_call({{.name = "grant_type", .value = "refresh_token"},
                       {.name = "refresh_token", .value = token}});
  }

  struct Tokens {
    std::string access;
    std::string refresh;
  };
  Tokens connect(const std::string& scopes = kScopes, const std::string& account = kBakery) {
    const auto body = json_of(exchange(code({{.name = "scope", .value = scopes}}, account)));
    return {text_at(body, "/access_token"), text_at(body, "/refresh_token")};
  }

  Answer post(const std::string& token, const std::string& body) {
    return post_json("/2/tweets", body, token);
  }
  // The id of a post that must come about.
  std::string posted(const std::string& token, const std::string& body) {
    const auto answer = post(token, body);
    EXPECT_EQ(answer.response.status, 201) << answer.response.body;
    return text_at(json_of(answer), "/data/id");
  }

  Answer initialize(const std::string& token, const std::string& type, std::size_t bytes,
                    const std::string& category) {
    return post_json(
        "/2/media/upload/initialize",
        boost::json::serialize(boost::json::object{
            {"media_type", type}, {"total_bytes", bytes}, {"media_category", category}}),
        token);
  }
  Answer append(const std::string& token, const std::string& id, int index, std::string bytes) {
    return post_parts("/2/media/upload/" + id + "/append",
                      {{.name = "segment_index", .value = std::to_string(index)},
                       {.name = "media", .value = std::move(bytes), .filename = "blob"}},
                      token);
  }
  Answer finalize(const std::string& token, const std::string& id) {
    return post_json("/2/media/upload/" + id + "/finalize", "", token);
  }
  Answer status(const std::string& token, const std::string& id) {
    return get("/2/media/upload?command=STATUS&media_id=" + id, token);
  }
  // The id of a medium that was uploaded in two segments and finalized.
  std::string upload(const std::string& token, const std::string& type, const std::string& bytes,
                     const std::string& category) {
    const auto id = text_at(json_of(initialize(token, type, bytes.size(), category)), "/data/id");
    const auto half = bytes.size() / 2;
    EXPECT_EQ(append(token, id, 0, bytes.substr(0, half)).response.status, 200);
    EXPECT_EQ(append(token, id, 1, bytes.substr(half)).response.status, 200);
    const auto done = finalize(token, id);
    EXPECT_EQ(done.response.status, 200) << done.response.body;
    return id;
  }
  std::string photo(const std::string& token) {
    const auto answer =
        post_parts("/2/media/upload",
                   {{.name = "media", .value = jpeg_of(640, 480), .filename = "p.jpg"},
                    {.name = "media_category", .value = "tweet_image"}},
                   token);
    EXPECT_EQ(answer.response.status, 200) << answer.response.body;
    return text_at(json_of(answer), "/data/id");
  }
  static std::string film(std::int64_t duration_ms = 12'000) {
    return mp4_of({.duration_ms = duration_ms, .width = 720, .height = 720});
  }
};

// A refusal in the form of X's validation.
inline void expect_invalid(const Answer& answer, const std::string& message = {}) {
  EXPECT_EQ(answer.response.status, 400) << answer.response.body;
  const auto body = json_of(answer);
  EXPECT_EQ(text_at(body, "/title"), "Invalid Request");
  EXPECT_TRUE(text_at(body, "/type").ends_with("/problems/invalid-request"));
  const auto said = text_at(body, "/errors/0/message");
  EXPECT_FALSE(said.empty());
  EXPECT_TRUE(said.starts_with(message)) << said;
}

}  // namespace herald::sandbox::twitter

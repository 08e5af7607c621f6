// Mastodon's side in a test's hands.
#pragma once

#include "sandbox/mastodon/side.h"
#include "sandbox/sample_files.h"
#include "sandbox/side_rig.h"

namespace herald::sandbox::mastodon {

inline constexpr const char* kCallback = "https://herald.example/callback";
inline constexpr const char* kClient = "sandbox-mastodon-client";
inline constexpr const char* kSecret = "sandbox-mastodon-secret";
inline constexpr const char* kBakery = "109876543210987654";
inline constexpr const char* kBooks = "109876543210987655";
inline constexpr const char* kRoot = "https://mastodon.example";
inline constexpr const char* kScopes = "read:accounts read:statuses write:statuses write:media";
inline constexpr const char* kInvalidGrant =
    R"({"error":"invalid_grant","error_description":"The provided authorization grant is invalid, )"
    R"(expired, revoked, does not match the redirection URI used in the authorization request, or )"
    R"(was issued to another client."})";
inline constexpr const char* kVerifier = "kverifierkverifierkverifierkverifierkverifier";

inline std::string error_body(const std::string& text) {
  return boost::json::serialize(boost::json::object{{"error", text}});
}

// -1: no whole number there.
inline std::int64_t number_at(const boost::json::value& value, const char* pointer) {
  const auto* found = at(value, pointer);
  return found != nullptr && found->is_int64() ? found->get_int64() : -1;
}

// -1: no list there.
inline std::int64_t size_at(const boost::json::value& value, const char* pointer) {
  const auto* found = at(value, pointer);
  return found != nullptr && found->is_array() ? std::ssize(found->get_array()) : -1;
}

struct Part {
  std::string name;
  std::string value;
  std::string filename;
  std::string type;
};

inline RigRequest multipart(const std::string& path, const std::vector<Part>& parts) {
  std::string body;
  for (const auto& part : parts) {
    body += "--edge\r\nContent-Disposition: form-data; name=\"" + part.name + "\"";
    if (!part.filename.empty()) body += "; filename=\"" + part.filename + "\"";
    if (!part.type.empty()) body += "\r\nContent-Type: " + part.type;
    body += "\r\n\r\n" + part.value + "\r\n";
  }
  return {.method = "POST",
          .url = kRoot + path,
          .content_type = "multipart/form-data; boundary=edge",
          .body = body + "--edge--\r\n"};
}

class MastodonTest : public SideTest {
 protected:
  MastodonTest() : SideTest(make_mastodon_side, "mastodon", {kCallback}) {}

  static std::string authorize_url(const std::vector<Field>& changes = {}) {
    const std::vector<Field> usual = {{.name = "response_type", .value = "code"},
                                      {.name = "client_id", .value = kClient},
                                      {.name = "redirect_uri", .value = kCallback},
                                      {.name = "scope", .value = kScopes},
                                      {.name = "state", .value = "st1"},
                                      {.name = "code_challenge", .value = s256(kVerifier)},
                                      {.name = "code_challenge_method", .value = "S256"}};
    return address_of(std::string(kRoot) + "/oauth/authorize", changed(usual, changes));
  }
  // Where the person's decision leads.
  Answer decide(const std::string& decision = "allow", const std::vector<Field>& changes = {},
                const std::string& account = kBakery) {
    return ask(Rig::form(authorize_url(changes), {{.name = "decision", .value = decision},
                                                  {.name = "account", .value = account}}));
  }
  std::string code(const std::vector<Field>& changes = {}, const std::string& account = kBakery) {
    const auto answer = decide("allow", changes, account);
    EXPECT_EQ(answer.response.status, 302) << answer.response.body;
    return query_of(header_of(answer, "Location"), "code");
  }
  static std::vector<Field> exchange_fields(const std::string& code,
                                            const std::vector<Field>& changes = {}) {
    return changed({{.name = "grant_type", .value = "authorization_code"},
                    {.name = "client_id", .value = kClient},
                    {.name = "client_secret", .value = kSecret},
                    {.name = "redirect_uri", .value = kCallback},
                    {.name = "code", .value = code},
                    {.name = "code_verifier", .value = kVerifier}},
                   changes);
  }
  Answer exchange(const std::string& code, const std::vector<Field>& changes = {}) {
    return ask(Rig::form(std::string(kRoot) + "/oauth/token", exchange_fields(code, changes)));
  }
  std::string connect(const std::string& scopes = kScopes, const std::string& account = kBakery) {
    const auto answer = exchange(code({{.name = "scope", .value = scopes}}, account));
    EXPECT_EQ(answer.response.status, 200) << answer.response.body;
    return text_at(json_of(answer), "/access_token");
  }
  Answer app_token() {
    return ask(Rig::form(std::string(kRoot) + "/oauth/token",
                         {{.name = "grant_type", .value = "client_credentials"},
                          {.name = "client_id", .value = kClient},
                          {.name = "client_secret", .value = kSecret}}));
  }
  Answer revoke(const std::string& token, const std::string& secret = kSecret,
                const std::string& client = kClient) {
    return ask(
        Rig::form(std::string(kRoot) + "/oauth/revoke", {{.name = "client_id", .value = client},
                                                         {.name = "client_secret", .value = secret},
                                                         {.name = "token", .value = token}}));
  }

  Answer get(const std::string& path, const std::string& token = {}) {
    return ask({.url = kRoot + path}, token);
  }
  Answer remove(const std::string& path, const std::string& token) {
    return ask({.method = "DELETE", .url = kRoot + path}, token);
  }
  Answer create(const std::vector<Field>& fields, const std::string& token,
                const std::string& key = {}) {
    auto request = Rig::form(std::string(kRoot) + "/api/v1/statuses", fields);
    if (!key.empty()) request.headers.push_back({"Idempotency-Key", key});
    return ask(std::move(request), token);
  }
  Answer say(const std::string& text, const std::string& token, const std::string& key = {}) {
    return create({{.name = "status", .value = text}, {.name = "visibility", .value = "public"}},
                  token, key);
  }
  // The id of a post that must come about.
  std::string posted(const std::vector<Field>& fields, const std::string& token,
                     const std::string& key = {}) {
    const auto answer = create(fields, token, key);
    EXPECT_EQ(answer.response.status, 200) << answer.response.body;
    EXPECT_TRUE(answer.publishes);
    return text_at(json_of(answer), "/id");
  }
  Answer upload(const std::string& bytes, const std::string& type, const std::string& token,
                std::vector<Part> more = {}) {
    more.push_back({.name = "file", .value = bytes, .filename = "file", .type = type});
    return ask(multipart("/api/v2/media", more), token);
  }
  std::string uploaded(const std::string& bytes, const std::string& type,
                       const std::string& token) {
    const auto answer = upload(bytes, type, token);
    EXPECT_LT(answer.response.status, 300) << answer.response.body;
    return text_at(json_of(answer), "/id");
  }
  std::string picture(const std::string& token) {
    return uploaded(jpeg_of(640, 480), "image/jpeg", token);
  }
  std::string film(const std::string& token) { return uploaded(mp4_of({}), "video/mp4", token); }
  static std::vector<Field> with_media(const std::vector<std::string>& ids,
                                       const std::string& text = "Look") {
    std::vector<Field> fields = {{.name = "status", .value = text}};
    for (const auto& id : ids) fields.push_back({.name = "media_ids[]", .value = id});
    return fields;
  }
};

}  // namespace herald::sandbox::mastodon

// TikTok's side in a test's hands: a person who allows, an app with tokens, films and photos.
// For tests.
#pragma once

#include "sandbox/sample_files.h"
#include "sandbox/side_rig.h"
#include "sandbox/tiktok/side.h"

namespace herald::sandbox::tiktok {

inline constexpr const char* kCallback = "https://herald.example/callback";
inline constexpr const char* kDesktop = "http://127.0.0.1:5173/callback";
inline constexpr const char* kClient = "sandbox-tiktok-client";
inline constexpr const char* kSecret = "sandbox-tiktok-secret";
// The fact sheet's pair: the digest in hex, and in base64url.
inline constexpr const char* kVerifier = "simulator-verifier-0123456789-ABCDEFGHIJKLMNOP";
inline constexpr const char* kHex =
    "0c5cda41757d2d4f1b3e09912b671453ea9ae02f159bf34355685875a676863e";
inline constexpr const char* kBase64 = "DFzaQXV9LU8bPgmRK2cUU-qa4C8Vm_NDVWhYdaZ2hj4";
inline constexpr const char* kScopes =
    "user.info.basic,user.info.profile,user.info.stats,video.list,video.upload,video.publish";
inline constexpr const char* kPhoto = "https://media.herald.example/p/1.jpg";

class TikTokTest : public SideTest {
 protected:
  TikTokTest()
      : SideTest(make_tiktok_side, "tiktok",
                 {kCallback, "http://127.0.0.1:*/callback", "http://herald.example/callback"}) {
    rig.serve(kPhoto, jpeg_of(1080, 1080));
    rig.serve("https://media.herald.example/p/2.jpg", jpeg_of(1080, 1350));
  }

  Answer get(const std::string& path, const std::string& token) {
    return ask({.url = "https://open.tiktokapis.com" + path}, token);
  }
  Answer post(const std::string& path, const std::string& token, std::string body) {
    return ask({.method = "POST",
                .url = "https://open.tiktokapis.com" + path,
                .content_type = "application/json; charset=UTF-8",
                .body = std::move(body)},
               token);
  }

  static std::string authorize_url(const std::vector<Field>& changes = {}) {
    const std::vector<Field> usual = {{.name = "client_key", .value = kClient},
                                      {.name = "response_type", .value = "code"},
                                      {.name = "scope", .value = kScopes},
                                      {.name = "redirect_uri", .value = kCallback},
                                      {.name = "state", .value = "st&te"},
                                      {.name = "code_challenge", .value = kHex},
                                      {.name = "code_challenge_method", .value = "S256"}};
    return address_of("https://www.tiktok.com/v2/auth/authorize/", changed(usual, changes));
  }
  // Where the person's decision leads.
  std::string decide(const std::string& url, std::vector<Field> form = {},
                     const std::string& decision = "allow") {
    form.push_back({.name = "decision", .value = decision});
    const auto answer = ask(Rig::form(url, form));
    EXPECT_EQ(answer.response.status, 302) << answer.response.body;
    return header_of(answer, "Location");
  }
  std::string code(const std::vector<Field>& changes = {}, const std::string& account = {}) {
    return query_of(decide(authorize_url(changes), {{.name = "account", .value = account}}),
                    "code");
  }

  Answer token_call(std::vector<Field> fields, const std::string& path = "/v2/oauth/token/") {
    fields.insert(fields.begin(), {.name = "client_key", .value = kClient});
    const bool named = std::ranges::find(fields, "client_secret", &Field::name) != fields.end();
    if (!named) fields.push_back({.name = "client_secret", .value = kSecret});
    return ask(Rig::form("https://open.tiktokapis.com" + path, fields));
  }
  static std::vector<Field> exchange_fields(const std::string& code,
                                            const std::string& callback = kCallback) {
    return {{.name = "grant_type", .value = "authorization_code"},
            {.name = "code", .value = code},
            {.name = "redirect_uri", .value = callback},
            {.name = "code_verifier", .value = kVerifier}};
  }
  Answer refresh(const std::string& token) {
    return token_call({{.name = "grant_type", .value = "refresh_token"},
                       {.name = "refresh_token", .value = token}});
  }

  struct Tokens {
    std::string access;
    std::string refresh;
  };
  Tokens connect(const std::string& scopes = kScopes, const std::string& account = "bluebakery") {
    const auto body =
        json_of(token_call(exchange_fields(code({{.name = "scope", .value = scopes}}, account))));
    return {text_at(body, "/access_token"), text_at(body, "/refresh_token")};
  }
  std::string access(const std::string& account = "bluebakery") {
    return connect(kScopes, account).access;
  }

  static std::string film(std::size_t size = 0, const FilmShape& shape = {}) {
    auto bytes = mp4_of(shape);
    bytes.resize(std::max(size, bytes.size()), '\0');
    return bytes;
  }
  static std::string file_source(std::size_t size, std::size_t chunk, std::size_t count) {
    return R"("source_info":{"source":"FILE_UPLOAD","video_size":)" + std::to_string(size) +
           R"(,"chunk_size":)" + std::to_string(chunk) + R"(,"total_chunk_count":)" +
           std::to_string(count) + "}";
  }
  static std::string post_info(const std::string& privacy, const std::string& more = {}) {
    return R"("post_info":{"title":"Rye, day 3 #baking","privacy_level":")" + privacy + "\"" +
           more + "}";
  }
  Answer begin_film(const std::string& token, std::size_t size,
                    const std::string& privacy = "PUBLIC_TO_EVERYONE") {
    return post("/v2/post/publish/video/init/", token,
                "{" + post_info(privacy) + "," + file_source(size, size, 1) + "}");
  }
  Answer begin_draft(const std::string& token, std::size_t size) {
    return post("/v2/post/publish/inbox/video/init/", token,
                "{" + file_source(size, size, 1) + "}");
  }
  Answer begin_photos(const std::string& token, const std::string& mode = "DIRECT_POST",
                      const std::string& urls = std::string("\"") + kPhoto + "\"",
                      const std::string& source = "PULL_FROM_URL") {
    return post("/v2/post/publish/content/init/", token,
                R"({"media_type":"PHOTO","post_mode":")" + mode +
                    R"(","post_info":{"title":"Three loaves","description":"Oven test",)"
                    R"("privacy_level":"PUBLIC_TO_EVERYONE"},"source_info":{"source":")" +
                    source + R"(","photo_cover_index":0,"photo_images":[)" + urls + "]}}");
  }
  Answer put(const std::string& url, std::string bytes, std::size_t first, std::size_t total,
             const std::string& type = "video/mp4") {
    const auto range = "bytes " + std::to_string(first) + "-" +
                       std::to_string(first + bytes.size() - 1) + "/" + std::to_string(total);
    return ask({.method = "PUT",
                .url = url,
                .content_type = type,
                .body = std::move(bytes),
                .headers = {{"Content-Range", range}}});
  }
  // The publish_id of a whole film of one chunk, on its way.
  std::string sent_film(const std::string& token,
                        const std::string& privacy = "PUBLIC_TO_EVERYONE") {
    const auto begun = json_of(begin_film(token, film().size(), privacy));
    EXPECT_EQ(put(text_at(begun, "/data/upload_url"), film(), 0, film().size()).response.status,
              201);
    return text_at(begun, "/data/publish_id");
  }
  Answer status(const std::string& token, const std::string& publish_id) {
    return post("/v2/post/publish/status/fetch/", token, R"({"publish_id":")" + publish_id + "\"}");
  }
  std::string state_of(const std::string& token, const std::string& publish_id) {
    return text_at(json_of(status(token, publish_id)), "/data/status");
  }

  std::vector<LedgerEntry> seen(const std::string& event = "post") const {
    auto entries = rig.ledger.entries();
    std::erase_if(entries, [&](const auto& entry) { return entry.event != event; });
    return entries;
  }
};

inline void expect_refused(const Answer& answer, int status, const std::string& code) {
  EXPECT_EQ(answer.response.status, status) << answer.response.body;
  const auto body = json_of(answer);
  EXPECT_EQ(text_at(body, "/error/code"), code);
  EXPECT_FALSE(text_at(body, "/error/log_id").empty());
  EXPECT_TRUE(body.at("data").as_object().empty());
}

inline void expect_oauth_error(const Answer& answer, const std::string& error,
                               const std::string& description, int status = 200) {
  EXPECT_EQ(answer.response.status, status) << answer.response.body;
  const auto body = json_of(answer);
  EXPECT_EQ(text_at(body, "/error"), error);
  EXPECT_EQ(text_at(body, "/error_description"), description);
  EXPECT_FALSE(text_at(body, "/log_id").empty());
  EXPECT_FALSE(body.as_object().contains("access_token"));
}

}  // namespace herald::sandbox::tiktok

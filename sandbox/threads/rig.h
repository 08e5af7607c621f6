// Threads' side in a test's hands: a person who allows, an app with tokens, posts. For tests.
#pragma once

#include "sandbox/sample_files.h"
#include "sandbox/side_rig.h"
#include "sandbox/threads/side.h"

namespace herald::sandbox::threads {

inline constexpr const char* kCallback = "https://herald.example/callback";
inline constexpr const char* kClient = "4455667788990011";
inline constexpr const char* kSecret = "sandbox-threads-secret";
inline constexpr const char* kBakery = "17841405793187218";
inline constexpr const char* kPicture = "https://media.example/a.jpg";
inline constexpr const char* kFilm = "https://media.example/a.mp4";
inline constexpr const char* kScopes =
    "threads_basic,threads_content_publish,threads_manage_replies,threads_read_replies,"
    "threads_manage_insights,threads_delete";
inline constexpr const char* kNoPermission =
    R"({"error":{"message":"Application does not have permission for this action",)"
    R"("type":"THApiException","code":10,"fbtrace_id":"AsimTrace"}})";
inline constexpr const char* kInvalidParameter =
    R"({"error":{"message":"Invalid parameter","type":"THApiException","code":100,)"
    R"("fbtrace_id":"AsimTrace"}})";

// {"error":{..}} of code 100 with that text.
inline std::string parameter_error(const std::string& message) {
  return R"({"error":{"message":")" + message +
         R"(","type":"THApiException","code":100,"fbtrace_id":"AsimTrace"}})";
}

inline std::string not_found_error(const std::string& id) {
  return R"({"error":{"message":"The requested resource does not exist","type":"OAuthException",)"
         R"("code":24,"error_subcode":4279009,"is_transient":false,)"
         R"("error_user_title":"Media Not Found","error_user_msg":"The media with id )" +
         id + R"( cannot be found.","fbtrace_id":"AsimTrace"}})";
}

// -1: no whole number there.
inline std::int64_t number_at(const boost::json::value& value, const char* pointer) {
  const auto* found = at(value, pointer);
  return found != nullptr && found->is_int64() ? found->get_int64() : -1;
}

class ThreadsTest : public SideTest {
 protected:
  ThreadsTest() : SideTest(make_threads_side, "threads", {kCallback}) {
    rig.serve(kPicture, jpeg_of(800, 600));
    rig.serve(kFilm, film());
  }

  static std::string film(std::int64_t duration_ms = 12'000, unsigned width = 720) {
    return mp4_of({.duration_ms = duration_ms, .width = width, .height = 1280});
  }

  static std::string authorize_url(const std::vector<Field>& changes = {}) {
    const std::vector<Field> usual = {{.name = "response_type", .value = "code"},
                                      {.name = "client_id", .value = kClient},
                                      {.name = "redirect_uri", .value = kCallback},
                                      {.name = "scope", .value = kScopes},
                                      {.name = "state", .value = "st&te"}};
    return address_of("https://threads.com/oauth/authorize", changed(usual, changes));
  }
  // Where the person's decision leads.
  Answer decide(const std::string& decision = "allow", const std::vector<Field>& changes = {},
                const std::string& account = kBakery) {
    return ask(Rig::form(authorize_url(changes), {{.name = "decision", .value = decision},
                                                  {.name = "account", .value = account}}));
  }
  std::string code(const std::string& scopes = kScopes, const std::string& account = kBakery) {
    const auto answer = decide("allow", {{.name = "scope", .value = scopes}}, account);
    EXPECT_EQ(answer.response.status, 302) << answer.response.body;
    return query_of(header_of(answer, "Location"), "code");
  }
  Answer exchange(const std::string& code, const std::vector<Field>& changes = {}) {
    const std::vector<Field> usual = {{.name = "client_id", .value = kClient},
                                      {.name = "client_secret", .value = kSecret},
                                      {.name = "grant_type", .value = "authorization_code"},
                                      {.name = "redirect_uri", .value = kCallback},
                                      {.name = "code", .value = code}};
    return ask(Rig::form("https://graph.threads.net/oauth/access_token", changed(usual, changes)));
  }
  Answer for_long(const std::string& token, const std::string& secret = kSecret) {
    return ask({.url = address_of("https://graph.threads.net/access_token",
                                  {{.name = "grant_type", .value = "th_exchange_token"},
                                   {.name = "client_secret", .value = secret},
                                   {.name = "access_token", .value = token}})});
  }
  Answer refresh(const std::string& token) {
    return ask({.url = address_of("https://graph.threads.net/refresh_access_token",
                                  {{.name = "grant_type", .value = "th_refresh_token"},
                                   {.name = "access_token", .value = token}})});
  }
  std::string short_token(const std::string& scopes = kScopes,
                          const std::string& account = kBakery) {
    return text_at(json_of(exchange(code(scopes, account))), "/access_token");
  }
  std::string connect(const std::string& scopes = kScopes, const std::string& account = kBakery) {
    const auto answer = for_long(short_token(scopes, account));
    EXPECT_EQ(answer.response.status, 200) << answer.response.body;
    return text_at(json_of(answer), "/access_token");
  }

  Answer get(const std::string& path, const std::string& token) {
    return ask({.url = "https://graph.threads.net/v1.0" + path}, token);
  }
  Answer post(const std::string& path, const std::vector<Field>& fields, const std::string& token) {
    return ask(Rig::form("https://graph.threads.net/v1.0" + path, fields), token);
  }
  Answer remove(const std::string& id, const std::string& token) {
    return ask({.method = "DELETE", .url = "https://graph.threads.net/v1.0/" + id}, token);
  }
  Answer container(const std::vector<Field>& fields, const std::string& token) {
    return post("/me/threads", fields, token);
  }
  static std::vector<Field> words(const std::string& text, const std::vector<Field>& more = {}) {
    return changed({{.name = "media_type", .value = "TEXT"}, {.name = "text", .value = text}},
                   more);
  }
  static std::vector<Field> picture(const std::vector<Field>& more = {}) {
    return changed(
        {{.name = "media_type", .value = "IMAGE"}, {.name = "image_url", .value = kPicture}}, more);
  }
  static std::vector<Field> video(const std::string& url = kFilm) {
    return {{.name = "media_type", .value = "VIDEO"}, {.name = "video_url", .value = url}};
  }
  // The id of a container that must come about.
  std::string made(const std::vector<Field>& fields, const std::string& token) {
    const auto answer = container(fields, token);
    EXPECT_EQ(answer.response.status, 200) << answer.response.body;
    return text_at(json_of(answer), "/id");
  }
  std::string status(const std::string& id, const std::string& token) {
    return text_at(json_of(get("/" + id + "?fields=status,error_message", token)), "/status");
  }
  Answer publish(const std::string& id, const std::string& token) {
    return post("/me/threads_publish", {{.name = "creation_id", .value = id}}, token);
  }
  // A post that went all the way.
  std::string posted(const std::vector<Field>& fields, const std::string& token) {
    const auto id = made(fields, token);
    pass(std::chrono::seconds(10));
    const auto answer = publish(id, token);
    EXPECT_EQ(answer.response.status, 200) << answer.response.body;
    EXPECT_TRUE(answer.publishes);
    return text_at(json_of(answer), "/id");
  }
};

}  // namespace herald::sandbox::threads

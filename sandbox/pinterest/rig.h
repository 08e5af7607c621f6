// Pinterest's side in a test's hands: a person who allows, an app with tokens, pins. For tests.
#pragma once

#include "sandbox/pinterest/side.h"
#include "sandbox/sample_files.h"
#include "sandbox/side_rig.h"

namespace herald::sandbox::pinterest {

inline constexpr const char* kCallback = "https://herald.example/callback";
inline constexpr const char* kClient = "1515151";
inline constexpr const char* kSecret = "sandbox-pinterest-secret";
inline constexpr const char* kBread = "549755885175";
inline constexpr const char* kSongs = "549755885178";  // Somebody else's.
inline constexpr const char* kPhoto = "https://media.test/a.jpg";
inline constexpr const char* kScopes =
    "boards:read,boards:write,pins:read,pins:write,user_accounts:read";
inline constexpr const char* kNotPermitted =
    R"({"code":29,"message":"You are not permitted to access that resource."})";
inline constexpr const char* kNoToken = R"({"code":2,"message":"Authentication failed."})";
inline constexpr const char* kGrantInvalid =
    R"({"code":283,"message":"The authorization grant is invalid"})";

class PinterestTest : public SideTest {
 protected:
  PinterestTest() : SideTest(make_pinterest_side, "pinterest", {kCallback}) {
    rig.serve(kPhoto, jpeg_of(1000, 1500));
  }

  static std::string authorize_url(const std::vector<Field>& changes = {}) {
    const std::vector<Field> usual = {{.name = "response_type", .value = "code"},
                                      {.name = "client_id", .value = kClient},
                                      {.name = "redirect_uri", .value = kCallback},
                                      {.name = "scope", .value = kScopes},
                                      {.name = "state", .value = "st&te"}};
    return address_of("https://www.pinterest.com/oauth/", changed(usual, changes));
  }
  Answer decide(const std::string& decision = "allow", const std::vector<Field>& changes = {},
                const std::string& account = "bluebakery") {
    return ask(Rig::form(authorize_url(changes), {{.name = "decision", .value = decision},
                                                  {.name = "account", .value = account}}));
  }
  std::string code(const std::string& scopes = kScopes, const std::string& account = "bluebakery") {
    const auto answer = decide("allow", {{.name = "scope", .value = scopes}}, account);
    EXPECT_EQ(answer.response.status, 302) << answer.response.body;
    return query_of(header_of(answer, "Location"), "code");
  }
  Answer token_call(const std::vector<Field>& fields, const std::string& secret = kSecret) {
    auto request = Rig::form("https://api.pinterest.com/v5/oauth/token", fields);
    request.headers = basic_header(kClient, secret);
    return ask(std::move(request));
  }
  Answer exchange(const std::string& code, const std::vector<Field>& changes = {}) {
    return token_call(changed({{.name = "grant_type", .value = "authorization_code"},
                               {.name = "code", .value = code},
                               {.name = "redirect_uri", .value = kCallback},
                               {.name = "continuous_refresh", .value = "true"}},
                              changes));
  }
  Answer refresh(const std::string& token) {
    return token_call({{.name = "grant_type", .value = "refresh_token"},
                       {.name = "refresh_token", .value = token}});
  }
  std::string connect(const std::string& scopes = kScopes,
                      const std::string& account = "bluebakery") {
    const auto answer = exchange(code(scopes, account));
    EXPECT_EQ(answer.response.status, 200) << answer.response.body;
    return text_at(json_of(answer), "/access_token");
  }

  Answer get(const std::string& path, const std::string& token) {
    return ask({.url = "https://api.pinterest.com/v5" + path}, token);
  }
  Answer remove(const std::string& path, const std::string& token) {
    return ask({.method = "DELETE", .url = "https://api.pinterest.com/v5" + path}, token);
  }
  Answer post(const std::string& path, const std::string& body, const std::string& token) {
    return ask({.method = "POST",
                .url = "https://api.pinterest.com/v5" + path,
                .content_type = "application/json",
                .body = body},
               token);
  }
  // A pin of the photo, with other members set in it, as JSON.
  static std::string photo_pin(const boost::json::object& changes = {}) {
    boost::json::object body{
        {"board_id", kBread},
        {"title", "Rye"},
        {"description", "Fresh"},
        {"media_source", boost::json::object{{"source_type", "image_url"}, {"url", kPhoto}}}};
    for (const auto& change : changes) body[change.key()] = change.value();
    return boost::json::serialize(body);
  }
  static std::string pin_of(boost::json::object source) {
    return photo_pin({{"media_source", std::move(source)}});
  }
  std::string pinned(const std::string& token, const std::string& body = photo_pin()) {
    const auto answer = post("/pins", body, token);
    EXPECT_EQ(answer.response.status, 201) << answer.response.body;
    EXPECT_TRUE(answer.publishes);
    return text_at(json_of(answer), "/id");
  }
  std::vector<std::string> listed(const std::string& token) {
    const auto answer = get(std::string("/boards/") + kBread + "/pins?page_size=250", token);
    std::vector<std::string> ids;
    for (const auto& item : json_of(answer).at("items").as_array())
      ids.emplace_back(item.at("id").as_string());
    return ids;
  }

  // The registered film's id and its upload.
  boost::json::value film(const std::string& token) {
    const auto answer = post("/media", R"({"media_type":"video"})", token);
    EXPECT_EQ(answer.response.status, 201) << answer.response.body;
    return json_of(answer);
  }
  static std::string part(const std::string& name, const std::string& value,
                          const std::string& more = {}) {
    return "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n" +
           value + "\r\n";
  }
  static RigRequest upload_of(const boost::json::value& film, const std::string& bytes) {
    std::string body;
    for (const auto& member : film.at("upload_parameters").as_object())
      body += part(member.key(), std::string(member.value().as_string()));
    body += part("file", bytes, "; filename=\"a.mp4\"") + "--edge--\r\n";
    return {.method = "POST",
            .url = std::string(film.at("upload_url").as_string()),
            .content_type = "multipart/form-data; boundary=edge",
            .body = std::move(body)};
  }
  std::string uploaded(const std::string& token, const std::string& bytes = mp4_of({})) {
    const auto made = film(token);
    EXPECT_EQ(ask(upload_of(made, bytes)).response.status, 204);
    return std::string(made.at("media_id").as_string());
  }
  std::string status(const std::string& token, const std::string& id) {
    return text_at(json_of(get("/media/" + id, token)), "/status");
  }
  static boost::json::object film_source(const std::string& id) {
    return {{"source_type", "video_id"}, {"media_id", id}, {"cover_image_url", kPhoto}};
  }
};

}  // namespace herald::sandbox::pinterest

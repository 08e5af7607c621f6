// Google's side in a test's hands: a person who fills in the consent page, an app with tokens, a
// small video. Linked by tests only.
#pragma once

#include <set>

#include "sandbox/google/side.h"
#include "sandbox/side_rig.h"

namespace herald::sandbox::google {

inline constexpr const char* kCallback = "http://localhost:3002/api/callback";
inline constexpr const char* kBakery = "UCexampleChannel0000001";
inline constexpr const char* kBooks = "UCexampleChannel0000002";
inline const std::string kScopePrefix = "https://www.googleapis.com/auth/";
inline const std::string kAllScopes = kScopePrefix + "youtube.upload " + kScopePrefix +
                                      "youtube.readonly " + kScopePrefix + "youtube.force-ssl " +
                                      kScopePrefix + "yt-analytics.readonly email profile";

inline std::string string_of(const boost::json::value& value) {
  return std::string(value.as_string());
}

// The reason of Google's error envelope, or the `error` of OAuth's.
inline std::string reason_of(const Answer& answer) {
  const auto body = json_of(answer);
  const auto* error = body.as_object().if_contains("error");
  if (error == nullptr) return {};
  if (error->is_string()) return std::string(error->as_string());
  return string_of(error->at("errors").at(0).at("reason"));
}

// Whole boxes, as much of an MP4 as a reader of its index looks at.
inline std::string box(const std::string& type, const std::string& body) {
  const auto size = static_cast<std::uint32_t>(body.size() + 8);
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(size >> shift & 255);
  return out + type + body;
}

inline std::string number(std::uint32_t value) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 255);
  return out;
}

inline std::string mp4(std::size_t size = 1000, std::uint32_t seconds = 5,
                       std::uint32_t width = 640, std::uint32_t height = 360, char filling = 'x') {
  const auto zeros = [](std::size_t count) { return std::string(count, '\0'); };
  const auto movie = box("mvhd", zeros(12) + number(1000) + number(seconds * 1000) + zeros(80));
  const auto track =
      box("trak", box("tkhd", zeros(76) + number(width << 16) + number(height << 16)) +
                      box("mdia", box("hdlr", zeros(8) + "vide" + zeros(12)) +
                                      box("minf", box("stbl", box("stsd", zeros(12) + "avc1")))));
  auto file = box("ftyp", "isomisom") + box("moov", movie + track);
  const auto rest = size > file.size() + 8 ? size - file.size() - 8 : 0;
  return file + box("mdat", std::string(rest, filling));
}

struct Consent {
  std::vector<Field> parameters;  // Added to the address, over the usual ones.
  std::string account = kBakery;
  std::set<std::string> refused;  // Scopes whose box is unticked.
  std::string decision = "continue";
};

class GoogleTest : public SideTest {
 protected:
  GoogleTest() : SideTest(make_google_side, "youtube", {kCallback}) {}

  Answer get(const std::string& url, const std::string& token = {}) {
    return ask({.url = url}, token);
  }
  Answer post_json(const std::string& url, std::string body, const std::string& token,
                   std::string method = "POST") {
    return ask({.method = std::move(method),
                .url = url,
                .content_type = "application/json; charset=UTF-8",
                .body = std::move(body)},
               token);
  }
  Answer post_form(const std::string& url, const std::vector<Field>& fields) {
    return ask(Rig::form(url, fields));
  }

  static std::string authorize_url(std::vector<Field> parameters) {
    const std::vector<Field> usual = {
        {.name = "client_id", .value = "sandbox-client.apps.googleusercontent.com"},
        {.name = "redirect_uri", .value = kCallback},
        {.name = "response_type", .value = "code"},
        {.name = "scope", .value = kAllScopes},
        {.name = "access_type", .value = "offline"},
        {.name = "state", .value = "st&te"}};
    for (const auto& field : usual)
      if (std::ranges::find(parameters, field.name, &Field::name) == parameters.end())
        parameters.push_back(field);
    std::string url = "https://accounts.google.com/o/oauth2/v2/auth?";
    for (const auto& field : parameters)
      if (field.value != "-") url += field.name + "=" + percent_encoded(field.value) + "&";
    url.pop_back();
    return url;
  }

  // Fills in the page's form as a person would; returns where it leads.
  std::string consent(const Consent& wish) {
    const auto page = get(authorize_url(wish.parameters));
    if (page.response.status == 302) return header_of(page, "Location");
    EXPECT_EQ(page.response.status, 200) << page.response.body;
    std::vector<Field> form;
    std::string_view html = page.response.body;
    for (auto at = html.find("<input "); at != html.npos; at = html.find("<input ", at + 1)) {
      const auto tag = html.substr(at, html.find('>', at) - at);
      const auto name = attribute(tag, "name");
      const auto value = attribute(tag, "value");
      if (attribute(tag, "type") == "radio" && value != wish.account) continue;
      if (attribute(tag, "type") == "checkbox" && wish.refused.contains(value)) continue;
      form.push_back({.name = name, .value = value});
    }
    form.push_back({.name = "decision", .value = wish.decision});
    const auto answer = post_form("https://accounts.google.com/o/oauth2/v2/consent", form);
    EXPECT_EQ(answer.response.status, 302) << answer.response.body;
    return header_of(answer, "Location");
  }

  static std::vector<Field> exchange_fields(const std::string& code) {
    return {{.name = "grant_type", .value = "authorization_code"},
            {.name = "code", .value = code},
            {.name = "redirect_uri", .value = kCallback},
            {.name = "client_id", .value = "sandbox-client.apps.googleusercontent.com"},
            {.name = "client_secret", .value = "sandbox-google-client-secret"}};
  }
  static std::vector<Field> refresh_fields(const std::string& token) {
    return {{.name = "grant_type", .value = "refresh_token"},
            {.name = "refresh_token", .value = token},
            {.name = "client_id", .value = "sandbox-client.apps.googleusercontent.com"},
            {.name = "client_secret", .value = "sandbox-google-client-secret"}};
  }
  Answer exchange(const std::vector<Field>& fields) {
    return post_form("https://oauth2.googleapis.com/token", fields);
  }

  // The token answer of a whole flow.
  boost::json::object connect(const Consent& wish = {}) {
    const auto answer = exchange(exchange_fields(query_of(consent(wish), "code")));
    EXPECT_EQ(answer.response.status, 200) << answer.response.body;
    return json_of(answer).as_object();
  }
  std::string token(const std::string& scopes = kAllScopes, const std::string& account = kBakery) {
    return text(connect({.parameters = {{.name = "scope", .value = scopes}}, .account = account}),
                "access_token");
  }

  static std::string text(const boost::json::object& object, std::string_view name) {
    return string_of(object.at(name));
  }

  // Begins a resumable upload; returns the answer, whose Location is the session.
  Answer begin(const std::string& bearer, const std::string& body, std::size_t size,
               const std::string& query = "uploadType=resumable&part=snippet,status") {
    return ask({.method = "POST",
                .url = "https://www.googleapis.com/upload/youtube/v3/videos?" + query,
                .content_type = "application/json; charset=UTF-8",
                .body = body,
                .headers = {{"X-Upload-Content-Length", std::to_string(size)},
                            {"X-Upload-Content-Type", "video/mp4"}}},
               bearer);
  }
  Answer put(const std::string& bearer, const std::string& session, std::string bytes,
             const std::string& range = {}) {
    RigRequest request{
        .method = "PUT", .url = session, .content_type = "video/mp4", .body = std::move(bytes)};
    if (!range.empty()) request.headers.push_back({"Content-Range", range});
    return ask(std::move(request), bearer);
  }
  // Uploads in one piece; returns the video's id.
  std::string upload(const std::string& bearer, const std::string& bytes,
                     const std::string& privacy = "public", const std::string& more = {}) {
    const auto started =
        begin(bearer,
              R"({"snippet":{"title":"Bread at dawn","description":"How we bake.",)"
              R"("categoryId":"22"},"status":{"privacyStatus":")" +
                  privacy + R"(")" + more + "}}",
              bytes.size());
    EXPECT_EQ(started.response.status, 200) << started.response.body;
    const auto done = put(bearer, header_of(started, "Location"), bytes);
    EXPECT_EQ(done.response.status, 200) << done.response.body;
    return text(json_of(done).as_object(), "id");
  }
  boost::json::value list_one(const std::string& bearer, const std::string& id,
                              const std::string& parts = "status,processingDetails") {
    return json_of(
        get("https://www.googleapis.com/youtube/v3/videos?part=" + parts + "&id=" + id, bearer));
  }

 private:
  static std::string attribute(std::string_view tag, const std::string& name) {
    const auto mark = name + "=\"";
    const auto at = tag.find(mark);
    if (at == tag.npos) return {};
    auto value = std::string(tag.substr(at + mark.size()));
    value.resize(value.find('"'));
    for (const auto& [escape, plain] :
         {std::pair{"&quot;", "\""}, std::pair{"&lt;", "<"}, std::pair{"&gt;", ">"},
          std::pair{"&#39;", "'"}, std::pair{"&amp;", "&"}})
      for (auto found = value.find(escape); found != value.npos; found = value.find(escape))
        value.replace(found, std::string_view(escape).size(), plain);
    return value;
  }
};

}  // namespace herald::sandbox::google

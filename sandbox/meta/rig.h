// Meta in a test's hands. Linked by tests only.
#pragma once

#include "sandbox/meta/side.h"
#include "sandbox/sample_files.h"
#include "sandbox/side_rig.h"

namespace herald::sandbox {

inline constexpr std::string_view kAllScopes =
    "pages_show_list,pages_read_engagement,instagram_basic,instagram_content_publish,"
    "instagram_manage_comments,instagram_manage_insights,instagram_manage_contents";

class MetaRig : public SideTest {
 protected:
  struct Heard {
    int status = 0;
    boost::json::value body;
    http::Headers headers;
    Answer answer;

    std::string text(std::string_view name) const {
      const auto* object = body.if_object();
      const auto* held = object != nullptr ? object->if_contains(name) : nullptr;
      if (held == nullptr) return {};
      return held->is_string() ? std::string(held->get_string()) : boost::json::serialize(*held);
    }
    std::int64_t code() const { return error_number("code"); }
    std::int64_t subcode() const { return error_number("error_subcode"); }
    std::int64_t error_number(std::string_view name) const {
      const auto* object = body.if_object();
      const auto* error = object != nullptr ? object->if_contains("error") : nullptr;
      const auto* held = error != nullptr ? error->as_object().if_contains(name) : nullptr;
      return held != nullptr ? held->as_int64() : 0;
    }
  };

  MetaRig() : SideTest(make_meta_side, "instagram", {"https://herald.example/callback"}) {
    rig.settings.deauthorize_url = "https://app.example/deauthorize";
    rig.settings.deletion_url = "https://app.example/deletion";
    rig.serve("https://media.test/photo.jpg", jpeg_of(1080, 1350));
    rig.serve("https://media.test/film.mp4", mp4_of({}));
  }

  Heard hear(const RigRequest& request) {
    Heard heard;
    heard.answer = rig.ask(*side, request);
    heard.status = heard.answer.response.status;
    heard.headers = heard.answer.response.headers;
    boost::system::error_code error;
    heard.body = boost::json::parse(heard.answer.response.body, error);
    return heard;
  }
  Heard get(const std::string& path, const std::string& token, const std::string& query = {}) {
    return hear({.url = kGraph + path + "?" + query + (query.empty() ? "" : "&") +
                        "access_token=" + percent_encoded(token)});
  }
  Heard post(const std::string& path, const std::string& token, std::vector<Field> fields) {
    fields.push_back({.name = "access_token", .value = token});
    return hear(Rig::form(kGraph + path, fields));
  }
  Heard control(const std::string& verb, const std::vector<Field>& fields = {}) {
    Heard heard;
    heard.answer = SideTest::control(verb, fields);
    heard.status = heard.answer.response.status;
    heard.body = boost::json::parse(heard.answer.response.body);
    return heard;
  }

  std::string dialog_url(const std::string& scope, const std::string& more = {}) const {
    return "https://www.facebook.com/v26.0/dialog/oauth?client_id=1234567890&redirect_uri=" +
           percent_encoded(kRedirect) +
           "&state=s%201&response_type=code&scope=" + percent_encoded(scope) + more;
  }
  // The person allows; returns the code.
  std::string allow(const std::string& scope, std::vector<Field> fields = {}) {
    fields.push_back({.name = "decision", .value = "allow"});
    const auto heard = hear(Rig::form(dialog_url(scope), fields));
    const auto* location = heard.headers.find("Location");
    if (location == nullptr) return {};
    const auto from = location->find("code=") + 5;
    return location->substr(from, location->find('&', from) - from);
  }
  Heard exchange(const std::string& code, std::vector<Field> over = {}) {
    std::vector<Field> fields = {{.name = "client_id", .value = "1234567890"},
                                 {.name = "client_secret", .value = kSecret},
                                 {.name = "redirect_uri", .value = kRedirect},
                                 {.name = "code", .value = code}};
    for (const auto& field : over)
      for (auto& held : fields)
        if (held.name == field.name) held.value = field.value;
    return hear(Rig::form(kGraph + "/oauth/access_token", fields));
  }
  std::string user_token(std::string_view scope = kAllScopes) {
    return exchange(allow(std::string(scope))).text("access_token");
  }
  std::string long_token(std::string_view scope = kAllScopes) {
    return hear({.url = kGraph + "/oauth/access_token?grant_type=fb_exchange_token&client_id=" +
                        "1234567890&client_secret=" + kSecret +
                        "&fb_exchange_token=" + user_token(scope)})
        .text("access_token");
  }
  // Blue Bakery's.
  std::string page_token(std::string_view scope = kAllScopes) {
    return get("/112233445566", long_token(scope), "fields=access_token").text("access_token");
  }
  Heard create(const std::string& token, std::vector<Field> fields) {
    return post("/" + kAccount + "/media", token, std::move(fields));
  }
  Heard publish(const std::string& token, const std::string& container) {
    return post("/" + kAccount + "/media_publish", token,
                {{.name = "creation_id", .value = container}});
  }
  // A photo's container, processed.
  std::string ready_photo(const std::string& token, const std::string& caption = "Bread") {
    const auto made = create(
        token, {{.name = "image_url", .value = kPhoto}, {.name = "caption", .value = caption}});
    wait(3);
    return made.text("id");
  }
  void wait(std::int64_t seconds) { rig.wall += std::chrono::seconds(seconds); }

  // The body of a test vector, word for word; fbtrace_id is nobody's business.
  static void expect_vector(const Heard& heard, int status, std::string_view body) {
    EXPECT_EQ(heard.status, status);
    EXPECT_EQ(without_trace(heard.body), without_trace(boost::json::parse(body)));
  }
  static boost::json::value without_trace(boost::json::value body) {
    if (auto* object = body.if_object())
      if (auto* error = object->if_contains("error"); error != nullptr && error->is_object())
        error->as_object().erase("fbtrace_id");
    return body;
  }
  static std::string header(const Heard& heard, std::string_view name) {
    return header_of(heard.answer, name);
  }
  std::size_t posts_seen() const { return seen(); }

  const std::string kGraph = "https://graph.facebook.com/v26.0";
  const std::string kRedirect = "https://herald.example/callback";
  const std::string kSecret = "sandbox-meta-app-secret";
  const std::string kAccount = "17841400000000001";
  const std::string kPhoto = "https://media.test/photo.jpg";
  const std::string kFilm = "https://media.test/film.mp4";
};

}  // namespace herald::sandbox

// A Page in a test's hands. Linked by tests only.
#pragma once

#include <string>
#include <vector>

#include "sandbox/meta/rig.h"

namespace herald::sandbox {

inline constexpr std::string_view kPageScopes =
    "pages_show_list,pages_read_engagement,pages_manage_posts,pages_manage_engagement,"
    "read_insights";

class FacebookRig : public MetaRig {
 protected:
  FacebookRig() {
    rig.settings.redirect_uris["facebook"] = {kRedirect};
    person = long_token(kPageScopes);
    token = get("/" + kPage, person, "fields=access_token").text("access_token");
  }

  Heard on_page(const std::string& edge, std::vector<Field> fields) {
    return post("/" + kPage + edge, token, std::move(fields));
  }
  Heard say(const std::string& message, std::vector<Field> fields = {}) {
    fields.push_back({.name = "message", .value = message});
    return on_page("/feed", std::move(fields));
  }
  std::string after(std::int64_t seconds) const {  // A moment, in Unix seconds.
    return std::to_string(to_ms(rig.wall) / 1000 + seconds);
  }
  std::string unpublished_photo(bool temporary = false) {
    std::vector<Field> fields = {{.name = "url", .value = kPhoto},
                                 {.name = "published", .value = "false"}};
    if (temporary) fields.push_back({.name = "temporary", .value = "true"});
    return on_page("/photos", fields).text("id");
  }
  Heard photos_post(const std::vector<std::string>& ids, std::vector<Field> fields = {}) {
    for (std::size_t i = 0; i < ids.size(); ++i)
      fields.push_back({.name = "attached_media[" + std::to_string(i) + "]",
                        .value = R"({"media_fbid":")" + ids[i] + R"("})"});
    return say("Several", std::move(fields));
  }
  // A reel's or story's upload begins; its video id. `edge` is "/video_reels" or "/video_stories".
  std::string start_video(const std::string& edge = "/video_reels") {
    return on_page(edge, {{.name = "upload_phase", .value = "start"}}).text("video_id");
  }
  Heard upload(const std::string& video, const std::string& body,
               const std::vector<http::Header>& headers) {
    RigRequest request{.method = "POST",
                       .url = "https://rupload.facebook.com/video-upload/v26.0/" + video,
                       .content_type = "application/octet-stream",
                       .body = body,
                       .headers = headers};
    request.headers.push_back({"Authorization", "OAuth " + token});
    return hear(request);
  }
  Heard upload_whole(const std::string& video, const std::string& film) {
    return upload(video, film, {{"offset", "0"}, {"file_size", std::to_string(film.size())}});
  }
  Heard finish(const std::string& video, const std::string& video_state = "PUBLISHED",
               std::vector<Field> fields = {}) {
    fields.push_back({.name = "upload_phase", .value = "finish"});
    fields.push_back({.name = "video_id", .value = video});
    fields.push_back({.name = "video_state", .value = video_state});
    return on_page("/video_reels", std::move(fields));
  }
  boost::json::value status(const std::string& video) {
    return get("/" + video, token, "fields=status").body;
  }
  // Ids of a list's rows, of /published_posts unless said.
  std::vector<std::string> listed(const std::string& edge = "/published_posts") {
    std::vector<std::string> ids;
    for (const auto& row : get("/" + kPage + edge, token).body.at("data").as_array())
      ids.emplace_back(row.at("id").as_string());
    return ids;
  }

  static constexpr const char* kInvalid =
      R"({"error":{"message":"(#100) Invalid parameter","type":"OAuthException","code":100}})";
  const std::string kPage = "112233445566";
  std::string person;
  std::string token;
};

}  // namespace herald::sandbox

// Whatever is lost, late or false, and wherever it crashes: never two posts, never a lost one.
#include <gtest/gtest.h>

#include <map>

#include "platforms/crash_claim_test.h"

namespace herald {
namespace {

using namespace crashes;

// ---------------------------------------------------------------- YouTube

class VideoWorld final : public CrashWorld {
 public:
  explicit VideoWorld(std::mt19937_64& random) : random_(random) {}

  int visible() const override { return static_cast<int>(videos_.size()); }

  Answer serve(const Call& call, Time now) override {
    if (call.url.ends_with("/upload/youtube/v3/videos")) return open(call);
    if (call.method == "PUT") return put(call, now);
    if (call.url.ends_with("/playlistItems")) return list(now);
    if (value_of(call.query, "part") == "fileDetails") return files();
    return status(call);
  }

 private:
  struct Session {
    std::uint64_t total = 0;
    std::uint64_t stored = 0;
    bool gone = false;
    std::string video;
  };
  struct Video {
    Time at{};
    Time listed_at{};
    std::uint64_t size = 0;
    int looks = 0;
  };

  Answer open(const Call& call) {
    const std::string id = "s" + std::to_string(sessions_.size());
    sessions_[id].total = std::stoull(value_of(call.headers, "X-Upload-Content-Length"));
    Answer answer{.status = 200};
    answer.headers["location"] =
        "https://www.googleapis.com/upload/youtube/v3/videos?upload_id=" + id;
    return answer;
  }

  Answer put(const Call& call, Time now) {
    Session& session = sessions_[call.url.substr(call.url.rfind('=') + 1)];
    if (random_() % 25 == 0) session.gone = true;
    if (session.gone) return json(404, "Not Found");
    if (const auto* bytes = std::get_if<MediaBytes>(&call.body)) {
      // A chunk that overlaps or leaves a gap is not stored; sometimes only a part is.
      if (session.video.empty() && bytes->offset == session.stored) {
        session.stored += random_() % 10 == 0 ? bytes->length / 2 : bytes->length;
      }
    }
    if (session.video.empty() && session.stored == session.total) {
      session.video = "v" + std::to_string(videos_.size());
      videos_[session.video] = {now, now + std::chrono::seconds(random_() % 500), session.total, 0};
    }
    if (!session.video.empty()) return json(200, "{\"id\":\"" + session.video + "\"}");
    Answer answer{.status = 308};
    if (session.stored > 0) {
      answer.headers["range"] = "bytes=0-" + std::to_string(session.stored - 1);
    }
    return answer;
  }

  Answer list(Time now) {
    std::string items;
    for (const auto& [id, video] : videos_) {
      if (video.listed_at > now) continue;
      items += (items.empty() ? "" : ",") +
               ("{\"snippet\":{\"title\":\"Bread\",\"publishedAt\":\"" + iso(video.at) +
                "\",\"resourceId\":{\"videoId\":\"" + id + "\"}}}");
    }
    return json(200, "{\"items\":[" + items + "]}");
  }

  Answer files() {
    std::string items;
    for (const auto& [id, video] : videos_) {
      items +=
          (items.empty() ? "" : ",") + ("{\"id\":\"" + id + "\",\"fileDetails\":{\"fileSize\":\"" +
                                        std::to_string(video.size) + "\"}}");
    }
    return json(200, "{\"items\":[" + items + "]}");
  }

  Answer status(const Call& call) {
    const auto found = videos_.find(value_of(call.query, "id"));
    if (found == videos_.end() || ++found->second.looks < 3) return json(200, "{\"items\":[]}");
    return json(200, R"({"items":[{"status":{"uploadStatus":"processed",)"
                     R"("privacyStatus":"public"}}]})");
  }

  std::mt19937_64& random_;
  std::map<std::string, Session> sessions_;
  std::map<std::string, Video> videos_;
};

Input video() {
  Input input;
  input.app.api_version = "v3";
  input.account.remote_id = "UC1";
  input.account.facts["uploads_playlist"] = "UU1";
  input.kind = "video";
  input.options = {{"title", std::string("Bread")}, {"made_for_kids", false}};
  MediumInput medium{.id = MediaId("media_v")};
  medium.original = {
      .type = MediaType::video, .content_type = "video/mp4", .size_bytes = 1'000'000};
  input.media = {medium};
  input.now = start();
  return input;
}

// ---------------------------------------------------------------- Instagram

class PhotoWorld final : public CrashWorld {
 public:
  explicit PhotoWorld(std::mt19937_64& random) : random_(random) {}

  int visible() const override { return own_; }

  Answer serve(const Call& call, Time now) override {
    const std::string path = call.url.substr(call.url.find("/v25.0/") + 7);
    if (path.ends_with("/content_publishing_limit")) return json(200, R"({"data":[]})");
    if (path.ends_with("/media_publish")) return publish(call, now);
    if (path.ends_with("/media") && call.method == "POST") {
      const std::string id = "c" + std::to_string(containers_.size());
      containers_[id] = {now, now + std::chrono::seconds(random_() % 20), false};
      return json(200, "{\"id\":\"" + id + "\"}");
    }
    if (path.ends_with("/media")) return list();
    if (path.starts_with("c")) return status(path, now);
    return json(200, "{\"id\":\"" + path + "\",\"permalink\":\"https://www.instagram.com/p/x/\"}");
  }

 private:
  struct Container {
    Time made{};
    Time ready{};
    bool published = false;
  };

  static Answer error(int code, int subcode) {
    return json(400, "{\"error\":{\"code\":" + std::to_string(code) +
                         ",\"error_subcode\":" + std::to_string(subcode) + "}}");
  }

  Answer status(const std::string& id, Time now) {
    if (random_() % 12 == 0) return error(100, 33);
    const Container& container = containers_.at(id);
    const char* code = container.published          ? "PUBLISHED"
                       : now - container.made > 24h ? "EXPIRED"
                       : now < container.ready      ? "IN_PROGRESS"
                                                    : "FINISHED";
    return json(200, std::string("{\"status_code\":\"") + code + "\"}");
  }

  Answer publish(const Call& call, Time now) {
    Container& container =
        containers_.at(value_of(std::get<FormBody>(call.body).fields, "creation_id"));
    if (container.published || now - container.made > 24h) return error(24, 2207008);
    if (now < container.ready || random_() % 5 == 0) return error(9007, 2207027);
    if (random_() % 8 == 0) return error(24, 2207006);
    container.published = true;
    ++own_;
    posts_ = "{\"id\":\"m1\",\"caption\":\"Bread\",\"media_type\":\"IMAGE\",\"timestamp\":\"" +
             iso(now) + "\",\"permalink\":\"https://www.instagram.com/p/x/\"}";
    // Blocked, and yet it is live.
    if (random_() % 6 == 0) return error(4, 2207051);
    return json(200, R"({"id":"m1"})");
  }

  Answer list() const {
    return json(200,
                "{\"data\":[{\"id\":\"m9\",\"caption\":\"Another tool's\",\"media_type\":"
                "\"IMAGE\",\"timestamp\":\"" +
                    iso(start() + 1h) + "\"}" + (posts_.empty() ? "" : "," + posts_) + "]}");
  }

  std::mt19937_64& random_;
  std::map<std::string, Container> containers_;
  int own_ = 0;
  std::string posts_;
};

Input photo() {
  Input input;
  input.app.api_version = "v25.0";
  input.account.remote_id = "1784";
  input.kind = "image";
  input.text = "Bread";
  MediumInput medium{.id = MediaId("media_a")};
  medium.original = {.content_type = "image/jpeg", .size_bytes = 1000};
  input.media = {medium};
  input.now = start();
  return input;
}

TEST(Crashes, a_video_is_uploaded_once_whatever_happens) {
  expect_one_post<VideoWorld>("youtube", video());
}

TEST(Crashes, a_photo_is_published_once_whatever_happens) {
  expect_one_post<PhotoWorld>("instagram", photo());
}

TEST(Crashes, a_photo_by_instagram_login_is_published_once_whatever_happens) {
  Input input = photo();
  input.account.product = "instagram_login";
  expect_one_post<PhotoWorld>(*find_platform(PlatformId("instagram"), "login"), input);
}

TEST(Crashes, a_video_is_uploaded_once_whatever_our_clock_says) {
  expect_one_post_by_a_wrong_clock<VideoWorld>("youtube", video());
}

}  // namespace
}  // namespace herald

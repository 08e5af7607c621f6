// The whole sandbox in a test's hands, without sockets: what is delayed waits until the test lets
// it happen. Linked by tests only.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/rig.h"
#include "sandbox/sample_files.h"
#include "sandbox/sandbox.h"

namespace herald::sandbox {

// A folder that goes with the test.
class Folder {
 public:
  Folder()
      : path_(::testing::TempDir() + "sandbox-" + std::to_string(::getpid()) + "-" +
              std::to_string(++made_)) {
    std::filesystem::remove_all(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  static inline int made_ = 0;
  std::string path_;
};

class Door {
 public:
  explicit Door(const std::string& data = {}) {
    Settings settings{.data = data};
    settings.redirect_uris_of_all = {"https://herald.example/callback"};
    settings.deauthorize_url = "https://herald.example/deauthorize";
    simulation = std::move(*Simulation::open(settings, [this] { return wall; }));
    sandbox = std::make_unique<Sandbox>(
        *simulation, Outside{.fetch = [this](const std::string& url) { return fetch(url); },
                             .post =
                                 [this](const Notice& notice) {
                                   notices.push_back(notice);
                                   return Fetched{.outcome = Fetched::Outcome::ok, .status = 200};
                                 },
                             .later =
                                 [this](auto delay, auto work) {
                                   delays.push_back(delay);
                                   waiting.push_back(std::move(work));
                                 }});
  }

  // Empty: not answered yet.
  std::optional<http::Response> send(const RigRequest& from, bool reused = false) {
    auto request = Rig::parsed(from);
    request.connection_reused = reused;
    request.headers.set("Host", "127.0.0.1:8099");
    const auto admission = sandbox->admit(request);
    if (!from.body.empty()) admission.sink->write(from.body);
    auto answered = std::make_shared<std::optional<http::Response>>();
    sandbox->serve(
        std::move(request), admission.sink,
        http::Reply([answered](http::Response response) { *answered = std::move(response); }));
    last = answered;
    return *answered;
  }
  // What was delayed happens now; the last request's answer, if it has one by then.
  std::optional<http::Response> let_happen() {
    auto now = std::exchange(waiting, {});
    for (auto& work : now) work();
    return *last;
  }

  boost::json::value control(const std::string& method, const std::string& path,
                             const std::string& json = {}) {
    const auto response = send({.method = method,
                                .url = "/_sandbox" + path,
                                .content_type = json.empty() ? "" : "application/json",
                                .body = json});
    boost::system::error_code error;
    return boost::json::parse(response->body, error);
  }
  void arm(const std::string& fault) { control("POST", "/faults", fault); }
  std::size_t posts_seen() {
    std::size_t count = 0;
    for (const auto& entry : simulation->seen()) count += entry.event == "post";
    return count;
  }

  std::string user_token() {
    const auto allowed = send(
        Rig::form("https://www.facebook.com/v26.0/dialog/oauth?client_id=1234567890&redirect_uri=" +
                      percent_encoded("https://herald.example/callback") +
                      "&scope=pages_show_list,pages_read_engagement,instagram_basic,"
                      "instagram_content_publish,instagram_manage_comments",
                  {{.name = "decision", .value = "allow"}}));
    const auto location = *allowed->headers.find("Location");
    const auto from = location.find("code=") + 5;
    const auto exchanged = send(
        Rig::form("https://graph.facebook.com/v26.0/oauth/access_token",
                  {{.name = "client_id", .value = "1234567890"},
                   {.name = "client_secret", .value = "sandbox-meta-app-secret"},
                   {.name = "redirect_uri", .value = "https://herald.example/callback"},
                   {.name = "code", .value = location.substr(from, location.find('#') - from)}}));
    return std::string(boost::json::parse(exchanged->body).at("access_token").as_string());
  }
  std::optional<http::Response> post(const std::string& path, const std::string& token,
                                     std::vector<Field> fields, bool reused = false) {
    fields.push_back({.name = "access_token", .value = token});
    return send(Rig::form("https://graph.facebook.com/v26.0/17841400000000001" + path, fields),
                reused);
  }
  // A photo's container, processed.
  std::string ready_photo(const std::string& token) {
    photo = jpeg_of(1080, 1080);
    const auto made =
        post("/media", token,
             {{.name = "image_url", .value = kPhoto}, {.name = "caption", .value = "Bread"}});
    wall += std::chrono::seconds(3);
    return std::string(boost::json::parse(made->body).at("id").as_string());
  }
  std::optional<http::Response> publish(const std::string& token, const std::string& container,
                                        bool reused = false) {
    return post("/media_publish", token, {{.name = "creation_id", .value = container}}, reused);
  }
  std::string status_of(const std::string& token, const std::string& container) {
    const auto heard = send({.url = "https://graph.facebook.com/v26.0/" + container +
                                    "?fields=status_code&access_token=" + token});
    const auto body = boost::json::parse(heard->body).as_object();
    const auto* code = body.if_contains("status_code");
    return code != nullptr ? std::string(code->as_string()) : std::string();
  }

  const std::string kPhoto = "https://media.test/photo.jpg";
  Time wall = from_ms(1'795'348'800'000);
  std::string photo;
  std::unique_ptr<Simulation> simulation;
  std::unique_ptr<Sandbox> sandbox;
  std::vector<Notice> notices;
  std::vector<std::chrono::milliseconds> delays;
  std::vector<std::function<void()>> waiting;
  std::shared_ptr<std::optional<http::Response>> last;

 private:
  Fetched fetch(const std::string& url) {
    if (url != kPhoto) return {};
    return {.outcome = Fetched::Outcome::ok,
            .status = 200,
            .body = std::make_shared<const Bytes>(photo)};
  }
};

}  // namespace herald::sandbox

#include "sandbox/google/control.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "sandbox/google/tokens.h"
#include "sandbox/google/video.h"

namespace herald::sandbox::google {

namespace {

Answer done() { return {.response = json_answer(200, R"({"ok":true})")}; }

Answer refused(std::string_view why) {
  return {.response = json_answer(
              400, boost::json::serialize(boost::json::object{{"ok", false}, {"error", why}}))};
}

Answer remove_access(Context& google, const Call& call) {
  const auto app = call.get("app");
  const auto channel = call.get("channel");
  const auto grants = google.state.grants;
  for (const auto& [key, grant] : grants) {
    const auto slash = key.find('/');
    const auto of_app = key.substr(0, slash);
    const auto of_channel = key.substr(slash + 1);
    if ((app.empty() || app == of_app) && (channel.empty() || channel == of_channel))
      forget_grant(google.state, of_app, of_channel);
  }
  return done();
}

Answer expire_tokens(Context& google) {
  for (auto& [value, token] : google.state.access_tokens)
    token.expires_ms = std::min(token.expires_ms, google.now_ms());
  return done();
}

Answer store_half(Context& google, const Call& call) {
  const auto text = call.get("chunks", "1");
  int chunks = 0;
  std::from_chars(text.data(), text.data() + text.size(), chunks);
  if (chunks < 1) return refused("chunks must be a number from 1");
  google.state.half_chunks = chunks;
  return done();
}

Answer foreign_upload(Context& google, const Call& call) {
  const auto channel = call.get("channel");
  if (google.directory.identity(channel) == nullptr) return refused("no such channel");
  Video video{.id = random_base64url(8),
              .app = "another tool",
              .channel = channel,
              .title = call.get("title", "Uploaded elsewhere"),
              .file_type = "video/mp4",
              .uploaded_ms = google.now_ms(),
              .ready_ms = google.now_ms(),
              .published_ms = google.now_ms()};
  video.digest = google.world.media.keep(video.id);
  tell(google, video, "post");
  const auto id = video.id;
  google.state.videos.push_back(std::move(video));
  return {.response = json_answer(
              200, boost::json::serialize(boost::json::object{{"ok", true}, {"id", id}}))};
}

Answer delete_one(Context& google, const Call& call) {
  const auto id = call.get("id");
  const auto* video = google.state.video(id);
  if (video == nullptr) return refused("no such video");
  forget_video(google, *video);
  return done();
}

}  // namespace

Answer control(Context& google, const Call& call) {
  if (call.path == "/remove-access") return remove_access(google, call);
  if (call.path == "/expire-tokens") return expire_tokens(google);
  if (call.path == "/store-half") return store_half(google, call);
  if (call.path == "/foreign-upload") return foreign_upload(google, call);
  if (call.path == "/delete-video") return delete_one(google, call);
  if (call.path != "/next-outcome") return {.response = text_answer(404, "No such verb.\n")};
  if (call.get("outcome").empty()) return refused("outcome is missing");
  google.state.outcomes.push_back(call.get("outcome"));
  return done();
}

}  // namespace herald::sandbox::google

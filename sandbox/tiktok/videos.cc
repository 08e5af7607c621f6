// A creator's public posts with their counters (display reference, looked up 2026-09).
#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/query.h"
#include "sandbox/tiktok/body.h"
#include "sandbox/tiktok/endpoint.h"
#include "sandbox/tiktok/metrics.h"
#include "sandbox/tiktok/pages.h"
#include "sandbox/tiktok/tasks.h"

namespace herald::sandbox::tiktok {

namespace json = boost::json;

namespace {

constexpr std::int64_t kCountMax = 20;
constexpr std::int64_t kCountUsual = 10;
constexpr std::size_t kDescriptionMax = 150;
constexpr std::array<std::string_view, 15> kFields = {
    "id",         "create_time", "cover_image_url", "share_url",   "video_description",
    "duration",   "height",      "width",           "title",       "embed_html",
    "embed_link", "like_count",  "comment_count",   "share_count", "view_count"};

// The first letters of a text, by code points.
std::string clipped(std::string_view text) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80 && ++letters > kDescriptionMax)
      return std::string(text.substr(0, i));
  return std::string(text);
}

json::object everything_of(const Request& request, const Post& post) {
  const auto counts = counts_of(request.x, post);
  const Medium medium = post.media.empty() ? Medium{} : post.media.front();
  const auto share = request.call.link("www.tiktok.com", path_of(request.x, post));
  return {
      {"id", post.id},
      {"create_time", post.at_ms / 1000},
      {"cover_image_url", cover_link(request.x, request.call, post)},
      {"share_url", share},
      {"video_description", clipped(post.photo ? post.details.description : post.details.title)},
      {"duration", medium.duration_ms / 1000},
      {"height", medium.height},
      {"width", medium.width},
      {"title", post.details.title},
      {"embed_html", "<iframe src=\"" + share + "\"></iframe>"},
      {"embed_link", share},
      {"like_count", counts.likes},
      {"comment_count", counts.comments},
      {"share_count", counts.shares},
      {"view_count", counts.views}};
}

Checked<std::vector<std::string>> read_fields(const Request& request) {
  auto names = split(in_query(request.call, "fields"), ',');
  const bool known = !names.empty() && std::ranges::all_of(names, [](const auto& name) {
    return std::ranges::find(kFields, name) != kFields.end();
  });
  if (!known) return Refused(refusal("invalid_params", "fields is missing or has an unknown one."));
  return names;
}

json::object shown(const Request& request, const Post& post,
                   const std::vector<std::string>& fields) {
  const auto everything = everything_of(request, post);
  json::object out;
  for (const auto& name : fields) out[name] = everything.at(name);
  return out;
}

}  // namespace

Checked<Answer> list_videos(Request& request) {
  HERALD_TRY(const auto fields, read_fields(request));
  const Body body(request.call);
  const auto most = body.number("max_count").value_or(kCountUsual);
  const auto cursor = body.number("cursor").value_or(0);
  if (!body.fault().empty() || most < 1 || most > kCountMax || cursor < 0)
    return Refused(refusal("invalid_params", body.fault()));
  json::array videos;
  std::int64_t reached_ms = cursor;
  bool has_more = false;
  for (auto it = request.state().posts.rbegin(); it != request.state().posts.rend(); ++it) {
    const auto& post = it->second;
    if (post.author != request.user.id || !is_public(request.x, post)) continue;
    if (cursor != 0 && post.at_ms >= cursor) continue;
    has_more = static_cast<std::int64_t>(videos.size()) == most;
    if (has_more) break;
    videos.push_back(shown(request, post, fields));
    reached_ms = post.at_ms;
  }
  return success(json::serialize(
      json::object{{"videos", std::move(videos)}, {"cursor", reached_ms}, {"has_more", has_more}}));
}

Checked<Answer> query_videos(Request& request) {
  HERALD_TRY(const auto fields, read_fields(request));
  const Body body(request.call);
  const auto ids = body.inside("filters").texts("video_ids");
  if (!body.fault().empty() || ids.empty() || ids.size() > static_cast<std::size_t>(kCountMax))
    return Refused(refusal("invalid_params", body.fault()));
  json::array videos;
  for (const auto& id : ids) {
    const auto* post = request.state().post(id);
    if (post != nullptr && post->author == request.user.id && is_public(request.x, *post))
      videos.push_back(shown(request, *post, fields));
  }
  return success(json::serialize(json::object{{"videos", std::move(videos)}}));
}

}  // namespace herald::sandbox::tiktok

#include "sandbox/tiktok/endpoint.h"

namespace herald::sandbox::tiktok {

namespace {

// Calls a minute: the posting and display references, looked up 2026-09.
constexpr std::size_t kInits = 6;
constexpr std::size_t kCreatorInfos = 20;
constexpr std::size_t kStatuses = 30;
constexpr std::size_t kDisplays = 600;

const std::vector<Endpoint>& endpoints() {
  using Scopes = std::vector<std::string_view>;
  static const Scopes publish = {"video.publish"};
  static const Scopes upload = {"video.upload"};
  static const Scopes either = {"video.upload", "video.publish"};
  static const Scopes list = {"video.list"};
  static const std::vector<Endpoint> all = {
      {"POST", "/v2/post/publish/creator_info/query/", creator_info, publish, kCreatorInfos},
      {"POST", "/v2/post/publish/video/init/", begin_video, publish, kInits},
      {"POST", "/v2/post/publish/inbox/video/init/", begin_video_draft, upload, kInits},
      {"POST", "/v2/post/publish/content/init/", begin_photos, {}, kInits},
      {"POST", "/v2/post/publish/status/fetch/", fetch_status, either, kStatuses},
      {"POST", "/v2/post/publish/cancel/", cancel_task, either, kStatuses},
      {"GET", "/v2/user/info/", user_info, {}, kDisplays},
      {"POST", "/v2/video/list/", list_videos, list, kDisplays},
      {"POST", "/v2/video/query/", query_videos, list, kDisplays},
  };
  return all;
}

}  // namespace

const Endpoint* find_endpoint(std::string_view method, std::string_view path) {
  for (const auto& endpoint : endpoints())
    if (endpoint.method == method && endpoint.path == path) return &endpoint;
  return nullptr;
}

Refused scope_missing(const Context& x) { return Refused(refusal(x.choice("missing_scope"))); }

}  // namespace herald::sandbox::tiktok

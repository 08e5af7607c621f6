#include "sandbox/reddit/uploads.h"

#include "sandbox/image_facts.h"
#include "sandbox/video_facts.h"

namespace herald::sandbox::reddit {

namespace {

constexpr std::int64_t kLongestVideoMs = 15LL * 60 * 1000;

}  // namespace

const Asset* uploaded(const State& state, const std::string& id, const std::string& owner) {
  const auto found = state.assets.find(id);
  if (found == state.assets.end()) return nullptr;
  const auto& asset = found->second;
  return asset.owner == owner && !asset.digest.empty() ? &asset : nullptr;
}

const Asset* uploaded_at(const State& state, std::string_view url, const std::string& owner) {
  for (const auto& [id, asset] : state.assets) {
    const auto bucket = "https://" + asset.host + "/";
    if (url == bucket + asset.key || url == bucket + percent_encoded(asset.key))
      return uploaded(state, id, owner);
  }
  return nullptr;
}

void take_file(Context& x, Asset& asset, std::string_view bytes) {
  asset.digest = x.world.media.keep(bytes);
  asset.ready_ms = x.now_ms() + x.scaled(x.number("asset_seconds") * 1000);
  if (asset.type.starts_with("video/")) {
    const auto facts = video_facts(bytes);
    asset.broken = !facts || facts->duration_ms > kLongestVideoMs;
    if (facts) {
      asset.width = facts->width;
      asset.height = facts->height;
    }
    return;
  }
  const auto facts = image_facts(bytes);
  asset.broken = !facts;
  if (facts) {
    asset.width = facts->width;
    asset.height = facts->height;
  }
}

}  // namespace herald::sandbox::reddit

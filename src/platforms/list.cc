#include "platforms/list.h"

#include <algorithm>

namespace herald {

// Each lives in a file of its own name.
const Platform& youtube();
const Platform& instagram();
const Platform& instagram_login();  // In instagram.cc.
const Platform& tiktok();
const Platform& twitter();
const Platform& linkedin();
const Platform& facebook();
const Platform& reddit();
const Platform& threads();
const Platform& pinterest();
const Platform& mastodon();

const std::vector<const Platform*>& all_platforms() {
  // clang-format off
  static const std::vector<const Platform*> kAll{
      &youtube(),
      &instagram(),
      &instagram_login(),
      &tiktok(),
      &twitter(),
      &linkedin(),
      &facebook(),
      &reddit(),
      &threads(),
      &pinterest(),
      &mastodon(),
  };
  // clang-format on
  return kAll;
}

const Platform* find_platform(const PlatformId& id, std::string_view registration) {
  const auto& all = all_platforms();
  const auto found = std::ranges::find_if(all, [&](const Platform* platform) {
    return platform->spec->id == id && platform->spec->registration == registration;
  });
  return found == all.end() ? nullptr : *found;
}

}  // namespace herald

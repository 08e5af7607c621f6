#include "platforms/list.h"

#include <algorithm>

namespace herald {

// Each lives in a file of its own name.
const Platform& youtube();
const Platform& instagram();
const Platform& tiktok();
const Platform& twitter();
const Platform& linkedin();
const Platform& facebook();
const Platform& reddit();

const std::vector<const Platform*>& all_platforms() {
  // clang-format off
  static const std::vector<const Platform*> kAll{
      &youtube(),
      &instagram(),
      &tiktok(),
      &twitter(),
      &linkedin(),
      &facebook(),
      &reddit(),
  };
  // clang-format on
  return kAll;
}

const Platform* find_platform(const PlatformId& id) {
  const auto& all = all_platforms();
  const auto found =
      std::ranges::find_if(all, [&](const Platform* platform) { return platform->spec->id == id; });
  return found == all.end() ? nullptr : *found;
}

}  // namespace herald

#include "sandbox/settings.h"

namespace herald::sandbox {

std::vector<std::string> Settings::redirect_uris_of(std::string_view platform) const {
  constexpr std::string_view kPlace = "{platform}";
  std::vector<std::string> all;
  if (const auto own = redirect_uris.find(platform); own != redirect_uris.end()) all = own->second;
  for (auto uri : redirect_uris_of_all) {
    if (const auto at = uri.find(kPlace); at != uri.npos) uri.replace(at, kPlace.size(), platform);
    all.push_back(std::move(uri));
  }
  return all;
}

}  // namespace herald::sandbox

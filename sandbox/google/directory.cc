#include "sandbox/google/directory.h"

#include <algorithm>
#include <array>

namespace herald::sandbox::google {

namespace {

constexpr std::array<std::string_view, 3> kLoopback = {"http://127.0.0.1", "http://localhost",
                                                       "http://[::1]"};

std::vector<Identity> demo_identities() {
  return {
      {.sub = "100000000000000000001",
       .email = "mia@example.test",
       .name = "Mia Baker",
       .given_name = "Mia",
       .family_name = "Baker",
       .channel = "UCexampleChannel0000001",
       .channel_title = "Blue Bakery",
       .handle = "@bluebakery",
       .about = "Bread, slowly.",
       .since = "2019-03-04T09:00:00Z",
       .views = 1200,
       .subscribers = 35,
       .videos = 9},
      {.sub = "100000000000000000002",
       .email = "corner-books@brand.example.test",
       .name = "Corner Books",
       .given_name = "Corner Books",
       .family_name = "",
       .channel = "UCexampleChannel0000002",
       .channel_title = "Corner Books",
       .handle = "@cornerbooks",
       .about = "Second-hand, first class.",
       .since = "2021-09-14T16:30:00Z",
       .views = 480,
       .subscribers = 12,
       .videos = 3},
  };
}

}  // namespace

bool App::accepts_redirect(std::string_view uri) const {
  if (std::ranges::find(redirect_uris, uri) != redirect_uris.end()) return true;
  if (!desktop) return false;
  return std::ranges::any_of(kLoopback, [uri](std::string_view origin) {
    if (!uri.starts_with(origin)) return false;
    const auto rest = uri.substr(origin.size());
    return rest.empty() || rest.front() == ':' || rest.front() == '/';
  });
}

Directory::Directory(const Settings& settings) : identities_(demo_identities()) {
  apps_.push_back(
      {.id = std::string(kWebClientId), .secret = std::string(kWebClientSecret), .name = "Herald"});
  apps_.back().redirect_uris = settings.redirect_uris_of("youtube");
  apps_.push_back({.id = std::string(kDesktopClientId),
                   .secret = std::string(kDesktopClientSecret),
                   .name = "Herald for the desktop",
                   .desktop = true});
}

const App* Directory::app(std::string_view id) const {
  const auto found = std::ranges::find(apps_, id, &App::id);
  return found == apps_.end() ? nullptr : &*found;
}

const Identity* Directory::identity(std::string_view channel) const {
  const auto found = std::ranges::find(identities_, channel, &Identity::channel);
  return found == identities_.end() ? nullptr : &*found;
}

const Identity* Directory::hinted(std::string_view login_hint) const {
  const auto found = std::ranges::find_if(identities_, [login_hint](const Identity& identity) {
    return identity.email == login_hint || identity.sub == login_hint;
  });
  return found == identities_.end() ? nullptr : &*found;
}

}  // namespace herald::sandbox::google

// Who exists on the simulated Google: the registered apps and the demo person with her channels.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/settings.h"

namespace herald::sandbox::google {

inline constexpr std::string_view kWebClientId = "sandbox-client.apps.googleusercontent.com";
inline constexpr std::string_view kWebClientSecret = "sandbox-google-client-secret";
inline constexpr std::string_view kDesktopClientId = "sandbox-desktop.apps.googleusercontent.com";
inline constexpr std::string_view kDesktopClientSecret = "sandbox-google-desktop-secret";
inline constexpr std::string_view kApiKey = "sandbox-google-api-key";

// An OAuth client; also the project that quota is counted for.
struct App {
  std::string id;
  std::string secret;
  std::string name;
  bool desktop = false;  // "Desktop app": any port and path of a loopback address will do.
  std::vector<std::string> redirect_uris;

  bool accepts_redirect(std::string_view uri) const;
};

// One line of the account chooser: a Google account or a brand account, each with its channel.
struct Identity {
  std::string sub;
  std::string email;
  std::string name;
  std::string given_name;
  std::string family_name;
  std::string channel;  // "UC..."
  std::string channel_title;
  std::string handle;
  std::string about;
  std::string since;  // RFC 3339.
  std::int64_t views = 0;
  std::int64_t subscribers = 0;
  std::int64_t videos = 0;  // From before the sandbox's time: counted, never listed.

  std::string uploads() const { return "UU" + channel.substr(2); }
};

class Directory {
 public:
  explicit Directory(const Settings& settings);

  const App* app(std::string_view id) const;  // Null: unknown, here as below.
  const Identity* identity(std::string_view channel) const;
  // By e-mail address or sub.
  const Identity* hinted(std::string_view login_hint) const;
  const std::vector<Identity>& identities() const { return identities_; }

 private:
  std::vector<App> apps_;
  std::vector<Identity> identities_;
};

}  // namespace herald::sandbox::google

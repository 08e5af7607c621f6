// Herald's own apps at the platforms: what the operator configured, and the platform each is for.
// A platform that people sign in to in two ways has one for each, told apart by name.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/account.h"
#include "domain/secret.h"
#include "ports/platform.h"

namespace herald {

struct Registration {
  const Platform* platform = nullptr;
  std::string name = "main";  // PlatformSpec::registration; part of the redirect URI.
  std::string client_id;      // Empty: not configured.
  Secret client_secret;
  std::string redirect_uri;  // Exactly as registered at the platform; never built from a request.
  std::vector<std::string> scopes_left_out;  // The app has no right to ask for these.
  std::string owner;     // Who answers for it at a platform that wants to know; may be empty.
  std::string instance;  // Its host, where the platform is many servers; else empty.
  bool configured() const {
    const bool placed = platform->spec->variables.instance.empty() || !instance.empty();
    return !client_id.empty() && !client_secret.empty() && placed;
  }
};

inline Input::App app_of(const Registration& registration) {
  return {registration.client_id, registration.platform->spec->api_version.version,
          registration.owner, registration.instance};
}

// Which sign-in a grant came by.
inline std::string sign_in_of(const Grant& grant) {
  return grant.registration.empty() ? "main" : grant.registration;
}
inline bool is_by(const Grant& grant, const Registration& registration) {
  return grant.platform == registration.platform->spec->id &&
         sign_in_of(grant) == registration.name;
}

class Registrations {
 public:
  explicit Registrations(std::vector<Registration> all) : all_(std::move(all)) {}
  const std::vector<Registration>& all() const { return all_; }
  // Null if the platform is unknown. A known platform may still be unconfigured.
  const Registration* find(const PlatformId& platform, std::string_view name = "main") const {
    for (const auto& one : all_) {
      if (one.platform->spec->id == platform && one.name == name) return &one;
    }
    return nullptr;
  }
  const Registration* find(const Grant& grant) const {
    return find(grant.platform, sign_in_of(grant));
  }
  // The one to sign in with where nobody says which: the first that is configured, else the first
  // there is. Null if the platform is unknown.
  const Registration* usual(const PlatformId& platform) const {
    const Registration* first = nullptr;
    for (const auto& one : all_) {
      if (one.platform->spec->id != platform) continue;
      if (one.configured()) return &one;
      if (first == nullptr) first = &one;
    }
    return first;
  }

 private:
  std::vector<Registration> all_;
};

}  // namespace herald

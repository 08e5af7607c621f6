// Herald's own app at each platform: what the operator configured, and the platform it is for.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/secret.h"
#include "ports/platform.h"

namespace herald {

struct Registration {
  const Platform* platform = nullptr;
  std::string name = "main";  // A platform may have more than one later; part of the redirect URI.
  std::string client_id;      // Empty: not configured.
  Secret client_secret;
  std::string redirect_uri;  // Exactly as registered at the platform; never built from a request.
  std::vector<std::string> scopes_left_out;  // The app has no right to ask for these.
  bool configured() const { return !client_id.empty() && !client_secret.empty(); }
};

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

 private:
  std::vector<Registration> all_;
};

}  // namespace herald

// Who calls, and may they: bearer token, scopes, quota. Every API method passes through admit().
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/google/context.h"
#include "sandbox/google/fault.h"

namespace herald::sandbox::google {

// Scopes as bits; names behind https://www.googleapis.com/auth/.
enum Scope : unsigned {
  kYoutube = 1,     // youtube
  kUpload = 2,      // youtube.upload
  kReadonly = 4,    // youtube.readonly
  kForceSsl = 8,    // youtube.force-ssl
  kPartner = 16,    // youtubepartner
  kAnalytics = 32,  // yt-analytics.readonly
  kMonetary = 64,   // yt-analytics-monetary.readonly
};

// A method of an API, with what it takes to call it. Costs and scopes: the platform's discovery
// document and its quota table.
struct Method {
  std::string_view rpc;  // "V3DataVideoService.Insert": named in the answer to a missing scope.
  unsigned scopes = 0;   // Any one of them will do.
  int units = 1;
  bool inserts_video = false;  // Charged to the bucket of inserts instead.
  bool takes_api_key = false;  // Public data may be read without a person.
};

struct Caller {
  std::string app;
  std::string channel;                 // Empty: only an API key.
  const Identity* identity = nullptr;  // Null with an API key.
  unsigned scopes = 0;
};

// The token alone; for the chunks of an upload. login_required() or invalid_credentials().
Checked<Caller> authenticate(const Context& google, const Call& call);

// Charges the quota, also of a call that is refused afterwards.
Checked<Caller> admit(Context& google, const Call& call, const Method& method);

}  // namespace herald::sandbox::google

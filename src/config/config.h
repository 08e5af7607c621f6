// Everything an operator can set, checked. docs and .env.example name each variable.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/environment.h"
#include "config/object_storage.h"
#include "domain/secret.h"

namespace herald {

struct PlatformCredentials {
  std::string client_id;
  Secret client_secret;
  std::string redirect_uri;
  std::vector<std::string> scopes_left_out;  // Commas between.
  std::string owner;                         // May be empty.
  std::string instance;                      // A host name in lower case; may be empty.
};

// The names under which a platform's credentials are set.
struct CredentialNames {
  std::string platform;
  std::string client_id;
  std::string client_secret;
  std::string redirect_uri;
  std::string scopes_left_out;        // Empty: nothing can be left out.
  std::string registration = "main";  // Part of the redirect URI's path where it is another.
  std::string owner;                  // Empty: the platform does not want to know.
  std::string instance;               // Empty: the platform has one place for all.
};

// What one process does. `all`: everything, which one machine's store is enough for.
enum class ServeRole { all, edge, gateway, uploader, worker };

// Where a door listens that another process goes on to.
struct DoorAddress {
  std::string host;  // A name or a numeric address, without brackets.
  std::uint16_t port = 0;
  friend bool operator==(const DoorAddress&, const DoorAddress&) = default;
};

struct Config {
  ServeRole role = ServeRole::all;
  // HERALD_GATEWAY_URL of an edge, HERALD_UPLOADER_URL of a gateway; commas between. Empty
  // otherwise.
  std::vector<DoorAddress> behind;

  std::string public_url;  // HERALD_PUBLIC_URL, without a trailing slash.
  bool loopback = false;   // public_url is plain http on this machine.
  std::string address;     // HERALD_ADDRESS: where the doors listen.
  std::uint16_t edge_port = 0;
  std::uint16_t gateway_port = 0;
  std::uint16_t uploader_port = 0;
  std::uint16_t operations_port = 0;  // Always on loopback unless HERALD_OPERATIONS_ADDRESS.
  std::string operations_address;

  std::string data_folder;  // HERALD_DATA
  Secret mongodb_uri;       // HERALD_MONGODB_URI; empty: the embedded store, in the data folder.
  bool migrate_at_start = false;  // HERALD_MIGRATE_AT_START; of MongoDB.
  std::string web_folder;         // HERALD_WEB: the built app.
  std::string sandbox_url;        // HERALD_SANDBOX_URL; empty: the real platforms.
  std::string log_level;
  int workers = 0;                   // HERALD_WORKERS: threads that run handlers.
  int in_flight_max = 0;             // HERALD_IN_FLIGHT_MAX: deliveries under way at once.
  int user_requests_per_minute = 0;  // HERALD_USER_REQUESTS_PER_MINUTE; 0: no limit.
  int peer_requests_per_minute = 0;  // HERALD_PEER_REQUESTS_PER_MINUTE, per address.
  int sign_ins_per_minute = 0;       // HERALD_SIGN_INS_PER_MINUTE, per email; 0: no limit.
  // HERALD_TRUSTED_PROXIES, commas between: whose X-Forwarded-For is believed.
  std::vector<std::string> trusted_proxies;
  int drain_seconds = 0;  // HERALD_DRAIN_SECONDS: how long what is under way may take at the end.
  std::uint64_t medium_bytes_max = 0;
  std::uint64_t customer_bytes_max = 0;
  ObjectStorage object_storage;  // For media; else they are in the data folder.
  // How long what is over is kept; 0 days of history or audit: for ever.
  int history_days = 0;      // HERALD_HISTORY_DAYS
  int audit_days = 0;        // HERALD_AUDIT_DAYS
  int session_days = 0;      // HERALD_SESSION_DAYS
  int idempotency_days = 0;  // HERALD_IDEMPOTENCY_DAYS
  int figures_days = 0;      // HERALD_FIGURES_DAYS; 0: for ever.
  // HERALD_FIRST_FIGURES_SECONDS: how long after publishing a post's figures are first read.
  int first_figures_seconds = 0;

  std::vector<Secret> jwt_secrets;  // HERALD_JWT_SECRET, commas between; the first signs.
  std::string jwt_issuer;
  std::string jwt_audience;
  std::string jwks_file;
  std::string jwks_issuer;
  std::vector<Secret> internal_secrets;  // HERALD_INTERNAL_SECRET, commas between.
  Secret vault_keys;                     // HERALD_VAULT_KEYS, or the text of...
  std::string vault_key_file;            // ...HERALD_VAULT_KEY_FILE.

  std::vector<PlatformCredentials> platforms;  // In the order of the names given.
};

// Of that role, what it has no use for is neither read nor asked for. Faults are left in
// `environment`; the Config means something only when there are none.
Config read_config(Environment& environment, const std::vector<CredentialNames>& platforms,
                   ServeRole role = ServeRole::all);

}  // namespace herald

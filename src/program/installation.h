// What every subcommand stands on: the settings, the store and the keys, checked before anything
// else happens.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/registrations.h"
#include "app/take_over.h"
#include "config/config.h"
#include "crypto/argon2_passwords.h"
#include "crypto/digest.h"
#include "crypto/jwt_access_tokens.h"
#include "crypto/system_random.h"
#include "crypto/vault_sealer.h"
#include "crypto/wrapping_keys.h"
#include "ports/store.h"
#include "program/operator_log.h"
#include "program/slewed_clock.h"
#include "program/system_clock.h"

namespace herald {

// One line per platform Herald knows.
std::vector<CredentialNames> credential_names();

struct Installation {
  Config config;
  SystemClock clock;
  SlewedClock flow_clock{clock, machine_uptime};
  SystemRandom random;
  SystemDigest digest;
  OperatorLog log;
  WrappingKeys wrapping_keys;
  bool shares_store = false;  // With other processes: MongoDB.
  std::unique_ptr<Store> store;
  // How many commands a store behind a network has answered so far; nothing: it has none.
  std::function<std::uint64_t()> store_commands;
  PlainAccounts* plain_accounts = nullptr;  // The store's, where it can have any.
  VaultSealer sealer;
  Argon2Passwords passwords;
  std::unique_ptr<JwtAccessTokens> tokens;
  Registrations registrations;

  // `owner`: the server, which ends dead leases; other commands work beside a running one. An
  // error's message names what to do. With keys that are not the store's, or not all of them,
  // nothing is opened or changed (V-08, V-09). A MongoDB has to be migrated before.
  // `moving`: calls of a MongoDB may take minutes.
  static Result<std::unique_ptr<Installation>> open(Config config, bool owner, bool moving = false);

  // Brings the MongoDB that the settings name to what this program knows. What an earlier
  // deployment left in it unsealed is then for take_over(): that takes the keys.
  struct Migrated {
    std::vector<std::string> steps;  // Those that were taken.
    bool unsealed = false;
  };
  static Result<Migrated> migrate(const Config& config);
  Result<TakenOver> take_over();

  // What the operator should do before long; one sentence each.
  std::vector<std::string> warnings() const;

  // The vault's, as the settings give them.
  static Result<WrappingKeys> keys_of(const Config& config);

  // What is wrong with the keys and folders that sound settings name; for the list of all faults.
  static std::vector<std::string> faults(const Config& config);

 private:
  Installation(Config config, WrappingKeys keys, std::unique_ptr<Store> store);
};

}  // namespace herald

#include "program/installation.h"

#include <utility>

#include "crypto/key_rotation.h"
#include "crypto/self_check.h"
#include "platforms/list.h"
#include "program/data_folder.h"
#include "program/door_settings.h"
#include "program/version_end.h"
#include "store/mongo/mongo_store.h"
#include "store/sqlite/sqlite_store.h"

namespace herald {
namespace {

Registrations registrations_of(const Config& config) {
  std::vector<Registration> all;
  const auto& platforms = all_platforms();
  for (std::size_t i = 0; i < platforms.size(); ++i) {
    const PlatformCredentials& given = config.platforms[i];
    Registration one;
    one.platform = platforms[i];
    one.name = platforms[i]->spec->registration;
    one.client_id = given.client_id;
    one.client_secret = given.client_secret.clone();
    one.redirect_uri = given.redirect_uri;
    one.scopes_left_out = given.scopes_left_out;
    one.owner = given.owner;
    one.instance = given.instance;
    all.push_back(std::move(one));
  }
  return Registrations(std::move(all));
}

// Beside the threads that run requests a few look for work and answer the operator.
constexpr int kOtherThreads = 4;

Result<std::unique_ptr<MongoStore>> open_mongo(const Config& config, MongoStore::Pace pace) {
  const std::string uri(config.mongodb_uri.reveal());
  return MongoStore::open(uri, config.workers + kOtherThreads,
                          std::chrono::seconds(config.first_figures_seconds), pace);
}

Result<std::unique_ptr<SqliteStore>> open_sqlite(const Config& config, bool owner) {
  const auto ownership = owner ? SqliteStore::Ownership::sole : SqliteStore::Ownership::guest;
  return SqliteStore::open(config.data_folder, SystemClock().now(), ownership,
                           std::chrono::seconds(config.first_figures_seconds));
}

// As check_folder_canary(): here the canary stands in the database, which many folders share.
Result<Done> check_database_canary(MongoStore& store, Sealer& sealer) {
  HERALD_TRY(auto canary, store.find_canary());
  if (!canary) {
    HERALD_TRY(const std::string made, make_canary(sealer));
    HERALD_CHECK(store.keep_canary(made));
    HERALD_TRY(canary, store.find_canary());  // Perhaps another process's.
  }
  return check_canary(sealer, canary.value_or(""));
}

}  // namespace

std::vector<CredentialNames> credential_names() {
  std::vector<CredentialNames> names;
  for (const auto* platform : all_platforms()) {
    const PlatformSpec& spec = *platform->spec;
    names.push_back({spec.id.value, spec.variables.client_id, spec.variables.client_secret,
                     spec.variables.redirect_uri, spec.variables.scopes_left_out, spec.registration,
                     spec.variables.owner, spec.variables.instance});
  }
  return names;
}

Installation::Installation(Config given, WrappingKeys keys, std::unique_ptr<Store> opened)
    : config(std::move(given)),
      log(config.log_level),
      wrapping_keys(std::move(keys)),
      shares_store(!config.mongodb_uri.empty()),
      store(std::move(opened)),
      sealer(*store, wrapping_keys, clock, random),
      registrations(registrations_of(config)) {}

Result<std::unique_ptr<Installation>> Installation::open(Config config, bool owner, bool moving) {
  HERALD_CHECK(check_primitives());
  HERALD_TRY(WrappingKeys keys, keys_of(config));
  std::unique_ptr<Installation> made;
  bool unsealed = false;
  const auto make = [&](std::unique_ptr<Store> store) {
    made.reset(new Installation(std::move(config), std::move(keys), std::move(store)));
  };
  if (!config.mongodb_uri.empty()) {
    HERALD_CHECK(make_folder(config.data_folder));
    if (config.migrate_at_start) {
      HERALD_TRY(const Migrated migrated, migrate(config));
      unsealed = migrated.unsealed;
    }
    using Pace = MongoStore::Pace;
    HERALD_TRY(auto store, open_mongo(config, moving || unsealed ? Pace::moving : Pace::serving));
    MongoStore& mongo = *store;
    make(std::move(store));
    made->store_commands = [&mongo] { return mongo.commands(); };
    made->plain_accounts = &mongo;
    HERALD_CHECK(check_database_canary(mongo, made->sealer));
  } else {
    HERALD_TRY(auto store, open_sqlite(config, owner));
    make(std::move(store));
    HERALD_CHECK(check_folder_canary(made->config.data_folder, made->sealer));
  }
  HERALD_CHECK(check_wrapping_keys_complete(*made->store, made->wrapping_keys));
  HERALD_TRY(made->tokens,
             JwtAccessTokens::make(jwt_settings(made->config), made->clock, made->random));
  if (unsealed) {
    HERALD_TRY(const TakenOver taken, made->take_over());
    for (const auto& left : taken.left) {
      made->log.write(LogLevel::warning, "not taken over: " + left);
    }
  }
  return made;
}

Result<Installation::Migrated> Installation::migrate(const Config& config) {
  const std::string uri(config.mongodb_uri.reveal());
  Migrated migrated;
  HERALD_TRY(migrated.steps, MongoStore::migrate(uri, SystemClock().now()));
  HERALD_TRY(const auto store, MongoStore::open(uri, 1, kFirstFigures, MongoStore::Pace::moving));
  HERALD_TRY(migrated.unsealed, store->any_plain_account(platforms_of(registrations_of(config))));
  return migrated;
}

Result<TakenOver> Installation::take_over() {
  if (plain_accounts == nullptr) return TakenOver{};
  return take_over_plain_accounts({*plain_accounts, sealer, clock, random}, registrations);
}

Result<WrappingKeys> Installation::keys_of(const Config& config) {
  if (!config.vault_key_file.empty()) return WrappingKeys::from_file(config.vault_key_file);
  return WrappingKeys::parse(config.vault_keys.reveal());
}

std::vector<std::string> Installation::warnings() const {
  std::vector<std::string> list;
  for (const auto& registration : registrations.all()) {
    if (!registration.configured()) continue;
    if (auto warning = version_warning(*registration.platform->spec, clock.now())) {
      list.push_back(std::move(*warning));
    }
  }
  return list;
}

std::vector<std::string> Installation::faults(const Config& config) {
  std::vector<std::string> list;
  const auto note = [&](const auto& result) {
    if (result) return;
    const Error& error = result.error();
    list.push_back(error.message + (error.detail.empty() ? "" : " (" + error.detail + ")"));
  };
  note(check_folder_private(config.data_folder));
  if (!config.mongodb_uri.empty()) {
    const auto checked = MongoStore::check_uri(std::string(config.mongodb_uri.reveal()));
    if (!checked) list.push_back("HERALD_MONGODB_URI: " + checked.error().message);
  }
  if (config.vault_keys.empty() != config.vault_key_file.empty()) note(keys_of(config));
  // What is wrong with the secrets alone has been said.
  if (!config.jwks_file.empty()) {
    const SystemClock clock;
    SystemRandom random;
    note(JwtAccessTokens::make(jwt_settings(config), clock, random));
  }
  return list;
}

}  // namespace herald

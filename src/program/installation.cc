#include "program/installation.h"

#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <utility>

#include "crypto/self_check.h"
#include "platforms/list.h"

namespace herald {
namespace {

Registrations registrations_of(const Config& config) {
  std::vector<Registration> all;
  const auto& platforms = all_platforms();
  for (std::size_t i = 0; i < platforms.size(); ++i) {
    const PlatformCredentials& given = config.platforms[i];
    Registration one;
    one.platform = platforms[i];
    one.client_id = given.client_id;
    one.client_secret = given.client_secret.clone();
    one.redirect_uri = given.redirect_uri;
    all.push_back(std::move(one));
  }
  return Registrations(std::move(all));
}

Result<WrappingKeys> keys_of(const Config& config) {
  if (!config.vault_key_file.empty()) return WrappingKeys::from_file(config.vault_key_file);
  return WrappingKeys::parse(config.vault_keys.reveal());
}

}  // namespace

std::vector<CredentialNames> credential_names() {
  std::vector<CredentialNames> names;
  for (const auto* platform : all_platforms()) {
    const PlatformSpec& spec = *platform->spec;
    names.push_back({spec.id.value, spec.variables.client_id, spec.variables.client_secret,
                     spec.variables.redirect_uri});
  }
  return names;
}

Installation::Installation(Config given, WrappingKeys keys, std::unique_ptr<SqliteStore> opened)
    : config(std::move(given)),
      log(config.log_level),
      wrapping_keys(std::move(keys)),
      store(std::move(opened)),
      sealer(*store, wrapping_keys, clock, random),
      registrations(registrations_of(config)) {}

Result<std::unique_ptr<Installation>> Installation::open(Config config, bool owner) {
  HERALD_CHECK(check_primitives());
  HERALD_TRY(WrappingKeys keys, keys_of(config));
  const auto ownership = owner ? SqliteStore::Ownership::sole : SqliteStore::Ownership::guest;
  HERALD_TRY(auto store, SqliteStore::open(config.data_folder, SystemClock().now(), ownership));
  std::unique_ptr<Installation> made(
      new Installation(std::move(config), std::move(keys), std::move(store)));
  HERALD_CHECK(made->check_keys());
  JwtSettings settings;
  settings.issuer = made->config.jwt_issuer;
  settings.audience = made->config.jwt_audience;
  for (const auto& secret : made->config.jwt_secrets) settings.secrets.push_back(secret.clone());
  settings.jwks_path = made->config.jwks_file;
  settings.jwks_issuer = made->config.jwks_issuer;
  HERALD_TRY(made->tokens, JwtAccessTokens::make(std::move(settings), made->clock, made->random));
  return made;
}

// A sealed record beside the database: with other keys than the store was sealed with, nothing
// starts and nothing is rewritten.
Result<Done> Installation::check_keys() {
  const std::string path = config.data_folder + "/canary";
  if (std::ifstream file(path, std::ios::binary); file) {
    const std::string canary{std::istreambuf_iterator<char>(file), {}};
    return check_canary(sealer, canary);
  }
  HERALD_TRY(const std::string canary, make_canary(sealer));
  const mode_t before = ::umask(0077);
  std::ofstream file(path, std::ios::binary);
  file << canary;
  file.close();
  ::umask(before);
  if (!file) return fail(ErrorKind::unavailable, "The data folder cannot be written: " + path);
  return Done{};
}

}  // namespace herald

#include "program/commands.h"

#include <fmt/core.h>
#include <signal.h>

#include <iostream>
#include <map>

#include "app/access.h"
#include "crypto/key_rotation.h"
#include "program/installation.h"
#include "program/running.h"

namespace herald {
namespace {

int failed(const Error& error) {
  fmt::print(stderr, "herald: {}{}{}\n", error.message, error.detail.empty() ? "" : " ",
             error.detail.empty() ? "" : "(" + error.detail + ")");
  return kExitFailed;
}

int wrong_settings(const Environment& environment) {
  fmt::print(stderr, "herald: the settings are wrong; nothing was started:\n");
  for (const auto& fault : environment.faults()) fmt::print(stderr, "  - {}\n", fault);
  return kExitSettings;
}

// Runs `work` on an opened installation.
template <class Work>
int with_installation(Environment& environment, bool owner, Work work) {
  Config config = read_config(environment, credential_names());
  if (!environment.faults().empty()) return wrong_settings(environment);
  auto installation = Installation::open(std::move(config), owner);
  if (!installation && installation.error().kind == ErrorKind::invalid) {
    environment.fault(installation.error().message + " " + installation.error().detail);
    return wrong_settings(environment);
  }
  if (!installation) return failed(installation.error());
  return work(**installation);
}

Access access_of(Installation& base) {
  return Access({*base.store, *base.tokens, base.passwords, base.clock, base.random, base.digest});
}

}  // namespace

int serve(Environment environment) {
  // Every thread inherits the block; this one waits.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return with_installation(environment, true, [&](Installation& base) {
    auto running = Running::open(base);
    if (!running) return failed(running.error());
    (*running)->start();
    base.log.write(LogLevel::info, "Herald serves " + base.config.public_url);
    int number = 0;
    sigwait(&ends, &number);
    base.log.write(LogLevel::info, "stopping: what is under way comes to an end first");
    (*running)->drain();
    return 0;
  });
}

int add_user(Environment environment, const NewUser& wanted) {
  std::string line;
  std::getline(std::cin, line);
  const Secret password(line);
  explicit_bzero(line.data(), line.size());
  return with_installation(environment, false, [&](Installation& base) {
    Customer customer{CustomerId(wanted.customer),
                      wanted.customer_name.empty() ? wanted.customer : wanted.customer_name, false,
                      base.clock.now()};
    auto added = base.store->add_customer(customer);
    if (!added && added.error().kind != ErrorKind::conflict) return failed(added.error());
    auto access = access_of(base);
    auto user = access.add_user(customer.id, wanted.email, wanted.name, password,
                                wanted.admin ? Role::admin : Role::member);
    if (!user) return failed(user.error());
    fmt::print("{} may sign in; user {} of customer {}\n", user->email, user->id.value,
               customer.id.value);
    return 0;
  });
}

int print_token(Environment environment, const std::string& email, int minutes) {
  return with_installation(environment, false, [&](Installation& base) {
    auto user = base.store->find_user_by_email(email);
    if (!user) return failed(user.error());
    const Caller caller{ScopeAuthority::of(user->customer), user->id, {}, user->role};
    auto token = base.tokens->issue(caller, std::chrono::minutes(minutes));
    if (!token) return failed(token.error());
    fmt::print("{}\n", *token);
    return 0;
  });
}

int new_vault_key(const std::string& id) {
  SystemRandom random;
  fmt::print("{}\n", make_wrapping_key(id, random));
  return 0;
}

int new_secret() {
  SystemRandom random;
  fmt::print("{}\n", random.token(256));
  return 0;
}

int new_settings() {
  SystemRandom random;
  fmt::print(
      "# Secrets of this installation. Whoever has this file and the data folder has all.\n");
  fmt::print("HERALD_JWT_SECRET={}\n", random.token(256));
  fmt::print("HERALD_INTERNAL_SECRET={}\n", random.token(256));
  fmt::print("HERALD_VAULT_KEYS={}\n", make_wrapping_key("k1", random));
  return 0;
}

int rotate_keys(Environment environment) {
  return with_installation(environment, false, [&](Installation& base) {
    auto moved = rewrap_data_keys(*base.store, base.wrapping_keys, base.random);
    if (!moved) return failed(moved.error());
    fmt::print("{} data keys moved under \"{}\", {} were there already\n", moved->rewrapped,
               base.wrapping_keys.primary_id(), moved->already);
    auto counts = count_by_wrapping_key(*base.store);
    if (!counts) return failed(counts.error());
    for (const auto& [id, count] : *counts) {
      if (id == base.wrapping_keys.primary_id()) continue;
      fmt::print("still needed: \"{}\" holds {} data keys\n", id, count);
    }
    return 0;
  });
}

int doctor(Environment environment) {
  return with_installation(environment, false, [&](Installation& base) {
    fmt::print("settings, store and keys: good\n");
    for (const auto& registration : base.registrations.all()) {
      const PlatformSpec& spec = *registration.platform->spec;
      const char* state = spec.kinds.empty()          ? "no adapter yet"
                          : registration.configured() ? "configured"
                                                      : "no credentials";
      fmt::print("{:12} {}", spec.id.value, state);
      if (!spec.api_version.version.empty()) fmt::print(", {}", spec.api_version.version);
      if (spec.api_version.ends_on) fmt::print(" (ends {})", *spec.api_version.ends_on);
      fmt::print("\n");
    }
    if (auto complete = check_wrapping_keys_complete(*base.store, base.wrapping_keys); !complete) {
      return failed(complete.error());
    }
    return 0;
  });
}

}  // namespace herald

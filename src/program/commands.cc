#include "program/commands.h"

#include <fmt/core.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "app/access.h"
#include "crypto/key_rotation.h"
#include "media/probe_process.h"
#include "platforms/list.h"
#include "program/core_dumps.h"
#include "program/door_process.h"
#include "program/guide.h"
#include "program/installation.h"
#include "program/media_place.h"
#include "program/moving.h"
#include "program/password_input.h"
#include "program/rule_drift.h"
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
int with_installation(Environment& environment, bool owner, Work work,
                      ServeRole role = ServeRole::all) {
  forbid_core_dumps();
  ::umask(0077);
  Config config = read_config(environment, credential_names(), role);
  for (auto& fault : Installation::faults(config)) environment.fault(std::move(fault));
  if (!environment.faults().empty()) return wrong_settings(environment);
  auto installation = Installation::open(std::move(config), owner);
  if (!installation) return failed(installation.error());
  return work(**installation);
}

// As tokens carry it (customer_id).
bool is_customer_id(std::string_view text) {
  return !text.empty() && text.size() <= 128 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("._:@-").contains(c);
  });
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

// What serve() needs besides.
int check_served(const Config& config) {
  int code = 0;
  const auto need = [&](const std::string& file, int use, const char* what) {
    if (::access(file.c_str(), use) == 0) return;
    fmt::print(stderr, "herald: {} is missing: {}\n", what, file);
    code = kExitFailed;
  };
  need(config.web_folder + "/index.html", R_OK, "the built web app (HERALD_WEB)");
  need(media::ProbeProcess::beside_this_program(), X_OK, "the probe of media");
  return code;
}

Access access_of(Installation& base) {
  return Access({*base.store, *base.tokens, base.passwords, base.clock, base.random, base.digest});
}

// Starts what is open, waits for the signal to end, and lets it come to its end.
template <class Process>
int run_to_end(Process& process, const sigset_t& ends, Log& log, const std::string& what) {
  process.start();
  log.write(LogLevel::info, what);
  int number = 0;
  sigwait(&ends, &number);
  log.write(LogLevel::info, "stopping: what is under way comes to an end first");
  // From here on a signal ends the process as it stands: what is stored is sound at any moment.
  pthread_sigmask(SIG_UNBLOCK, &ends, nullptr);
  process.drain();
  return 0;
}

int serve_without_store(Environment& environment, ServeRole role, const sigset_t& ends) {
  forbid_core_dumps();
  Config config = read_config(environment, {}, role);
  for (auto& fault : DoorProcess::faults(config)) environment.fault(std::move(fault));
  if (!environment.faults().empty()) return wrong_settings(environment);
  auto door = DoorProcess::open(std::move(config));
  if (!door) return failed(door.error());
  return run_to_end(**door, ends, (*door)->log(),
                    role == ServeRole::edge ? "Herald's edge serves" : "Herald's gateway serves");
}

// Seals what an earlier deployment left in the clear.
int take_over(Config config) {
  config.migrate_at_start = false;  // It has just been done.
  auto installation = Installation::open(std::move(config), false, true);
  if (!installation) return failed(installation.error());
  const auto taken = (*installation)->take_over();
  if (!taken) return failed(taken.error());
  fmt::print("{} accounts of an earlier deployment sealed\n", taken->taken);
  if (taken->connected > 0) {
    fmt::print("{} more were connected already; their plain tokens are removed\n",
               taken->connected);
  }
  if (taken->left.empty()) return 0;
  for (const auto& one : taken->left) fmt::print(stderr, "left as it is: {}\n", one);
  return failed({ErrorKind::invalid,
                 fmt::format("{} documents could not be understood and still hold their tokens in "
                             "the clear. Correct or remove them, and migrate again.",
                             taken->left.size()),
                 {},
                 {},
                 {}});
}

template <class Work>
int with_place(Environment& environment, MovingPlace::Use use, Work work) {
  forbid_core_dumps();
  ::umask(0077);
  const Config config = read_config(environment, credential_names());
  for (auto& fault : Installation::faults(config)) environment.fault(std::move(fault));
  if (!environment.faults().empty()) return wrong_settings(environment);
  auto place = MovingPlace::open(config, SystemClock().now(), use);
  if (!place) return failed(place.error());
  return work(*place, config);
}

void print_tallies(const Tallies& tallies) {
  for (std::size_t kind = 0; kind < kRowKinds; ++kind) {
    fmt::print("{:14} {:>9}  {}\n", kRowKindNames[kind], tallies[kind].count,
               tallies[kind].digest.empty() ? "-" : tallies[kind].digest);
  }
}

}  // namespace

int serve(Environment environment, ServeRole role) {
  // Every thread inherits the block; this one waits.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  signal(SIGPIPE, SIG_IGN);
  if (role == ServeRole::edge || role == ServeRole::gateway) {
    return serve_without_store(environment, role, ends);
  }
  const auto work = [&](Installation& base) {
    auto running = Running::open(base);
    if (!running) return failed(running.error());
    return run_to_end(**running, ends, base.log, "Herald serves " + base.config.public_url);
  };
  return with_installation(environment, true, work, role);
}

int add_user(Environment environment, const NewUser& wanted) {
  if (!is_customer_id(wanted.customer)) {
    return failed({ErrorKind::invalid,
                   "A customer's id is made of letters, digits and . _ : @ -, at most 128.",
                   {},
                   {},
                   {}});
  }
  const Secret password = read_password();
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
    auto user = base.store->find_user_by_email(lower(email));
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

int migrate(Environment environment) {
  forbid_core_dumps();
  ::umask(0077);
  Config config = read_config(environment, credential_names());
  for (auto& fault : Installation::faults(config)) environment.fault(std::move(fault));
  if (!environment.faults().empty()) return wrong_settings(environment);
  if (config.mongodb_uri.empty()) {
    fmt::print("The embedded store is brought up to date whenever the server opens it.\n");
    return 0;
  }
  const auto migrated = Installation::migrate(config);
  if (!migrated) return failed(migrated.error());
  for (const auto& step : migrated->steps) fmt::print("{}\n", step);
  fmt::print("{} steps taken; the database is up to date\n", migrated->steps.size());
  return migrated->unsealed ? take_over(std::move(config)) : 0;
}

int export_all(Environment environment, const std::string& file) {
  return with_place(environment, MovingPlace::Use::reading, [&](MovingPlace& place, const Config&) {
    const auto written = export_installation(place, file);
    if (!written) return failed(written.error());
    print_tallies(*written);
    fmt::print(
        "{} is written. What happens from here on is not in it: keep this installation stopped\n"
        "when the other one starts. Move the bytes of media and the vault's keys beside it.\n",
        file);
    return 0;
  });
}

int import_all(Environment environment, const std::string& file) {
  const auto work = [&](MovingPlace& place, const Config& config) {
    const auto keys = Installation::keys_of(config);
    if (!keys) return failed(keys.error());
    const auto kept = import_installation(place, file, *keys);
    if (!kept) return failed(kept.error());
    print_tallies(*kept);
    fmt::print("all of it is in the store, and was read back the same\n");
    return 0;
  };
  return with_place(environment, MovingPlace::Use::writing, work);
}

int doctor(Environment environment) {
  return with_installation(environment, false, [&](Installation& base) {
    fmt::print("settings, store and keys: good\n");
    if (const auto media = check_media_place(base.config, base.digest); !media) {
      return failed(media.error());
    }
    for (const auto& registration : base.registrations.all()) {
      const PlatformSpec& spec = *registration.platform->spec;
      const char* state = spec.kinds.empty()          ? "no adapter yet"
                          : registration.configured() ? "configured"
                                                      : "no credentials";
      fmt::print("{:12} {}", spec.id.value, state);
      if (spec.registration != "main") fmt::print(", by {}", spec.sign_in);
      if (!spec.api_version.version.empty()) fmt::print(", {}", spec.api_version.version);
      if (spec.api_version.ends_on) fmt::print(" (ends {})", *spec.api_version.ends_on);
      fmt::print("\n");
    }
    for (const auto& warning : base.warnings()) fmt::print("warning: {}\n", warning);
    fmt::print("{}", drift_report(base.config));
    return check_served(base.config);
  });
}

int print_guide(const std::string& platform, const std::string& file) {
  const Platform* found = find_platform(PlatformId(platform));
  if (found == nullptr) {
    return failed({ErrorKind::not_found, "No platform has this id: " + platform, {}, {}, {}});
  }
  if (file.empty()) {
    fmt::print("{}{}", scopes_guide(*found->spec), limits_guide(*found->spec));
    return 0;
  }
  std::ifstream in(file);
  const std::string before(std::istreambuf_iterator<char>(in), {});
  std::string text = before;
  for (const Platform* sign_in : all_platforms()) {
    if (sign_in->spec->id != found->spec->id) continue;
    auto after = with_generated_parts(text, *sign_in->spec);
    if (!after) return failed(after.error());
    text = std::move(*after);
  }
  if (text == before) return 0;
  std::ofstream out(file);
  out << text << std::flush;
  if (!out)
    return failed({ErrorKind::internal, "This file cannot be written: " + file, {}, {}, {}});
  fmt::print("{} is written anew\n", file);
  return 0;
}

}  // namespace herald

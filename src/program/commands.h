// The subcommands of herald. Each returns the process's exit code: 0, 1 (it did not work; why is on
// standard error), or 78 (the settings are wrong; every fault is listed).
#pragma once

#include <string>

#include "config/config.h"
#include "config/environment.h"

namespace herald {

inline constexpr int kExitFailed = 1;
inline constexpr int kExitSettings = 78;  // EX_CONFIG of sysexits.h.

int serve(Environment environment, ServeRole role);

struct NewUser {
  std::string customer;  // Id; made with `customer_name` if it is not there yet.
  std::string customer_name;
  std::string email;
  std::string name;
  bool admin = false;
};
// The password comes on standard input, one line.
int add_user(Environment environment, const NewUser& user);

// Prints a token for a user, as signing in would give; for programs and tests.
int print_token(Environment environment, const std::string& email, int minutes);

int new_vault_key(const std::string& id);
int new_secret();
// A complete settings file for a machine of one's own, with fresh secrets.
int new_settings();
int rotate_keys(Environment environment);
// Brings a MongoDB to what this program knows. The embedded store needs no such command.
int migrate(Environment environment);
// Writes the installation into a file, or puts one into an empty store; see program/moving.h.
int export_all(Environment environment, const std::string& file);
int import_all(Environment environment, const std::string& file);
// Checks settings, keys, store and folders, and says what it finds.
int doctor(Environment environment);
// Prints the generated parts of a platform's guide; with a `file`, writes them into it instead.
int print_guide(const std::string& platform, const std::string& file);

}  // namespace herald

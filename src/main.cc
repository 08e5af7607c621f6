// herald: the command line. What it starts is in program/.
#include <CLI/CLI.hpp>
#include <map>
#include <string>

#include "program/commands.h"

extern char** environ;

namespace {

using herald::ServeRole;
const std::map<std::string, ServeRole> kRoles{{"all", ServeRole::all},
                                              {"edge", ServeRole::edge},
                                              {"gateway", ServeRole::gateway},
                                              {"uploader", ServeRole::uploader},
                                              {"worker", ServeRole::worker}};

}  // namespace

int main(int argc, char** argv) {
  using namespace herald;
  Environment environment = Environment::from(environ);
  CLI::App app{"Herald connects your customers' social accounts and publishes to them."};
  app.require_subcommand(1);
  app.fallthrough();
  std::string settings = environment.text("HERALD_SETTINGS");
  app.add_option("--settings", settings, "File of NAME=VALUE lines; the environment wins over it");
  int code = 0;
  const auto run = [&](CLI::App* command, auto work) {
    command->callback([&, work] {
      if (!settings.empty()) {
        if (auto read = environment.add_file(settings); !read) {
          environment.fault(read.error().message);
        }
      }
      code = work();
    });
  };

  ServeRole role = ServeRole::all;
  auto* serving = app.add_subcommand("serve", "The three doors and the workers, or one of them");
  serving
      ->add_option("--role", role,
                   "What this process does: all (without it), edge, gateway, "
                   "uploader or worker")
      ->transform(CLI::CheckedTransformer(kRoles).description(""));
  run(serving, [&] { return serve(environment, role); });

  NewUser user;
  auto* users = app.add_subcommand("user", "People who sign in")->require_subcommand(1);
  auto* add =
      users->add_subcommand("add", "Adds a person; the password is read from standard input");
  add->add_option("--customer", user.customer, "Id of the customer, made if new")->required();
  add->add_option("--customer-name", user.customer_name, "Name of a new customer");
  add->add_option("--email", user.email)->required();
  add->add_option("--name", user.name);
  add->add_flag("--admin", user.admin, "May see the whole customer");
  run(add, [&] { return add_user(environment, user); });

  std::string email;
  int minutes = 60;
  auto* token = app.add_subcommand("token", "Prints an access token for a person");
  token->add_option("--email", email)->required();
  token->add_option("--minutes", minutes)->check(CLI::Range(1, 24 * 60));
  run(token, [&] { return print_token(environment, email, minutes); });

  std::string key_id = "k1";
  auto* keys = app.add_subcommand("keys", "Secrets and their rotation")->require_subcommand(1);
  auto* fresh = keys->add_subcommand("new", "Prints a new vault key");
  fresh->add_option("--id", key_id, "Its name; a new one for each rotation");
  run(fresh, [&] { return new_vault_key(key_id); });
  run(keys->add_subcommand("new-secret", "Prints a new secret"), [] { return new_secret(); });
  run(keys->add_subcommand("new-settings", "Prints a settings file with fresh secrets"),
      [] { return new_settings(); });
  run(keys->add_subcommand("rotate", "Moves every data key under the first vault key"),
      [&] { return rotate_keys(environment); });

  run(app.add_subcommand("migrate",
                         "Brings a MongoDB up to this program's collections and indexes"),
      [&] { return migrate(environment); });

  run(app.add_subcommand("doctor", "Checks settings, keys, store and platforms"),
      [&] { return doctor(environment); });

  std::string platform, guide;
  auto* guides = app.add_subcommand("guide", "Prints what a platform takes and asks for");
  guides->add_option("platform", platform, "Its id")->required();
  guides->add_option("--into", guide, "A guide, to write it into, between its markers");
  run(guides, [&] { return print_guide(platform, guide); });

  CLI11_PARSE(app, argc, argv);
  return code;
}

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

// The commands and what they were given: must live until the line is parsed.
class CommandLine {
 public:
  explicit CommandLine(char** environment)
      : environment_(herald::Environment::from(environment)),
        settings_(environment_.text("HERALD_SETTINGS")) {
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.add_option("--settings", settings_,
                    "File of NAME=VALUE lines; the environment wins over it");
    add_serve();
    add_people();
    add_keys();
    add_store();
    add_guide();
  }

  // The exit code.
  int parse(int argc, char** argv) {
    CLI11_PARSE(app_, argc, argv);
    return code_;
  }

 private:
  void run(CLI::App* command, auto work) {
    command->callback([this, work] {
      if (!settings_.empty()) {
        if (auto read = environment_.add_file(settings_); !read) {
          environment_.fault(read.error().message);
        }
      }
      code_ = work();
    });
  }

  void add_serve() {
    auto* serving = app_.add_subcommand("serve", "The three doors and the workers, or one of them");
    serving
        ->add_option("--role", role_,
                     "What this process does: all (without it), edge, gateway, "
                     "uploader or worker")
        ->transform(CLI::CheckedTransformer(kRoles).description(""));
    run(serving, [this] { return herald::serve(environment_, role_); });
  }

  void add_people() {
    auto* users = app_.add_subcommand("user", "People who sign in")->require_subcommand(1);
    auto* add =
        users->add_subcommand("add", "Adds a person; the password is read from standard input");
    add->add_option("--customer", user_.customer, "Id of the customer, made if new")->required();
    add->add_option("--customer-name", user_.customer_name, "Name of a new customer");
    add->add_option("--email", user_.email)->required();
    add->add_option("--name", user_.name);
    add->add_flag("--admin", user_.admin, "May see the whole customer");
    run(add, [this] { return herald::add_user(environment_, user_); });

    auto* token = app_.add_subcommand("token", "Prints an access token for a person");
    token->add_option("--email", email_)->required();
    token->add_option("--minutes", minutes_)->check(CLI::Range(1, 24 * 60));
    run(token, [this] { return herald::print_token(environment_, email_, minutes_); });
  }

  void add_keys() {
    auto* keys = app_.add_subcommand("keys", "Secrets and their rotation")->require_subcommand(1);
    auto* fresh = keys->add_subcommand("new", "Prints a new vault key");
    fresh->add_option("--id", key_id_, "Its name; a new one for each rotation");
    run(fresh, [this] { return herald::new_vault_key(key_id_); });
    run(keys->add_subcommand("new-secret", "Prints a new secret"), herald::new_secret);
    run(keys->add_subcommand("new-settings", "Prints a settings file with fresh secrets"),
        herald::new_settings);
    run(keys->add_subcommand("rotate", "Moves every data key under the first vault key"),
        [this] { return herald::rotate_keys(environment_); });
  }

  void add_store() {
    run(app_.add_subcommand(
            "migrate",
            "Brings a MongoDB up to this program's collections and indexes, and seals "
            "tokens that an earlier deployment left in the clear"),
        [this] { return herald::migrate(environment_); });
    auto* exporting =
        app_.add_subcommand("export", "Writes the whole installation into a file; media stay");
    exporting->add_option("file", file_, "A file that is not there yet")->required();
    run(exporting, [this] { return herald::export_all(environment_, file_); });
    auto* importing =
        app_.add_subcommand("import", "Puts an exported installation into an empty store");
    importing->add_option("file", file_, "What export wrote")->required();
    run(importing, [this] { return herald::import_all(environment_, file_); });
    run(app_.add_subcommand("doctor", "Checks settings, keys, store and platforms"),
        [this] { return herald::doctor(environment_); });
  }

  void add_guide() {
    auto* guides = app_.add_subcommand("guide", "Prints what a platform takes and asks for");
    guides->add_option("platform", platform_, "Its id")->required();
    guides->add_option("--into", guide_, "A guide, to write it into, between its markers");
    run(guides, [this] { return herald::print_guide(platform_, guide_); });
  }

  CLI::App app_{"Herald connects your customers' social accounts and publishes to them."};
  herald::Environment environment_;
  std::string settings_;
  int code_ = 0;
  ServeRole role_ = ServeRole::all;
  herald::NewUser user_;
  std::string email_;
  int minutes_ = 60;
  std::string key_id_ = "k1";
  std::string file_;
  std::string platform_, guide_;
};

}  // namespace

int main(int argc, char** argv) { return CommandLine(environ).parse(argc, argv); }

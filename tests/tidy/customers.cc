// Rows of one customer are found by naming it. What looks among the rows of all customers is listed
// here, with its reason.
#include <algorithm>
#include <set>
#include <string>

#include "tests/tidy/functions.h"
#include "tests/tidy/rules.h"

namespace herald::tidy {
namespace {

struct Exception {
  std::string_view function;  // In either store.
  std::string_view reason;
};

constexpr Exception kAcross[] = {
    {"list_customers", "for the operator"},
    {"add_user", "an email is taken everywhere"},
    {"find_user_by_email", "who signs in has not said whose they are"},
    {"session_of", "the token names the session, and the row the customer"},
    {"begin_flow", "a state is taken everywhere"},
    {"consume_flow", "the callback's proofs find the flow"},
    {"of_state", "the same"},
    {"grants_of_subject", "a platform's notice is about a person, whosever customer"},
    {"grants_due", "the refresher's work"},
    {"rescue_stale", "the workers' work, and each row says whose it is"},
    {"due_rows", "the same"},
    {"next_due", "the same"},
    {"resumable", "the same"},
    {"next_measurement_due", "the same"},
    {"busy_accounts", "the same"},
    {"oldest", "figures that are over"},
    {"unfinished_media", "the sweeper's work"},
    {"media_after", "the same"},
    {"end_all_leases", "at the start of the only process"},
    {"end_measurement_leases", "the same"},
    {"forget", "what is over goes, whosever it is"},
    {"forget_sessions", "the same"},
    {"forget_flows", "the same"},
    {"forget_steps", "the same"},
    {"forget_follow_ups", "the same"},
    {"forget_audit", "the same"},
    {"forget_keys", "the same"},
    {"forget_facts", "the same"},
    {"forget_figures", "the same"},
    {"forget_expired_figures", "the same"},
    {"live_deliveries", "the same"},
    {"customers_with_keys", "rotation of the outer key"},
    {"applied_migrations", "no customer's"},
    {"find_canary", "no customer's"},
    {"keep_canary", "no customer's"},
    {"canary", "no customer's"},
    {"set_canary", "no customer's"},
    {"credentials", "export and import move all customers"},
    {"each_row", "the same"},
    {"any_plain_account", "an upgrade takes over all customers' accounts"},
    {"each_plain_account", "the same"},
    {"key_condition", "a primary key begins with the customer"},
    {"update", "goes on with key_condition()"},
    {"of_all", "declares it"},
};

struct Look {
  std::size_t at = 0;
  std::string function;  // In which it stands, without its class; "": in none.
  std::string words;
};

std::string function_at(const std::vector<Function>& functions, int line) {
  const auto holds = [&](const Function& one) {
    return one.line <= line && line < one.line + one.lines;
  };
  const auto found = std::ranges::find_if(functions, holds);
  if (found == functions.end()) return {};
  return found->name.substr(found->name.rfind(':') + 1);
}

// Texts in quotes; those that only white space parts are one.
std::vector<Look> texts_in(std::string_view code) {
  std::vector<Look> texts;
  std::size_t end = 0;
  for (auto at = code.find('"'); at != code.npos; at = code.find('"', end)) {
    const auto between = code.substr(end, at - end);
    const bool goes_on = !texts.empty() && between.find_first_not_of(" \n") == between.npos;
    auto close = code.find('"', at + 1);
    while (close != code.npos && code[close - 1] == '\\') close = code.find('"', close + 1);
    close = std::min(close, code.size());
    if (!goes_on) texts.push_back({at, {}, {}});
    texts.back().words += code.substr(at + 1, close - at - 1);
    end = std::min(close + 1, code.size());
  }
  return texts;
}

// SQL that chooses rows without naming a customer, and of_all() of MongoDB.
std::vector<Look> looks_across(const Source& source) {
  std::vector<Look> looks;
  if (!source.is_cpp() || source.is_test()) return looks;
  if (source.is_in("src/store/sqlite")) {
    for (const auto& text : texts_in(source.plain)) {
      const auto& sql = text.words;
      const bool chooses =
          sql.contains("WHERE ") || sql.starts_with("UPDATE ") || sql.starts_with("DELETE ");
      if (chooses && !sql.contains("customer_id = ")) looks.push_back(text);
    }
  } else if (source.is_in("src/store/mongo")) {
    for (const auto at : places_of(source.code, "of_all")) looks.push_back({at, {}, "of_all"});
  }
  const auto functions = functions_in(source.code);
  for (auto& look : looks) look.function = function_at(functions, source.line_of(look.at));
  return looks;
}

std::vector<Finding> check(const Source& source) {
  std::vector<Finding> findings;
  for (const auto& look : looks_across(source)) {
    if (std::ranges::find(kAcross, look.function, &Exception::function) != std::end(kAcross)) {
      continue;
    }
    findings.push_back({source.path, source.line_of(look.at),
                        look.function + ": \"" + look.words +
                            "\" finds rows of every customer: name the one, or say in "
                            "tests/tidy/customers.cc why not"});
  }
  return findings;
}

}  // namespace

std::vector<Rule> customers() {
  return {
      {"rows_are_found_by_their_customer",
       check,
       {"src/store/sqlite/a.cc",
        "void f(const Post& post) {\n  db.run(\"UPDATE posts SET a = 1 \"\n"
        "         \"WHERE id = ?\", post.id);\n}\n"},
       {"src/store/sqlite/a.cc",
        "void f(const Post& post) {\n  db.run(\"UPDATE posts SET a = 1 \"\n"
        "         \"WHERE customer_id = ? AND id = ?\", post.customer, post.id);\n}\n"}},
      {"documents_are_found_by_their_customer",
       check,
       {"src/store/mongo/a.cc",
        "void f(const Post& post) {\n  Rows<Post>::of_all(act).find_one(key_of(post));\n}\n"},
       {"src/store/mongo/a.cc",
        "void f(const Post& post) {\n  Rows<Post>(act, "
        "post.customer).find_one(key_of(post));\n}\n"}},
  };
}

std::vector<Finding> stale_looks_across(const std::vector<Source>& tree) {
  std::set<std::string, std::less<>> needed;
  for (const auto& source : tree) {
    for (const auto& look : looks_across(source)) needed.insert(look.function);
  }
  std::vector<Finding> findings;
  for (const auto& one : kAcross) {
    if (needed.contains(one.function)) continue;
    findings.push_back(
        {"tests/tidy/customers.cc", 0,
         std::string(one.function) + " looks across customers no more; take its line out"});
  }
  return findings;
}

}  // namespace herald::tidy

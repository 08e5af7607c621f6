// What Pinterest's errors mean: by their code, then by the status. Its sentences are not read. Two
// codes mean several things that only a sentence tells apart: 3 (a permission is missing, or the
// app is not approved) and 29 (the board is somebody else's, or the app is on trial). What is known
// of the account narrows them down, and the words for people keep the rest of the doubt.
// Source: github.com/pinterest/api-description, v5/openapi.yaml of 2025-04 and 2025-12, and answers
// that clients recorded; checked 2026-11-22.
#include <algorithm>
#include <charconv>

#include "platforms/json_answer.h"
#include "platforms/pinterest.h"
#include "platforms/steps.h"

namespace herald::pinterest_flows {
namespace {

using namespace std::chrono_literals;
using enum ErrorKind;
constexpr auto kRefused = Verdict::refused;

constexpr std::int64_t kScopes = 3;
constexpr std::int64_t kAny = -1;

struct Rule {
  int status;         // 0: any.
  std::int64_t code;  // kAny: any, and none.
  ErrorKind kind;
  Verdict visible;
  const char* name;
  const char* message;
};

// The first that fits. What is not here proves nothing.
constexpr Rule kRules[] = {
    {429, kAny, rate_limited, kRefused, "rate_limited",
     "Pinterest asks to wait. We will try again later."},
    {0, 8, rate_limited, kRefused, "rate_limited",
     "Pinterest asks to wait. We will try again later."},
    {0, 2, unauthorized, kRefused, "grant_refused",
     "The connection to Pinterest ended. Reconnect to continue; your posts are kept."},
    {0, kScopes, unauthorized, kRefused, "permission_missing",
     "Pinterest does not let Herald do this for the account. Reconnect and allow all items; if it "
     "stays so, the operator of this server must see to the app's approval at Pinterest. Your "
     "posts "
     "are kept."},
    {0, kInvalid, invalid, kRefused, "platform_refused",
     "Pinterest found something wrong with the pin. Check its link and its files."},
    {0, kNotPermitted, forbidden, kRefused, "not_permitted",
     "Pinterest does not let this account do that there. Choose another board."},
    {0, 40, not_found, kRefused, "no_board",
     "This board is not on Pinterest any more. Choose another one."},
    {0, 50, not_found, kRefused, "gone", "This pin is not on Pinterest any more."},
    {0, 233, invalid, kRefused, "image_small", "The picture is too small. Use a larger one."},
    {0, 235, invalid, kRefused, "image_broken",
     "Pinterest could not read the picture. Use another file."},
    {0, 2031, invalid, kRefused, "no_section", "This section of the board is not there any more."},
    // Of the consent alone; elsewhere not seen.
    {0, 283, unauthorized, kRefused, "grant_refused",
     "The connection to Pinterest ended. Reconnect to continue; your posts are kept."},
    {401, kAny, unauthorized, kRefused, "grant_refused",
     "The connection to Pinterest ended. Reconnect to continue; your posts are kept."},
    // Says that nothing was done, and is over soon.
    {409, kAny, unavailable, kRefused, "busy", "Pinterest was busy with it. We are trying again."},
};

std::optional<std::int64_t> header_number(const Answer& answer, const char* name) {
  const std::string* header = answer.header(name);
  if (header == nullptr) return std::nullopt;
  std::int64_t number = 0;  // The first of a list is the tightest window's.
  const auto read = std::from_chars(header->data(), header->data() + header->size(), number);
  return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

std::chrono::seconds pause_for(const Answer& answer) {
  if (const auto asked = retry_after(answer)) return *asked + 1s;
  const auto reset = header_number(answer, "x-ratelimit-reset");
  return reset ? std::chrono::seconds(std::clamp<std::int64_t>(*reset, 1, 86'400)) + 1s : 60s;
}

bool lacks_a_scope(const Input& input) {
  const auto& granted = input.account.scopes;
  return !granted.empty() && std::ranges::any_of(spec().scopes, [&](const ScopeSpec& scope) {
    return scope.required && std::ranges::find(granted, scope.name) == granted.end();
  });
}

Error error_of(const Input& input, const Rule& rule) {
  Error error{rule.kind, rule.message, {}, {}, rule.name};
  if (rule.code == kScopes && lacks_a_scope(input)) {
    error.message =
        "A permission is missing. Reconnect and allow all items, boards too; your posts are kept.";
  }
  return error;
}

Fault fault_of(const Input& input, const Answer& answer, std::int64_t code) {
  const bool theirs = answer.status < 500 && answer.status != 408;
  const auto fits = [&](const Rule& rule) {
    return (rule.status == 0 || rule.status == answer.status) &&
           (rule.code == kAny || rule.code == code);
  };
  const auto* rule = theirs ? std::ranges::find_if(kRules, fits) : std::end(kRules);
  if (rule != std::end(kRules)) return {error_of(input, *rule), rule->visible, code};
  // Whatever the code, a refusal that has one was made before anything was done.
  if (theirs && answer.status >= 400 && code > 0) {
    return {
        {invalid,
         "Pinterest refused this without a reason that Herald knows. Look at the account there, "
         "change the post and try again.",
         {},
         {},
         "platform_refused"},
        kRefused,
        code};
  }
  return {nonsense(answer, "Pinterest"), Verdict::unknown, code};
}

}  // namespace

std::optional<Fault> fault_in(const Input& input, const Answer& answer) {
  const JsonAnswer json(answer.body);
  const auto code = json.strict_number("/code");
  if (is_success(answer) && (!code || json.has("/id"))) return std::nullopt;
  Fault fault = fault_of(input, answer, code.value_or(0));
  if (fault.error.kind == rate_limited) fault.error.retry_after = pause_for(answer);
  const std::string* request = answer.header("x-pinterest-rid");
  fault.error.detail = "pinterest code " + std::to_string(fault.code) + ", status " +
                       std::to_string(answer.status) +
                       (request == nullptr ? "" : ", request " + *request);
  return fault;
}

Absorbed faulty(const Notes& notes, Fault fault) {
  if (fault.visible == Verdict::unknown) return in_doubt(notes, std::move(fault.error));
  return refused(notes, std::move(fault.error));
}

bool is_silent(const Answer& answer) {
  const bool spent = header_number(answer, "x-ratelimit-remaining") == 0;
  return !spent && !header_number(answer, "x-ratelimit-reset") && !retry_after(answer);
}

}  // namespace herald::pinterest_flows

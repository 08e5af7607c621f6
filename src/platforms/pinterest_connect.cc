// The shared code flow as Pinterest speaks it: refusals are told by its own code 283 or by the
// standard's words, and by nothing else that is documented. Tokens live 30 days, each renewal
// brings a refresh token that lives 60. Source: developers.pinterest.com/docs/getting-started/
// set-up-authentication-and-authorization, checked 2026-11-22.
#include "platforms/json_answer.h"
#include "platforms/oauth_code.h"
#include "platforms/pinterest.h"
#include "platforms/steps.h"

namespace herald::pinterest_flows {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kGrantInvalid = 283;
constexpr auto kAskAgain = 6h;
// Before the access token's last week, so that an outage of days ends no connection.
constexpr Duration kRenewAfter = 24h * 22;

bool is_refusal(const Answer& answer) {
  return answer.status == 400 || answer.status == 401 || answer.status == 403;
}

bool ends_the_grant(const JsonAnswer& json) {
  return json.strict_number("/code") == kGrantInvalid || json.text("/error") == "invalid_grant";
}

Answer in_standard_words(Answer answer) {
  const char* word = answer.status == 429 ? "slow_down" : "invalid_grant";
  answer.body = std::string("{\"error\":\"") + word + "\"}";
  return answer;
}

Step due(Step step, const Input& input) {
  auto* end = std::get_if<Finished>(&step);
  auto* granted = end == nullptr ? nullptr : std::get_if<Granted>(&end->outcome);
  if (granted != nullptr) granted->refresh_due_at = input.now + kRenewAfter;
  return step;
}

// ---------------------------------------------------------------- connect

Step connect_next(const Input& input, const Progress& progress) {
  Step step = exchange_next(spec(), input, progress);
  if (auto* call = std::get_if<Call>(&step)) {
    // What apps made before 2025-09-25 need, and others ignore.
    std::get<FormBody>(call->body).fields.push_back({"continuous_refresh", "true"});
  }
  return due(std::move(step), input);
}

// A code that is over, another redirect URI and a wrong secret: whatever it is, to begin again is
// all that a person can do.
Absorbed connect_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const bool says = !JsonAnswer(answer.body).text("/error").empty();
  const bool theirs = answer.status == 429 || (is_refusal(answer) && !says);
  return exchange_absorb(spec(), input, progress, theirs ? in_standard_words(answer) : answer);
}

// ---------------------------------------------------------------- refresh

// Notes beside those of the shared flow: "unclear" when Pinterest refused and did not say that it
// was the grant. It may be our app's secret, on which no connection should die, so whether the
// access token lives decides.
Step refresh_step(const Input& input, const Progress& progress) {
  if (Notes(progress).has("unclear")) {
    return get(input, "see whether the connection lives", "user_account");
  }
  return due(refresh_next(spec(), input, progress), input);
}

Absorbed absorb_life(const Input& input, const Notes& notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    if (fault->error.code != "grant_refused") fault->error.kind = ErrorKind::unavailable;
    return refused(notes, std::move(fault->error));
  }
  return refused(notes, {ErrorKind::unavailable,
                         "Pinterest did not renew this connection; it goes on as it is.",
                         "refresh refused, the access token lives", kAskAgain, "not_renewed"});
}

Absorbed refresh_heard(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (notes.has("unclear")) return absorb_life(input, notes, answer);
  const JsonAnswer json(answer.body);
  const bool over = ends_the_grant(json);
  if (is_refusal(answer) && !over) return accepted(notes.set("unclear", "yes"));
  const bool theirs = answer.status == 429 || (is_refusal(answer) && over);
  return refresh_absorb(spec(), input, progress, theirs ? in_standard_words(answer) : answer);
}

}  // namespace

FlowSteps connect() { return {connect_next, connect_absorb}; }
FlowSteps refresh() { return {refresh_step, refresh_heard}; }

}  // namespace herald::pinterest_flows

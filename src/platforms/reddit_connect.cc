// The shared code flow as Reddit speaks it: every call says which program it comes from, and what
// is refused is often said by the status alone. Source:
// github.com/reddit-archive/reddit/wiki/OAuth2, 2026-11-22.
#include "platforms/oauth_code.h"
#include "platforms/reddit.h"

namespace herald::reddit_flows {
namespace {

using NextOf = Step (*)(const PlatformSpec&, const Input&, const Progress&);
using AbsorbOf = Absorbed (*)(const PlatformSpec&, const Input&, const Progress&, const Answer&);

// Its errors are numbers ({"error":400}) outside of a 200; here they get the standard's names.
Answer in_standard_words(Answer answer, bool renewing) {
  const char* word = nullptr;
  if (answer.status == 401) word = "invalid_client";
  // A dead refresh token; what stands in the body has changed over the years.
  if (answer.status == 400 && renewing) word = "invalid_grant";
  // Also what a program gets that Reddit does not know: only the operator's log tells.
  if (answer.status == 429) word = "slow_down";
  if (word != nullptr) answer.body = std::string("{\"error\":\"") + word + "\"}";
  return answer;
}

template <NextOf next, AbsorbOf absorb, bool renewing>
FlowSteps spoken() {
  return {[](const Input& input, const Progress& progress) {
            Step step = next(spec(), input, progress);
            if (auto* call = std::get_if<Call>(&step)) call->headers.push_back(user_agent(input));
            return step;
          },
          [](const Input& input, const Progress& progress, const Answer& answer) {
            return absorb(spec(), input, progress, in_standard_words(answer, renewing));
          }};
}

}  // namespace

FlowSteps connect() { return spoken<exchange_next, exchange_absorb, false>(); }
FlowSteps refresh() { return spoken<refresh_next, refresh_absorb, true>(); }
FlowSteps revoke() { return spoken<revoke_next, revoke_absorb, false>(); }

}  // namespace herald::reddit_flows

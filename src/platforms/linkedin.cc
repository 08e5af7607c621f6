#include "platforms/linkedin.h"

#include "domain/check.h"
#include "platforms/oauth_code.h"

namespace herald {
namespace {

using namespace linkedin_flows;

std::vector<std::string> follow_up_kinds(const Input& input) {
  if (text_of(input.options, "first_comment").empty()) return {};
  return {"comment"};
}

// LinkedIn publishes no numbers, so there is nothing to count against.
std::vector<QuotaCost> quota(const Input&) { return {}; }

Platform built() {
  Platform platform{.spec = &spec(),
                    .check = check,
                    .follow_ups = follow_up_kinds,
                    .quota = quota,
                    .imagine = imagine};
  const auto put = [&](Flow flow, FlowSteps steps) {
    platform.flows[static_cast<std::size_t>(flow)] = steps;
  };
  put(Flow::connect, code_exchange<spec>());
  put(Flow::refresh, token_refresh<spec>());
  put(Flow::revoke, token_revocation<spec>());
  put(Flow::discover, discover());
  put(Flow::lookup, lookup());
  put(Flow::publish, publish());
  put(Flow::find, find());
  put(Flow::follow_up, follow_up());
  put(Flow::measure, measure());
  return platform;
}

}  // namespace

const Platform& linkedin() {
  static const Platform kPlatform = built();
  return kPlatform;
}

}  // namespace herald

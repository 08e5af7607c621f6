#include "platforms/linkedin.h"

#include "domain/check.h"
#include "platforms/oauth_code.h"
#include "platforms/steps.h"

namespace herald {
namespace {

using namespace linkedin_flows;

std::vector<std::string> follow_up_kinds(const Input& input) {
  if (text_of(input.options, "first_comment").empty()) return {};
  return {"comment"};
}

// LinkedIn publishes no numbers, so there is nothing to count against.
std::vector<QuotaCost> quota(const Input&) { return {}; }

}  // namespace

const Platform& linkedin() {
  static const Platform kPlatform{.spec = &spec(),
                                  .check = check,
                                  .follow_ups = follow_up_kinds,
                                  .quota = quota,
                                  .reading_calls = reading_calls,
                                  .flows = flows_of({{Flow::connect, code_exchange<spec>()},
                                                     {Flow::refresh, token_refresh<spec>()},
                                                     {Flow::revoke, token_revocation<spec>()},
                                                     {Flow::discover, discover()},
                                                     {Flow::lookup, lookup()},
                                                     {Flow::publish, publish()},
                                                     {Flow::find, find()},
                                                     {Flow::follow_up, follow_up()},
                                                     {Flow::measure, measure()}}),
                                  .imagine = imagine};
  return kPlatform;
}

}  // namespace herald

#include "platforms/tiktok.h"

#include "platforms/oauth_code.h"

namespace herald {
namespace {

using namespace tiktok_flows;

std::vector<std::string> follow_up_kinds(const Input&) { return {}; }

std::vector<QuotaCost> quota(const Input& input) {
  return {{is_draft(input) ? "drafts.pending" : "publish.daily", 1}};
}

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

const Platform& tiktok() {
  static const Platform kPlatform = built();
  return kPlatform;
}

}  // namespace herald

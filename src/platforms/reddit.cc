#include "platforms/reddit.h"

namespace herald {
namespace {

using namespace reddit_flows;

std::vector<std::string> follow_up_kinds(const Input&) { return {}; }

// How often an account may post depends on its age and karma, and is not published.
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
  put(Flow::connect, connect());
  put(Flow::refresh, refresh());
  put(Flow::revoke, revoke());
  put(Flow::discover, discover());
  put(Flow::lookup, lookup());
  put(Flow::publish, publish());
  put(Flow::find, find());
  put(Flow::follow_up, follow_up());
  put(Flow::measure, measure());
  return platform;
}

}  // namespace

const Platform& reddit() {
  static const Platform kPlatform = built();
  return kPlatform;
}

}  // namespace herald

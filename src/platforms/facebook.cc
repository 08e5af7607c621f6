#include "platforms/facebook.h"

#include "domain/check.h"
#include "platforms/meta_oauth.h"

namespace herald {
namespace {

using namespace facebook_flows;

std::vector<std::string> follow_up_kinds(const Input& input) {
  if (text_of(input.options, "first_comment").empty()) return {};
  return {"comment"};
}

// Of other posts Meta counts calls only.
std::vector<QuotaCost> quota(const Input& input) {
  if (input.kind != "reel") return {};
  return {{"reels.daily", 1}};
}

Platform built() {
  Platform platform{.spec = &spec(),
                    .check = check,
                    .follow_ups = follow_up_kinds,
                    .quota = quota,
                    .read_notice = meta_oauth::read_notice,
                    .imagine = imagine};
  const auto put = [&](Flow flow, FlowSteps steps) {
    platform.flows[static_cast<std::size_t>(flow)] = steps;
  };
  put(Flow::connect, meta_oauth::connect<spec>());
  put(Flow::refresh, meta_oauth::refresh<spec>());
  put(Flow::revoke, meta_oauth::revoke());
  put(Flow::discover, discover());
  put(Flow::lookup, lookup());
  put(Flow::publish, publish());
  put(Flow::find, find());
  put(Flow::follow_up, follow_up());
  put(Flow::measure, measure());
  return platform;
}

}  // namespace

const Platform& facebook() {
  static const Platform kPlatform = built();
  return kPlatform;
}

}  // namespace herald

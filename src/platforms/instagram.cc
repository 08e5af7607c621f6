#include "platforms/instagram.h"

#include "domain/check.h"
#include "platforms/meta_oauth.h"
#include "platforms/steps.h"

namespace herald {
namespace {

using namespace instagram_flows;

std::vector<std::string> follow_up_kinds(const Input& input) {
  if (text_of(input.options, "first_comment").empty()) return {};
  return {"comment"};
}

std::vector<QuotaCost> quota(const Input& input) {
  return {{"publish.daily", 1},
          {"containers.daily", static_cast<std::int64_t>(containers_needed(input))}};
}

// What is the same by either sign-in.
Platform platform_of(const PlatformSpec& spec, FlowSteps connect, FlowSteps refresh,
                     FlowSteps discover, FlowSteps revoke) {
  return {.spec = &spec,
          .check = check,
          .follow_ups = follow_up_kinds,
          .quota = quota,
          .read_notice = meta_oauth::read_notice,
          .flows = flows_of({{Flow::connect, connect},
                             {Flow::refresh, refresh},
                             {Flow::revoke, revoke},
                             {Flow::discover, discover},
                             {Flow::lookup, lookup()},
                             {Flow::publish, publish()},
                             {Flow::find, find()},
                             {Flow::follow_up, follow_up()},
                             {Flow::measure, measure()}}),
          .imagine = imagine};
}

}  // namespace

const Platform& instagram() {
  static const Platform kPlatform =
      platform_of(spec(), meta_oauth::connect<spec>(), meta_oauth::refresh<spec>(), discover(),
                  meta_oauth::revoke());
  return kPlatform;
}

// No call takes this permission back (spec.left_standing).
const Platform& instagram_login() {
  static const Platform kPlatform =
      platform_of(login_spec(), login_connect(), login_refresh(), login_discover(), {});
  return kPlatform;
}

}  // namespace herald

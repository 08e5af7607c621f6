#include "platforms/tiktok.h"

#include "platforms/oauth_code.h"
#include "platforms/steps.h"

namespace herald {
namespace {

using namespace tiktok_flows;

std::vector<std::string> follow_up_kinds(const Input&) { return {}; }

std::vector<QuotaCost> quota(const Input& input) {
  return {{is_draft(input) ? "drafts.pending" : "publish.daily", 1}};
}

}  // namespace

const Platform& tiktok() {
  static const Platform kPlatform{.spec = &spec(),
                                  .check = check,
                                  .follow_ups = follow_up_kinds,
                                  .quota = quota,
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

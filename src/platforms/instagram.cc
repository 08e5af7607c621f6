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

}  // namespace

const Platform& instagram() {
  static const Platform kPlatform{.spec = &spec(),
                                  .check = check,
                                  .follow_ups = follow_up_kinds,
                                  .quota = quota,
                                  .read_notice = meta_oauth::read_notice,
                                  .flows = flows_of({{Flow::connect, meta_oauth::connect<spec>()},
                                                     {Flow::refresh, meta_oauth::refresh<spec>()},
                                                     {Flow::revoke, meta_oauth::revoke()},
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

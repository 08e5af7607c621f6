#include "platforms/reddit.h"

#include "platforms/steps.h"

namespace herald {
namespace {

using namespace reddit_flows;

std::vector<std::string> follow_up_kinds(const Input&) { return {}; }

// How often an account may post depends on its age and karma, and is not published.
std::vector<QuotaCost> quota(const Input&) { return {}; }

}  // namespace

const Platform& reddit() {
  static const Platform kPlatform{.spec = &spec(),
                                  .check = check,
                                  .follow_ups = follow_up_kinds,
                                  .quota = quota,
                                  .flows = flows_of({{Flow::connect, connect()},
                                                     {Flow::refresh, refresh()},
                                                     {Flow::revoke, revoke()},
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

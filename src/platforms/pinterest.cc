#include "platforms/pinterest.h"

#include "platforms/steps.h"

namespace herald {
namespace pinterest_flows {

Call get(const Input& input, std::string step, std::string_view path, std::vector<Field> query) {
  Call call;
  call.step = std::move(step);
  call.url = "https://api.pinterest.com/" + input.app.api_version + "/" + std::string(path);
  call.query = std::move(query);
  call.carrier = TokenCarrier::bearer;
  call.token = {Reference::Kind::user_token, ""};
  call.keep_headers = {"x-ratelimit-remaining", "x-ratelimit-reset", "x-pinterest-rid"};
  return call;
}

Call post(const Input& input, std::string step, std::string_view path, std::string json) {
  Call call = get(input, std::move(step), path);
  call.method = "POST";
  call.body = JsonBody{std::move(json), {}};
  return call;
}

std::string folded(std::string_view text) {
  std::string lines;
  for (const char c : text) {
    if (c != '\r') lines += c;
  }
  const auto begin = lines.find_first_not_of(" \t\n");
  if (begin == lines.npos) return {};
  return lines.substr(begin, lines.find_last_not_of(" \t\n") + 1 - begin);
}

}  // namespace pinterest_flows

namespace {

using namespace pinterest_flows;

std::vector<std::string> follow_up_kinds(const Input&) { return {}; }

// What an app may do in a minute is far above what a person schedules.
std::vector<QuotaCost> quota(const Input&) { return {}; }

}  // namespace

// No call takes the permission back (spec.left_standing): the one that there is takes only tokens
// of system users.
const Platform& pinterest() {
  static const Platform kPlatform{.spec = &spec(),
                                  .check = check,
                                  .follow_ups = follow_up_kinds,
                                  .quota = quota,
                                  .flows = flows_of({{Flow::connect, connect()},
                                                     {Flow::refresh, refresh()},
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

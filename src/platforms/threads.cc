#include "platforms/threads.h"

#include "domain/check.h"
#include "platforms/meta_oauth.h"
#include "platforms/steps.h"

namespace herald {
namespace threads_flows {
namespace {

constexpr graph::Product kProduct{"threads", "graph.threads.net", false, false};

}  // namespace

Call ask(const Input& input, std::string step, std::string_view path, std::vector<Field> query) {
  return graph::get(kProduct, input, graph::As::user, std::move(step), path, std::move(query));
}

Call send(const Input& input, std::string step, std::string_view path, std::vector<Field> form) {
  return graph::post(kProduct, input, graph::As::user, std::move(step), path, std::move(form));
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

}  // namespace threads_flows

namespace {

using namespace threads_flows;

bool has_first_comment(const Input& input) {
  return !text_of(input.options, "first_comment").empty();
}

std::vector<std::string> follow_up_kinds(const Input& input) {
  if (!has_first_comment(input)) return {};
  return {"comment"};
}

// A carousel counts as one post.
std::vector<QuotaCost> quota(const Input& input) {
  std::vector<QuotaCost> costs{{"publish.daily", 1}};
  if (has_first_comment(input)) costs.push_back({"replies.daily", 1});
  return costs;
}

}  // namespace

// No call takes the permission back (spec.left_standing). How the notices to the two addresses of
// the dashboard look is not documented; what does not look like Meta's others is refused.
const Platform& threads() {
  static const Platform kPlatform{.spec = &spec(),
                                  .check = check,
                                  .follow_ups = follow_up_kinds,
                                  .quota = quota,
                                  .read_notice = meta_oauth::read_notice,
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

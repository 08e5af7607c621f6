// Insights of a post and of a profile. The numbers are made up, grow with age, and are the same
// for the same moment.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/control_answers.h"
#include "sandbox/growth.h"
#include "sandbox/query.h"
#include "sandbox/threads/endpoint.h"

namespace herald::sandbox::threads {

namespace json = boost::json;

namespace {

constexpr std::int64_t kHalfMs = 6LL * 60 * 60 * 1000;  // By then half of all have seen it.
constexpr std::int64_t kFewest = 120;
constexpr std::int64_t kSpread = 1500;
constexpr std::int64_t kEarliestS = 1712991600;
constexpr std::int64_t kDemographicsFrom = 100;  // Followers.

struct Metric {
  std::string_view name;
  std::string_view title;
  std::int64_t share;  // One of so many views.
};

constexpr std::array kOfPost = {
    Metric{"views", "Views", 1},       Metric{"likes", "Likes", 24},
    Metric{"replies", "Replies", 210}, Metric{"reposts", "Reposts", 160},
    Metric{"quotes", "Quotes", 700},   Metric{"shares", "Shares", 330}};
constexpr std::array kOfProfile = {Metric{"views", "Views", 1},
                                   Metric{"likes", "Likes", 24},
                                   Metric{"replies", "Replies", 210},
                                   Metric{"reposts", "Reposts", 160},
                                   Metric{"quotes", "Quotes", 700},
                                   Metric{"clicks", "Clicks", 90},
                                   Metric{"followers_count", "Followers", 0},
                                   Metric{"follower_demographics", "Follower demographics", 0}};

struct Window {
  std::int64_t from_s = 0;
  std::int64_t until_s = 0;
  bool asked = false;
};

std::int64_t views_of(const Context& x, const Post& post, std::int64_t at_ms) {
  const auto chance = chance_of(post.id, x.world.settings.seed);
  const auto all = kFewest + static_cast<std::int64_t>(chance % kSpread);
  return grown(all, at_ms - post.at_ms, kHalfMs);
}

// Of all the profile's posts, from one moment to another.
std::int64_t views_between(const Request& request, std::int64_t from_s, std::int64_t until_s) {
  std::int64_t sum = 0;
  for (const auto& [id, post] : request.state().posts)
    if (post.profile == request.me.id && !post.removed && post.carousel.empty())
      sum += views_of(request.x, post, until_s * 1000) - views_of(request.x, post, from_s * 1000);
  return sum;
}

json::object row_of(const Metric& metric, std::string_view period, const std::string& id) {
  return {{"name", metric.name},
          {"period", period},
          {"title", metric.title},
          {"description", fmt::format("{}, as the sandbox made them up.", metric.title)},
          {"id", fmt::format("{}/insights/{}/{}", id, metric.name, period)}};
}

template <std::size_t Count>
Checked<std::vector<Metric>> asked_metrics(const Request& request,
                                           const std::array<Metric, Count>& all) {
  const auto names = split(request.call.get("metric"), ',');
  if (names.empty())
    return Refused(invalid_parameter(request.x, "The parameter metric is required"));
  std::vector<Metric> asked;
  for (const auto& name : names) {
    const auto found = std::ranges::find(all, name, &Metric::name);
    if (found == all.end())
      return Refused(invalid_parameter(request.x, "Param metric has no value " + name));
    asked.push_back(*found);
  }
  return asked;
}

Checked<Window> read_window(const Request& request) {
  const auto now_s = request.x.now_ms() / 1000;
  Window window{.from_s = now_s - kDayMs / 1000, .until_s = now_s};
  if (const auto text = request.call.get("since"); !text.empty()) {
    window.from_s = number_in(text);
    window.asked = true;
  }
  if (const auto text = request.call.get("until"); !text.empty()) {
    window.until_s = number_in(text);
    window.asked = true;
  }
  if (window.from_s < kEarliestS || window.from_s >= window.until_s)
    return Refused(invalid_parameter(request.x, "Param since must be after 1712991600"));
  return window;
}

json::array days_of(const Request& request, const Window& window) {
  json::array days;
  const auto day_s = kDayMs / 1000;
  for (auto from = window.from_s; from < window.until_s; from += day_s) {
    const auto until = std::min({from + day_s, window.until_s, request.x.now_ms() / 1000});
    if (until <= from) break;
    days.push_back(
        json::object{{"value", views_between(request, from, until)},
                     {"end_time", fmt::format("{:%Y-%m-%dT%H:%M:%S}+0000", fmt::gmtime(until))}});
  }
  return days;
}

Checked<json::object> demographics(const Request& request) {
  const auto by = request.call.get("breakdown");
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kBy = {
      {{"country", "GB"}, {"city", "Whitby, England"}, {"age", "25-34"}, {"gender", "F"}}};
  const auto found = std::ranges::find(kBy, by, [](const auto& entry) { return entry.first; });
  if (found == kBy.end() || request.me.followers < kDemographicsFrom)
    return Refused(invalid_parameter(request.x));
  const json::array results{json::object{{"dimension_values", json::array{found->second}},
                                         {"value", request.me.followers}}};
  return json::object{{"breakdowns", json::array{json::object{{"dimension_keys", json::array{by}},
                                                              {"results", results}}}}};
}

Checked<json::object> profile_row(const Request& request, const Metric& metric,
                                  const Window& window) {
  auto row = row_of(metric, "day", request.me.id);
  const bool no_window = metric.share == 0;
  if (no_window && window.asked && request.x.choice("followers_window") == "refused")
    return Refused(invalid_parameter(request.x, "Param since is not supported by this metric"));
  if (metric.name == "follower_demographics") {
    HERALD_TRY(auto total, demographics(request));
    row["total_value"] = std::move(total);
    return row;
  }
  if (metric.name == "views") {
    row["values"] = days_of(request, window);
    return row;
  }
  const auto count = no_window
                         ? request.me.followers
                         : views_between(request, window.from_s, window.until_s) / metric.share;
  if (metric.name == "clicks")
    row["link_total_values"] =
        json::array{json::object{{"value", count}, {"link_url", "https://bakery.example/"}}};
  else
    row["total_value"] = json::object{{"value", count}};
  return row;
}

}  // namespace

Checked<Answer> post_insights(Request& request) {
  HERALD_CHECK(only_known(request, "metric"));
  if (!request.may("threads_manage_insights")) return Refused(no_permission(request.x));
  const auto* post = request.state().post(request.id);
  if (post == nullptr || post->profile != request.me.id)
    return Refused(no_object(request.x, "get", request.id));
  HERALD_TRY(const auto metrics, asked_metrics(request, kOfPost));
  json::array rows;
  if (!post->repost_of.empty()) return answer_with({{"data", rows}});
  const auto views = views_of(request.x, *post, request.x.now_ms());
  for (const auto& metric : metrics) {
    auto row = row_of(metric, "lifetime", post->id);
    row["values"] = json::array{json::object{{"value", views / metric.share}}};
    rows.push_back(std::move(row));
  }
  return answer_with({{"data", std::move(rows)}});
}

Checked<Answer> profile_insights(Request& request) {
  HERALD_CHECK(only_known(request, "metric since until breakdown"));
  if (!request.may("threads_manage_insights")) return Refused(no_permission(request.x));
  HERALD_TRY(const auto metrics, asked_metrics(request, kOfProfile));
  HERALD_TRY(const auto window, read_window(request));
  json::array rows;
  for (const auto& metric : metrics) {
    HERALD_TRY(auto row, profile_row(request, metric, window));
    rows.push_back(std::move(row));
  }
  return answer_with({{"data", std::move(rows)}});
}

}  // namespace herald::sandbox::threads

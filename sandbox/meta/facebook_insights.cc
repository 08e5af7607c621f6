// Insights of a Page, a post and a video (fact sheet, section 3.6). The numbers are made up, grow
// with age, and are the same for the same moment.
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <cmath>

#include "sandbox/meta/facebook.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
constexpr std::int64_t kFansMin = 100;
constexpr std::int64_t kDaysMax = 90;

struct Metric {
  std::string_view name;
  std::string_view title;
  double scale;
  bool by_kind = false;  // An object of parts instead of one number.
};

constexpr std::array kPageMetrics = {
    Metric{"page_media_view", "Daily Page Media Views", 1.1},
    Metric{"page_total_media_view_unique", "Daily Page Viewers", 0.8},
    Metric{"page_post_engagements", "Daily Page Post Engagements", 0.12},
    Metric{"page_daily_follows", "Daily Page Follows", 0.01},
    Metric{"page_daily_follows_unique", "Daily New Follows", 0.01},
    Metric{"page_daily_unfollows_unique", "Daily Unfollows", 0.003},
    Metric{"page_follows", "Page Follows", 1.0},
    Metric{"page_views_total", "Daily Total Page Views", 0.15},
    Metric{"page_total_actions", "Daily Total Actions", 0.02},
    Metric{"page_actions_post_reactions_like_total", "Daily Likes", 0.05},
    Metric{"page_actions_post_reactions_love_total", "Daily Loves", 0.02},
    Metric{"page_actions_post_reactions_wow_total", "Daily Wows", 0.004},
    Metric{"page_actions_post_reactions_haha_total", "Daily Hahas", 0.004},
    Metric{"page_actions_post_reactions_sorry_total", "Daily Sorries", 0.001},
    Metric{"page_actions_post_reactions_anger_total", "Daily Angers", 0.001},
    Metric{"page_video_views", "Daily Video Views", 0.3},
};

constexpr std::array kPostMetrics = {
    Metric{"post_media_view", "Post Media Views", 1.5},
    Metric{"post_total_media_view_unique", "Post Viewers", 1.0},
    Metric{"post_clicks", "Post Clicks", 0.06},
    Metric{"post_clicks_by_type", "Post Clicks by Type", 0.06, true},
    Metric{"post_reactions_by_type_total", "Reactions by Type", 0.05, true},
    Metric{"post_reactions_like_total", "Likes", 0.03},
    Metric{"post_reactions_love_total", "Loves", 0.01},
    Metric{"post_reactions_wow_total", "Wows", 0.003},
    Metric{"post_reactions_haha_total", "Hahas", 0.003},
    Metric{"post_reactions_sorry_total", "Sorries", 0.001},
    Metric{"post_reactions_anger_total", "Angers", 0.001},
    Metric{"post_video_views", "Video Views", 0.9},
    Metric{"post_activity_by_action_type", "Activity by Type", 0.03, true},
};

constexpr std::array kVideoMetrics = {
    Metric{"total_video_views", "Video Views", 0.9},
    Metric{"blue_reels_play_count", "Reel Plays", 1.3},
    Metric{"post_video_avg_time_watched", "Average Time Watched", 4200},
    Metric{"post_video_view_time", "View Time", 5'000'000},
    Metric{"post_video_likes_by_reaction_type", "Reactions", 0.05, true},
    Metric{"post_video_social_actions", "Comments and Shares", 0.02, true},
};

constexpr std::array<std::string_view, 6> kPeriods = {"day",   "week",     "days_28",
                                                      "month", "lifetime", "total_over_range"};

template <std::size_t N>
Graph<std::vector<const Metric*>> asked_metrics(const GraphCall& graph,
                                                const std::array<Metric, N>& known) {
  const auto names = split(graph.get("metric"), ", []\"");
  if (names.empty()) return std::unexpected(refuse(kMetricMissing));
  std::vector<const Metric*> asked;
  for (const auto& name : names) {
    const auto* metric = std::ranges::find(known, name, &Metric::name);
    if (metric == known.end()) return std::unexpected(refuse(kMetricInvalid));
    asked.push_back(metric);
  }
  return asked;
}

Check may_measure(const GraphCall& graph) {
  if (auto refused = may_read(graph)) return refused;
  if (graph.token->kind == "PAGE" && graph.has_permission("read_insights")) return std::nullopt;
  return with_permission_status(graph, refuse(kNoPermission));
}

json::value parts_of(const Metric& metric, std::int64_t value) {
  if (!metric.by_kind) return value;
  if (value == 0) return json::object();
  if (metric.name.find("clicks") != metric.name.npos)
    return {{"other clicks", value - value / 3}, {"link clicks", value / 3}};
  if (metric.name.find("reaction") != metric.name.npos)
    return {{"like", value - value / 4}, {"love", value / 4}};
  return {{"like", value - value / 3}, {"comment", value / 3}};
}

json::object row(const std::string& id, const Metric& metric, const std::string& period,
                 json::array values) {
  return {{"name", metric.name},
          {"period", period},
          {"values", std::move(values)},
          {"title", metric.title},
          {"description", "Made up by the sandbox."},
          {"id", id + "/insights/" + std::string(metric.name) + "/" + period}};
}

// "2026-11-01" or Unix seconds, as a day since 1970.
std::optional<std::int64_t> day_of(const std::string& text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc()) return std::nullopt;
  if (read.ptr == text.data() + text.size()) return number / 86'400;
  int month = 0;
  int day = 0;
  if (text.size() != 10 || std::sscanf(text.c_str() + 4, "-%2d-%2d", &month, &day) != 2)
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(number)),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

struct Days {
  std::int64_t from;
  std::int64_t to;
};

Graph<Days> asked_days(const GraphCall& graph) {
  Days days{.to = graph.now_ms() / kDayMs};
  if (const auto until = graph.get("until"); !until.empty()) {
    const auto day = day_of(until);
    if (!day) return std::unexpected(refuse(kParameterInvalid));
    days.to = std::min(*day, days.to);
  }
  days.from = days.to - 2;
  if (const auto since = graph.get("since"); !since.empty()) {
    const auto day = day_of(since);
    if (!day || *day > days.to) return std::unexpected(refuse(kParameterInvalid));
    days.from = *day;
  }
  if (days.to - days.from > kDaysMax)
    return std::unexpected(
        refuse_parameter("There cannot be more than 90 days (7776000 s) between since and until"));
  return days;
}

std::int64_t daily(const GraphCall& graph, const Page& page, const Metric& metric,
                   std::int64_t day) {
  if (metric.name == "page_follows") return page.fans + day % 1000 / 50;
  const auto dice =
      std::hash<std::string>{}(page.id + std::string(metric.name) + std::to_string(day) +
                               std::to_string(graph.world.settings.seed));
  const double swing = 0.7 + static_cast<double>(dice % 60) / 100.0;
  return std::llround(static_cast<double>(page.fans) * metric.scale * swing);
}

template <std::size_t N>
Graph<Answer> lifetime(GraphCall& graph, const std::string& id, std::int64_t since_ms,
                       const std::array<Metric, N>& known) {
  if (auto refused = may_measure(graph)) return std::unexpected(*refused);
  if (auto refused = unknown_parameter(graph, "metric period since until breakdown"))
    return std::unexpected(*refused);
  HERALD_TRY(const auto metrics, asked_metrics(graph, known));
  if (const auto period = graph.get("period"); !period.empty() && period != "lifetime")
    return json_result({{"data", json::array()}});
  json::array data;
  for (const auto* metric : metrics) {
    if (since_ms == 0) break;
    const auto value = grown_since(graph, id, since_ms, metric->name, metric->scale);
    data.push_back(
        row(id, *metric, "lifetime", {json::object{{"value", parts_of(*metric, value)}}}));
  }
  return json_result({{"data", std::move(data)}});
}

}  // namespace

Graph<Answer> page_insights(GraphCall& graph, const Page& page) {
  if (auto refused = may_measure(graph)) return std::unexpected(*refused);
  if (auto refused = unknown_parameter(graph, "metric period since until breakdown date_preset"))
    return std::unexpected(*refused);
  HERALD_TRY(const auto metrics, asked_metrics(graph, kPageMetrics));
  const auto period = graph.get("period").empty() ? std::string("day") : graph.get("period");
  if (std::ranges::count(kPeriods, period) == 0) return std::unexpected(refuse(kParameterInvalid));
  HERALD_TRY(const auto days, asked_days(graph));
  json::array data;
  for (const auto* metric : metrics) {
    if (page.fans < kFansMin || period == "lifetime" || period == "month") break;
    json::array values;
    std::int64_t total = 0;
    for (auto day = days.from; day < days.to; ++day) {
      const auto value = daily(graph, page, *metric, day);
      total += value;
      const std::int64_t span = period == "week" ? 7 : period == "days_28" ? 28 : 1;
      values.push_back(
          json::object{{"value", value * span}, {"end_time", iso_time((day + 1) * kDayMs)}});
    }
    if (period == "total_over_range") values = {json::object{{"value", total}}};
    data.push_back(row(page.id, *metric, period, std::move(values)));
  }
  return json_result({{"data", std::move(data)}});
}

Graph<Answer> post_insights(GraphCall& graph, const PagePost& post) {
  return lifetime(graph, post.id, post.visible_ms, kPostMetrics);
}

Graph<Answer> video_insights(GraphCall& graph, const PageVideo& video) {
  const auto post = graph.state.posts.find(video.post);
  const auto since_ms = post == graph.state.posts.end() ? 0 : post->second.visible_ms;
  return lifetime(graph, video.id, since_ms, kVideoMetrics);
}

}  // namespace herald::sandbox::meta

// Insights of a post and of an account (fact sheet, section 2.7). The numbers are made up, grow
// with age, and are the same for the same moment.
#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/meta/instagram.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

// Where a metric exists: feed, reel, story.
struct MediaMetric {
  std::string_view name;
  std::string_view title;
  double scale;  // Share of what a post grows to.
  bool feed, reel, story;
  std::string_view breakdown = {};
};

constexpr std::array kMediaMetrics = {
    MediaMetric{"views", "Views", 1.6, true, true, true},
    MediaMetric{"reach", "Accounts reached", 1.0, true, true, true},
    MediaMetric{"shares", "Shares", 0.01, true, true, true},
    MediaMetric{"total_interactions", "Interactions", 0.09, true, true, true},
    MediaMetric{"reposts", "Reposts", 0.004, true, true, true},
    MediaMetric{"likes", "Likes", 0.06, true, true, false},
    MediaMetric{"comments", "Comments", 0.008, true, true, false},
    MediaMetric{"saved", "Saved", 0.012, true, true, false},
    MediaMetric{"follows", "Follows", 0.005, true, false, true},
    MediaMetric{"profile_visits", "Profile visits", 0.03, true, false, true},
    MediaMetric{"profile_activity", "Profile activity", 0.02, true, false, true, "action_type"},
    MediaMetric{"ig_reels_avg_watch_time", "Average watch time", 4.2, false, true, false},
    MediaMetric{"ig_reels_video_view_total_time", "Watch time", 5200, false, true, false},
    MediaMetric{"reels_skip_rate", "Skip rate", 0.02, false, true, false},
    MediaMetric{"replies", "Replies", 0.004, false, false, true},
    MediaMetric{"navigation", "Navigation", 0.7, false, false, true,
                "story_navigation_action_type"},
    MediaMetric{"link_clicks", "Link clicks", 0.01, false, false, true},
    MediaMetric{"total_likes", "Total likes", 0.06, true, true, false},
    MediaMetric{"total_comments", "Total comments", 0.008, true, true, false},
    MediaMetric{"total_views", "Total views", 1.6, true, true, true},
};

constexpr std::array kRemovedMetrics = {"impressions",
                                        "plays",
                                        "clips_replays_count",
                                        "ig_reels_aggregated_all_plays_count",
                                        "video_views",
                                        "engagement",
                                        "carousel_album_engagement",
                                        "carousel_album_impressions",
                                        "taps_forward",
                                        "taps_back",
                                        "exits"};

constexpr std::int64_t kFirstNumbersMs = 60'000;
constexpr std::int64_t kViewersMin = 5;

GraphError metric_error(const std::string& name, const std::string& why) {
  return refuse_parameter("(metric " + name + ") " + why);
}

bool exists_for(const MediaMetric& metric, const Media& media) {
  if (media.product_type == "STORY") return metric.story;
  return media.product_type == "REELS" ? metric.reel : metric.feed;
}

Graph<const MediaMetric*> find_metric(const std::string& name, const Media& media,
                                      bool by_instagram) {
  if (std::ranges::count(kRemovedMetrics, name) > 0)
    return std::unexpected(
        metric_error(name, "Starting from version v22.0 and above, the " + name +
                               " metric is no longer supported for the queried media."));
  const auto* metric = std::ranges::find(kMediaMetrics, name, &MediaMetric::name);
  const bool facebook_only =
      by_instagram && name.starts_with("total_") && name != "total_interactions";
  if (metric == kMediaMetrics.end() || facebook_only)
    return std::unexpected(metric_error(name, "metric must be one of the known values"));
  if (!exists_for(*metric, media))
    return std::unexpected(metric_error(name, "The Media Insights API does not support the " +
                                                  name + " metric for this media product type."));
  return metric;
}

json::object media_row(const GraphCall& graph, const Media& media, const MediaMetric& metric) {
  auto value = grown(graph, media, metric.name, metric.scale);
  if (media.viewers >= 0) value = std::min(value, media.viewers);
  return {{"name", metric.name},
          {"period", "lifetime"},
          {"values", json::array{json::object{{"value", value}}}},
          {"title", metric.title},
          {"description", std::string(metric.title) + " of this post."},
          {"id", media.id + "/insights/" + std::string(metric.name) + "/lifetime"}};
}

struct AccountMetric {
  std::string_view name;
  bool series;                  // Has a time series (or only that), not totals alone.
  bool total;                   // Takes metric_type=total_value.
  std::string_view breakdowns;  // Separated by blanks.
  double scale;
};

constexpr std::array kAccountMetrics = {
    AccountMetric{"reach", true, true, "media_product_type follow_type", 0.4},
    AccountMetric{"views", false, true, "media_product_type follow_type", 0.9},
    AccountMetric{"accounts_engaged", false, true, "", 0.08},
    AccountMetric{"replies", false, true, "", 0.004},
    AccountMetric{"reposts", false, true, "", 0.004},
    AccountMetric{"likes", false, true, "media_product_type", 0.05},
    AccountMetric{"comments", false, true, "media_product_type", 0.006},
    AccountMetric{"saves", false, true, "media_product_type", 0.008},
    AccountMetric{"shares", false, true, "media_product_type", 0.007},
    AccountMetric{"total_interactions", false, true, "media_product_type", 0.07},
    AccountMetric{"profile_links_taps", false, true, "contact_button_type", 0.01},
    AccountMetric{"follows_and_unfollows", false, true, "follow_type", 0.01},
    AccountMetric{"follower_count", true, false, "", 0.01},
    AccountMetric{"online_followers", true, false, "", 0.3},
    AccountMetric{"follower_demographics", false, true, "age city country gender", 1.0},
    AccountMetric{"engaged_audience_demographics", false, true, "age city country gender", 0.1},
};

std::string first_dimension(std::string_view breakdown) {
  if (breakdown == "media_product_type") return "POST";
  if (breakdown == "follow_type") return "FOLLOWER";
  if (breakdown == "age") return "25-34";
  if (breakdown == "gender") return "F";
  if (breakdown == "country") return "PT";
  if (breakdown == "city") return "Porto, Porto";
  return "OTHER";
}

std::int64_t daily(const GraphCall& graph, const InstagramAccount& account,
                   const AccountMetric& metric, std::int64_t day) {
  const auto dice =
      std::hash<std::string>{}(account.id + std::string(metric.name) + std::to_string(day) +
                               std::to_string(graph.world.settings.seed));
  const double swing = 0.7 + static_cast<double>(dice % 60) / 100.0;
  return static_cast<std::int64_t>(static_cast<double>(account.followers) * metric.scale * swing);
}

struct Range {
  std::int64_t from_day;
  std::int64_t to_day;
};

json::object account_row(const GraphCall& graph, const InstagramAccount& account,
                         const AccountMetric& metric, const Range& range) {
  const auto period = graph.get("period");
  json::object row{{"name", metric.name},
                   {"period", period},
                   {"title", metric.name},
                   {"description", "Made up by the sandbox."},
                   {"id", account.id + "/insights/" + std::string(metric.name) + "/" + period}};
  json::array values;
  std::int64_t total = 0;
  for (auto day = range.from_day; day < range.to_day; ++day) {
    const auto value = daily(graph, account, metric, day);
    total += value;
    values.push_back(json::object{{"value", value}, {"end_time", iso_time((day + 1) * kDayMs)}});
  }
  if (graph.get("metric_type") != "total_value") {
    row["values"] = std::move(values);
    return row;
  }
  json::object sum{{"value", total}};
  if (const auto breakdown = graph.get("breakdown"); !breakdown.empty())
    sum["breakdowns"] = json::array{
        {{"dimension_keys", json::array{breakdown}},
         {"results", json::array{{{"dimension_values", json::array{first_dimension(breakdown)}},
                                  {"value", total}}}}}};
  row["total_value"] = std::move(sum);
  return row;
}

std::optional<GraphError> check_account_metric(const GraphCall& graph, const std::string& name,
                                               const AccountMetric* metric) {
  if (metric == kAccountMetrics.end())
    return metric_error(name, "metric must be one of the known values");
  const bool wants_total = graph.get("metric_type") == "total_value";
  if (wants_total ? !metric->total : !metric->series)
    return metric_error(name, wants_total ? "does not take metric_type=total_value"
                                          : "should be specified with parameter "
                                            "metric_type=total_value");
  const auto breakdown = graph.get("breakdown");
  const auto allowed = split(metric->breakdowns, " ");
  if (!breakdown.empty() && std::ranges::count(allowed, breakdown) == 0)
    return metric_error(name, "breakdown " + breakdown + " is not valid for this metric");
  const bool lifetime = name.ends_with("_demographics") || name == "online_followers";
  if (graph.get("period") != (lifetime ? "lifetime" : "day"))
    return metric_error(name, "is not available for this period");
  return std::nullopt;
}

Range asked_range(const GraphCall& graph) {
  const auto seconds = [&](const char* name) {
    return std::strtoll(graph.get(name).c_str(), nullptr, 10);
  };
  const auto today = graph.now_ms() / kDayMs;
  const auto until = seconds("until") > 0 ? seconds("until") * 1000 / kDayMs : today;
  const auto since = seconds("since") > 0 ? seconds("since") * 1000 / kDayMs : until - 1;
  return {.from_day = std::max(since, until - 30), .to_day = until};
}

}  // namespace

Graph<Answer> media_insights(GraphCall& graph, const Media& media) {
  if (auto refused = unknown_parameter(graph, "metric period breakdown metric_type since until"))
    return std::unexpected(*refused);
  const auto names = split(graph.get("metric"), ", ");
  if (names.empty()) return std::unexpected(refuse_parameter("The parameter metric is required"));
  const bool story = media.product_type == "STORY";
  const auto age_ms = graph.now_ms() - media.at_ms;
  json::array data;
  for (const auto& name : names) {
    HERALD_TRY(const auto* metric, find_metric(name, media, graph.by_instagram()));
    const auto breakdown = graph.get("breakdown");
    if (!breakdown.empty() && breakdown != metric->breakdown)
      return std::unexpected(refuse(Refusal{"", 500, "An unknown error has occurred.", 1}));
    if (age_ms >= kFirstNumbersMs && !(story && age_ms >= kDayMs))
      data.push_back(media_row(graph, media, *metric));
  }
  if (!media.parent.empty()) data.clear();
  if (story && media.viewers >= 0 && media.viewers < kViewersMin)
    return std::unexpected(refuse(kTooFewViewers));
  return json_result({{"data", std::move(data)}});
}

Graph<Answer> account_insights(GraphCall& graph, const InstagramAccount& account) {
  if (auto refused =
          unknown_parameter(graph, "metric period breakdown metric_type since until timeframe"))
    return std::unexpected(*refused);
  const auto names = split(graph.get("metric"), ", ");
  if (names.empty()) return std::unexpected(refuse_parameter("The parameter metric is required"));
  if (graph.get("period").empty())
    return std::unexpected(refuse_parameter("The parameter period is required"));
  const auto range = asked_range(graph);
  json::array data;
  for (const auto& name : names) {
    const auto* metric = std::ranges::find(kAccountMetrics, name, &AccountMetric::name);
    if (auto refused = check_account_metric(graph, name, metric)) return std::unexpected(*refused);
    data.push_back(account_row(graph, account, *metric, range));
  }
  return json_result({{"data", std::move(data)}});
}

}  // namespace herald::sandbox::meta

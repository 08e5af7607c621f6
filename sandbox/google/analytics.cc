#include "sandbox/google/analytics.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <cmath>

#include "sandbox/google/caller.h"
#include "sandbox/google/list.h"
#include "sandbox/google/pacific.h"
#include "sandbox/google/time.h"
#include "sandbox/google/video.h"

namespace herald::sandbox::google {

namespace json = boost::json;
using std::chrono::sys_days;

namespace {

constexpr Method kQuery{.rpc = "youtubeanalytics.v2.ReportsService.Query",
                        .scopes = kYoutube | kReadonly | kPartner | kAnalytics | kMonetary};
constexpr std::size_t kVideosMax = 500;  // Ids in one filter.
constexpr std::size_t kTopVideosMax = 200;
constexpr auto kLag = std::chrono::days(2);  // The last days are not counted yet.

// What a metric makes of a number of plays.
struct Metric {
  std::string_view name;
  double per_play = 0;
  double fixed = 0;  // Averages do not grow.
  bool whole = true;
};
constexpr std::array<Metric, 16> kMetrics{{
    {"views", 1.0},
    {"engagedViews", 0.7},
    {"estimatedMinutesWatched", 0.5},
    {"averageViewDuration", 0, 30},
    {"averageViewPercentage", 0, 61.5, false},
    {"likes", 1.0 / 17},
    {"dislikes", 1.0 / 400},
    {"comments", 1.0 / 90},
    {"shares", 1.0 / 60},
    {"subscribersGained", 1.0 / 150},
    {"subscribersLost", 1.0 / 700},
    {"videosAddedToPlaylists", 1.0 / 80},
    {"videosRemovedFromPlaylists", 1.0 / 900},
    {"annotationClickThroughRate", 0, 0, false},
    {"annotationCloseRate", 0, 0, false},
    {"estimatedRevenue", 0.001, 0, false},
}};

std::unexpected<Fault> bad_request(std::string message) {
  return std::unexpected(
      Fault{.message = std::move(message), .reason = "badRequest", .status = "INVALID_ARGUMENT"});
}

std::unexpected<Fault> not_supported() {
  return bad_request("The query is not supported. Check the documentation for supported queries.");
}

struct Query {
  sys_days from;
  sys_days until;  // Included.
  std::vector<const Metric*> metrics;
  std::string dimension;
  std::vector<std::string> videos;  // Empty: the whole channel.
  std::vector<std::string> sort;
  std::size_t start = 1;
  std::size_t most = SIZE_MAX;
};

struct Row {
  std::string key;  // Of the dimension.
  std::int64_t plays = 0;
};

Checked<std::size_t> count_of(const Call& call, std::string_view name, std::size_t fallback) {
  const auto text = parameter(call, name);
  if (!text) return fallback;
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size() || value == 0)
    return bad_request("Invalid value '" + *text + "' for parameter " + std::string(name) + ".");
  return value;
}

Checked<Done> check_channel(const Call& call, const Caller& caller) {
  const auto ids = parameter(call, "ids").value_or("");
  if (!ids.starts_with("channel==")) return bad_request("Invalid value for parameter ids: " + ids);
  const auto channel = ids.substr(9);
  if (channel != "MINE" && channel != caller.channel)
    return std::unexpected(Fault{
        .code = 403, .message = "Forbidden", .reason = "forbidden", .status = "PERMISSION_DENIED"});
  return Done{};
}

Checked<Done> read_metrics(Query& query, const Call& call, const Caller& caller) {
  for (const auto& name : listed(call, "metrics")) {
    const auto found = std::ranges::find(kMetrics, name, &Metric::name);
    if (found == kMetrics.end())
      return bad_request("Unknown identifier (" + name + ") given in field parameters.metrics.");
    if (name == "estimatedRevenue" && (caller.scopes & kMonetary) == 0)
      return std::unexpected(insufficient_scope(std::string(kQuery.rpc)));
    query.metrics.push_back(&*found);
  }
  return Done{};
}

Checked<Done> read_filters(Query& query, const Call& call) {
  const auto filters = parameter(call, "filters").value_or("");
  if (filters.empty()) return Done{};
  constexpr std::string_view kVideo = "video==";
  if (!filters.starts_with(kVideo) || filters.find(';') != filters.npos) return not_supported();
  query.videos =
      listed(Call{.query = {{.name = "v", .value = filters.substr(kVideo.size())}}}, "v");
  if (query.videos.empty() || query.videos.size() > kVideosMax) return not_supported();
  return Done{};
}

Checked<Done> check_shape(const Query& query) {
  const auto& dimension = query.dimension;
  if (!dimension.empty() && dimension != "day" && dimension != "month" && dimension != "video")
    return not_supported();
  // "Top videos" wants an order and a small number; a list of videos does not.
  if (dimension == "video" && query.videos.empty() &&
      (query.sort.empty() || query.most > kTopVideosMax))
    return not_supported();
  for (const auto& key : query.sort) {
    const auto name = key.starts_with('-') ? key.substr(1) : key;
    if (name != dimension && std::ranges::none_of(query.metrics, [&](const auto* metric) {
          return metric->name == name;
        }))
      return not_supported();
  }
  return Done{};
}

Checked<Query> read_query(const Call& call, const Caller& caller) {
  for (const auto* name : {"ids", "startDate", "endDate", "metrics"})
    if (parameter(call, name).value_or("").empty())
      return std::unexpected(
          Fault{.message = "Required", .reason = "required", .status = "INVALID_ARGUMENT"});
  HERALD_CHECK(check_channel(call, caller));
  const auto from = parse_day(*parameter(call, "startDate"));
  const auto until = parse_day(*parameter(call, "endDate"));
  if (!from || !until || *until < *from)
    return bad_request("Invalid date range: startDate and endDate must be YYYY-MM-DD, in order.");
  Query query{.from = *from, .until = *until};
  query.dimension = parameter(call, "dimensions").value_or("");
  query.sort = listed(call, "sort");
  HERALD_CHECK(read_metrics(query, call, caller));
  HERALD_CHECK(read_filters(query, call));
  HERALD_TRY(query.start, count_of(call, "startIndex", 1));
  HERALD_TRY(query.most, count_of(call, "maxResults", SIZE_MAX));
  HERALD_CHECK(check_shape(query));
  return query;
}

std::int64_t plays_on(const Context& google, const Video& video, sys_days from, sys_days until) {
  return plays(google, video, to_ms(pacific_midnight(from)),
               to_ms(pacific_midnight(until + std::chrono::days(1))));
}

bool wanted(const Query& query, const Caller& caller, const Video& video) {
  return video.channel == caller.channel &&
         (query.videos.empty() || std::ranges::find(query.videos, video.id) != query.videos.end());
}

std::int64_t plays_of_day(const Context& google, const Query& query, const Caller& caller,
                          sys_days day) {
  std::int64_t sum = 0;
  for (const auto& video : google.state.videos)
    if (wanted(query, caller, video)) sum += plays_on(google, video, day, day);
  // The channel's older videos have an audience, too.
  const auto since = parse_rfc3339(caller.identity->since);
  if (query.videos.empty() && since && day > std::chrono::floor<std::chrono::days>(*since))
    sum += 1 + day.time_since_epoch().count() % 5;
  return sum;
}

std::vector<Row> rows_of(const Context& google, const Query& query, const Caller& caller) {
  const auto last = std::min(query.until, pacific_day(google.world.clock.now()) - kLag);
  std::vector<Row> rows;
  if (query.dimension == "video") {
    for (const auto& video : google.state.videos)
      if (wanted(query, caller, video) && query.from <= last)
        if (const auto sum = plays_on(google, video, query.from, last); sum > 0)
          rows.push_back({video.id, sum});
    return rows;
  }
  for (auto day = query.from; day <= last; day += std::chrono::days(1)) {
    const auto sum = plays_of_day(google, query, caller, day);
    if (sum == 0) continue;
    auto key = day_text(day);
    if (query.dimension == "month") key.resize(7);
    if (query.dimension.empty()) key.clear();
    if (rows.empty() || rows.back().key != key) rows.push_back({key});
    rows.back().plays += sum;
  }
  return rows;
}

json::value value_of(const Metric& metric, std::int64_t plays) {
  const double value = metric.fixed + metric.per_play * static_cast<double>(plays);
  if (!metric.whole) return std::round(value * 1000) / 1000;
  return static_cast<std::int64_t>(value);
}

void put_in_order(std::vector<Row>& rows, const Query& query) {
  if (query.sort.empty()) return;
  const auto& key = query.sort.front();
  const bool down = key.starts_with('-');
  const bool by_key = key.substr(down ? 1 : 0) == query.dimension;
  // Every metric grows with the plays, so that one order serves all.
  std::ranges::sort(rows, [&](const Row& a, const Row& b) {
    const auto& first = down ? b : a;
    const auto& second = down ? a : b;
    if (by_key || first.plays == second.plays) return first.key < second.key;
    return first.plays < second.plays;
  });
}

Checked<http::Response> report(Context& google, const Call& call) {
  HERALD_TRY(const auto caller, admit(google, call, kQuery));
  HERALD_CHECK(check_common(call));
  HERALD_TRY(const auto query, read_query(call, caller));
  auto rows = rows_of(google, query, caller);
  put_in_order(rows, query);
  json::array headers;
  if (!query.dimension.empty())
    headers.push_back(json::object{
        {"name", query.dimension}, {"columnType", "DIMENSION"}, {"dataType", "STRING"}});
  for (const auto* metric : query.metrics)
    headers.push_back(json::object{{"name", metric->name},
                                   {"columnType", "METRIC"},
                                   {"dataType", metric->whole ? "INTEGER" : "FLOAT"}});
  json::array table;
  for (std::size_t i = query.start - 1; i < rows.size() && table.size() < query.most; ++i) {
    json::array row;
    if (!query.dimension.empty()) row.emplace_back(rows[i].key);
    for (const auto* metric : query.metrics) row.push_back(value_of(*metric, rows[i].plays));
    table.push_back(std::move(row));
  }
  json::object body{{"kind", "youtubeAnalytics#resultTable"}, {"columnHeaders", headers}};
  if (!table.empty()) body["rows"] = std::move(table);
  return resource_answer(200, body);
}

}  // namespace

Answer query_report(Context& google, const Call& call) {
  return {.response = to_response(report(google, call))};
}

}  // namespace herald::sandbox::google

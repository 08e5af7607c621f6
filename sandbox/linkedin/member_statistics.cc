// What members are told about their posts and followers. One call for each number.
#include <array>
#include <boost/json.hpp>
#include <chrono>

#include "sandbox/linkedin/endpoint.h"
#include "sandbox/linkedin/metrics.h"
#include "sandbox/linkedin/paging.h"
#include "sandbox/linkedin/periods.h"

namespace herald::sandbox::linkedin {

namespace json = boost::json;

namespace {

constexpr std::string_view kMetricType =
    "com.linkedin.adsexternalapi.memberanalytics.v1.CreatorPostAnalyticsMetricTypeV1";

struct Kind {
  std::string_view name;
  std::int64_t Metrics::* count;
};
constexpr std::array kKinds = {
    Kind{"IMPRESSION", &Metrics::impressions}, Kind{"MEMBERS_REACHED", &Metrics::reached},
    Kind{"RESHARE", &Metrics::shares},         Kind{"REACTION", &Metrics::likes},
    Kind{"COMMENT", &Metrics::comments},       Kind{"POST_SAVE", &Metrics::saves},
    Kind{"LINK_CLICKS", &Metrics::clicks},
};

const Kind* kind_named(std::string_view name) {
  for (const auto& kind : kKinds)
    if (kind.name == name) return &kind;
  return nullptr;
}

json::object date_json(std::int64_t ms) {
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(from_ms(ms))};
  return {{"day", static_cast<unsigned>(date.day())},
          {"month", static_cast<unsigned>(date.month())},
          {"year", static_cast<int>(date.year())}};
}

json::object range_json(const Period& period) {
  return {{"start", date_json(period.from_ms)}, {"end", date_json(period.until_ms)}};
}

// The urn of entity=(share:urn), (ugc:urn) or the bare urn.
std::string entity_of(const Request& request) {
  const auto* entity = request.query.find("entity");
  if (entity == nullptr) return {};
  for (const auto* name : {"share", "ugc"})
    if (const auto* urn = entity->member(name)) return urn->text;
  return entity->text;
}

}  // namespace

Checked<Answer> member_post_analytics(Request& request) {
  const auto& x = request.x;
  if (!request.has("r_member_postAnalytics")) return request.denied();
  const auto* kind = kind_named(request.query.text("queryType"));
  if (kind == nullptr) return Refused(illegal("Invalid queryType"));
  const auto aggregation = request.query.text("aggregation");
  const bool daily = aggregation == "DAILY";
  if ((!daily && aggregation != "TOTAL" && !aggregation.empty()) ||
      (daily && kind->name == "MEMBERS_REACHED"))
    return Refused(illegal("Invalid aggregation: " + aggregation));
  const bool all = request.query.text("q") == "me";
  const auto urn = all ? std::string() : entity_of(request);
  const auto* post = all ? nullptr : request.state().find_post(urn);
  if (!all && (post == nullptr || post->deleted)) return Refused(not_found(urn));
  if (!all && post->author != request.person.urn()) return request.denied();
  const auto count = [&](std::int64_t at_ms) {
    const auto metrics =
        all ? metrics_of_author(x, request.person.urn(), at_ms) : metrics_of(x, *post, at_ms);
    return metrics.*(kind->count);
  };
  json::array elements;
  const auto add = [&](std::int64_t number, const Period* period) {
    json::object element{{"count", number}};
    if (x.choice("metric_type") == "plain")
      element["metricType"] = kind->name;
    else
      element["metricType"] = json::object{{kMetricType, kind->name}};
    if (!all)
      element["targetEntity"] =
          json::object{{urn.find("share") == urn.npos ? "ugc" : "share", urn}};
    if (period != nullptr) element["dateRange"] = range_json(*period);
    elements.push_back(std::move(element));
  };
  HERALD_TRY(const auto days, read_days(request));
  if (days.empty()) {
    if (daily) return Refused(illegal("DAILY needs a dateRange"));
    add(count(x.now_ms()), nullptr);
  } else if (daily) {
    for (const auto& day : days) add(count(day.until_ms) - count(day.from_ms), &day);
  } else {
    const Period whole{.from_ms = days.front().from_ms, .until_ms = days.back().until_ms};
    add(count(whole.until_ms) - count(whole.from_ms), nullptr);
  }
  const auto total = elements.size();
  return answer_with(paged(std::move(elements), Page{}, total));
}

Checked<Answer> member_followers(Request& request) {
  if (!request.has("r_member_profileAnalytics")) return request.denied();
  const auto& person = request.person;
  return answer_with(paged(
      {json::object{{"memberFollowersCount",
                     followers_at(request.x, person.id, person.followers, request.x.now_ms())}}},
      Page{}, 1));
}

Checked<Answer> member_followers_by_day(Request& request) {
  if (!request.has("r_member_profileAnalytics")) return request.denied();
  const auto& person = request.person;
  HERALD_TRY(const auto days, read_days(request));
  if (days.empty()) return Refused(illegal("A dateRange is needed"));
  const auto count = [&](std::int64_t at_ms) {
    return followers_at(request.x, person.id, person.followers, at_ms);
  };
  json::array elements;
  for (const auto& day : days)
    elements.push_back(
        json::object{{"memberFollowersCount", count(day.until_ms) - count(day.from_ms)},
                     {"dateRange", range_json(day)}});
  const auto total = elements.size();
  return answer_with(paged(std::move(elements), Page{}, total));
}

}  // namespace herald::sandbox::linkedin

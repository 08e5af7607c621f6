// What organisations are told about their posts, followers and pages. Twelve months, organic only.
#include <boost/json.hpp>

#include "sandbox/linkedin/authority.h"
#include "sandbox/linkedin/metrics.h"
#include "sandbox/linkedin/paging.h"
#include "sandbox/linkedin/periods.h"
#include "sandbox/linkedin/urn.h"

namespace herald::sandbox::linkedin {

namespace json = boost::json;

namespace {

json::object range_json(const Period& period) {
  return {{"start", period.from_ms}, {"end", period.until_ms}};
}

json::object share_json(const Metrics& m) {
  const auto engaged = m.clicks + m.likes + m.comments + m.shares;
  return {{"uniqueImpressionsCount", m.reached},
          {"impressionCount", m.impressions},
          {"clickCount", m.clicks},
          {"likeCount", m.likes},
          {"commentCount", m.comments},
          {"shareCount", m.shares},
          {"engagement", m.impressions == 0
                             ? 0.0
                             : static_cast<double>(engaged) / static_cast<double>(m.impressions)}};
}

Answer elements_answer(json::array elements) {
  const auto total = elements.size();
  return answer_with(paged(std::move(elements), Page{}, total));
}

const Organization* page_of(const Request& request, const std::string& urn) {
  const auto parts = read_urn(urn);
  const auto found = request.state().organizations.find(parts ? parts->id : std::string());
  return found == request.state().organizations.end() ? nullptr : &found->second;
}

// Adds one element, or one for each period. `count` tells all until a moment.
template <class Count>
void add_shares(json::array& elements, const std::vector<Period>& periods,
                const json::object& about, std::int64_t now_ms, const Count& count) {
  if (periods.empty()) {
    auto element = about;
    element["totalShareStatistics"] = share_json(count(now_ms));
    elements.push_back(std::move(element));
  }
  for (const auto& period : periods) {
    auto element = about;
    element["timeRange"] = range_json(period);
    element["totalShareStatistics"] = share_json(count(period.until_ms) - count(period.from_ms));
    elements.push_back(std::move(element));
  }
}

}  // namespace

Checked<Answer> share_statistics(Request& request) {
  const auto& x = request.x;
  const auto entity = request.query.text("organizationalEntity");
  HERALD_CHECK(may_administer(request, entity));
  HERALD_TRY(const auto periods, read_intervals(request));
  json::array elements;
  const auto add_posts = [&](std::string_view list, std::string_view type) {
    for (const auto& urn : request.query.texts(list)) {
      const auto* post = request.state().find_post(urn);
      if (post == nullptr || post->deleted || post->author != entity || post->urn != urn ||
          urn.find(type) == urn.npos)
        continue;
      json::object about{{"organizationalEntity", entity}};
      about[type] = urn;
      add_shares(elements, periods, about, x.now_ms(),
                 [&](std::int64_t at_ms) { return metrics_of(x, *post, at_ms); });
    }
  };
  if (request.query.find("shares") == nullptr && request.query.find("ugcPosts") == nullptr)
    add_shares(elements, periods, {{"organizationalEntity", entity}}, x.now_ms(),
               [&](std::int64_t at_ms) { return metrics_of_author(x, entity, at_ms); });
  add_posts("shares", "share");
  add_posts("ugcPosts", "ugcPost");
  return elements_answer(std::move(elements));
}

Checked<Answer> follower_statistics(Request& request) {
  const auto entity = request.query.text("organizationalEntity");
  HERALD_CHECK(may_administer(request, entity));
  HERALD_TRY(const auto periods, read_intervals(request));
  const auto* page = page_of(request, entity);
  const auto count = [&](std::int64_t at_ms) {
    return page == nullptr ? 0 : followers_at(request.x, page->id, page->followers, at_ms);
  };
  json::array elements;
  if (periods.empty())
    elements.push_back(json::object{{"organizationalEntity", entity},
                                    {"followerCountsByAssociationType", json::array()},
                                    {"followerCountsByFunction", json::array()},
                                    {"followerCountsBySeniority", json::array()}});
  for (const auto& period : periods)
    elements.push_back(json::object{
        {"organizationalEntity", entity},
        {"timeRange", range_json(period)},
        {"followerGains",
         json::object{{"organicFollowerGain", count(period.until_ms) - count(period.from_ms)},
                      {"paidFollowerGain", 0}}}});
  return elements_answer(std::move(elements));
}

Checked<Answer> page_statistics(Request& request) {
  const auto organization = request.query.text("organization");
  HERALD_CHECK(may_administer(request, organization));
  HERALD_TRY(const auto periods, read_intervals(request));
  const auto add = [&](json::array& elements, std::int64_t views, const Period* period) {
    json::object element{
        {"organization", organization},
        {"totalPageStatistics",
         json::object{
             {"views", json::object{{"allPageViews", json::object{{"pageViews", views}}}}}}}};
    if (period != nullptr) element["timeRange"] = range_json(*period);
    elements.push_back(std::move(element));
  };
  const auto count = [&](std::int64_t at_ms) {
    return page_views_at(request.x, organization, at_ms);
  };
  json::array elements;
  if (periods.empty()) add(elements, count(request.x.now_ms()), nullptr);
  for (const auto& period : periods)
    add(elements, count(period.until_ms) - count(period.from_ms), &period);
  return elements_answer(std::move(elements));
}

Checked<Answer> network_size(Request& request) {
  const auto& urn = request.keys.front();
  HERALD_CHECK(may_administer(request, urn));
  const auto edge = request.query.text("edgeType");
  const auto& known = request.x.choice("edge_name");
  const bool named = known == "both"
                         ? edge == "CompanyFollowedByMember" || edge == "COMPANY_FOLLOWED_BY_MEMBER"
                         : edge == known;
  if (!named) return Refused(illegal("Invalid edgeType: " + edge));
  const auto* page = page_of(request, urn);
  if (page == nullptr) return Refused(not_found(urn));
  return answer_with(json::serialize(
      json::object{{"firstDegreeSize",
                    followers_at(request.x, page->id, page->followers, request.x.now_ms())}}));
}

}  // namespace herald::sandbox::linkedin

// What a profile may still do today, and deletions, which have a limit of their own.
#include <array>
#include <boost/json.hpp>

#include "sandbox/query.h"
#include "sandbox/threads/endpoint.h"
#include "sandbox/threads/posts.h"

namespace herald::sandbox::threads {

namespace json = boost::json;

namespace {

constexpr std::int64_t kSearchesADay = 500;

struct Limit {
  std::string_view usage;
  std::string_view config;
  std::string_view act;
  std::string_view total;  // A switch; empty: of location searches, which nothing here counts.
  std::string_view scope;
};

constexpr std::array kLimits = {
    Limit{"quota_usage", "config", "post", "posts_a_day", "threads_content_publish"},
    Limit{"reply_quota_usage", "reply_config", "reply", "replies_a_day", "threads_manage_replies"},
    Limit{"delete_quota_usage", "delete_config", "delete", "deletions_a_day", "threads_delete"},
    Limit{"location_search_quota_usage", "location_search_config", "search", "",
          "threads_location_tagging"}};

std::int64_t used(const Request& request, std::string_view act) {
  return request.state().acts_since(request.me.id, act, request.x.now_ms() - kDayMs);
}

}  // namespace

Checked<Answer> publishing_limit(Request& request) {
  HERALD_CHECK(only_known(request, "fields"));
  json::object row;
  for (const auto& name : split(request.call.get("fields", "quota_usage"), ',')) {
    if (name == "id") continue;
    const Limit* limit = nullptr;
    for (const auto& known : kLimits)
      if (name == known.usage || name == known.config) limit = &known;
    if (limit == nullptr)
      return Refused(
          invalid_parameter(request.x, "Tried accessing nonexisting field (" + name + ")"));
    if (!request.may(limit->scope)) return Refused(no_permission(request.x));
    const auto total = limit->total.empty() ? kSearchesADay : request.x.number(limit->total);
    if (name == limit->usage)
      row[name] = used(request, limit->act);
    else
      row[name] = json::object{{"quota_total", total}, {"quota_duration", kDayMs / 1000}};
  }
  return answer_with({{"data", json::array{std::move(row)}}});
}

Checked<Answer> remove_by_api(Request& request) {
  auto& x = request.x;
  HERALD_CHECK(only_known(request, ""));
  if (!request.may("threads_delete")) return Refused(no_permission(x));
  const auto* post = x.state.post(request.id);
  const bool own = post != nullptr && post->profile == request.me.id && post->carousel.empty();
  const auto status = static_cast<int>(x.number("delete_missing_status"));
  if (!own && status != 200) {
    auto refusal = no_object(x, "delete", request.id);
    refusal.status = status;
    return Refused(std::move(refusal));
  }
  if (used(request, "delete") >= x.number("deletions_a_day")) return Refused(quota_used_up(x));
  if (own) {
    take_away(x, request.id);
    x.state.acts.push_back({.profile = request.me.id, .kind = "delete", .at_ms = x.now_ms()});
  }
  return answer_with({{"success", true}, {"deleted_id", request.id}});
}

}  // namespace herald::sandbox::threads

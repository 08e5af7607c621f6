// How accounts and posts fare: /api/analytics/accounts and /api/analytics/posts.
#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>

#include "domain/text.h"
#include "http/accounts_json.h"
#include "http/cursor.h"
#include "http/json_body.h"
#include "http/strict_query.h"
#include "http/uploader.h"

namespace herald::http {
namespace {

namespace json = boost::json;

constexpr std::chrono::days kPeriodDefault{30};
constexpr std::chrono::days kPeriodMax{366};
constexpr std::size_t kTextShown = 200;  // Code points.

std::unexpected<Error> malformed(std::string message) {
  return std::unexpected(Error{ErrorKind::invalid, std::move(message), {}, {}, "malformed_query"});
}

std::string day_text(Day day) {
  return to_text(day).substr(0, std::string_view("2026-11-22").size());
}

// nullopt: it is not given.
Result<std::optional<Day>> day_of(const Query& query, std::string_view name) {
  const auto* text = query.find(name);
  if (text == nullptr) return std::nullopt;
  const auto time = text->size() == 10 ? time_of(*text + "T00:00:00Z") : std::nullopt;
  if (!time) return malformed("\"" + std::string(name) + "\" must be a day such as 2026-11-22.");
  return std::chrono::floor<std::chrono::days>(*time);
}

Result<Done> read_period(const ApiCall& call, const Query& query, FiguresFilter& filter) {
  HERALD_TRY(const auto from, day_of(query, "from"));
  HERALD_TRY(const auto to, day_of(query, "to"));
  filter.to = to.value_or(std::chrono::floor<std::chrono::days>(call.services.clock.now()));
  filter.from = from.value_or(filter.to - kPeriodDefault + std::chrono::days(1));
  if (filter.from > filter.to) return malformed("\"from\" must not be after \"to\".");
  if (filter.to - filter.from >= kPeriodMax) {
    return malformed("A period has at most 366 days.");
  }
  return Done{};
}

// What was asked for, once it is sure that this person may see it.
Result<FiguresFilter> filter_of(const ApiCall& call, const Query& query) {
  const Caller& caller = call.caller();
  const Services& services = call.services;
  FiguresFilter filter;
  if (caller.role != Role::admin) filter.user = caller.user;
  HERALD_CHECK(read_period(call, query, filter));
  if (const auto* platform = query.find("platform")) {
    filter.platform = PlatformId(*platform);
    if (services.registrations.find(*filter.platform) == nullptr) {
      return fail(ErrorKind::not_found, "There is no such platform.");
    }
  }
  if (const auto* id = query.find("account_id")) {
    filter.account = AccountId(*id);
    HERALD_TRY(const Account account, services.store.find_account(caller.scope, *filter.account));
    if (!caller.may_see(account.user)) {
      return fail(ErrorKind::not_found, "There is no such account.");
    }
  }
  if (const auto* id = query.find("post_id")) {
    filter.post = PostId(*id);
    HERALD_CHECK(services.compose.find(caller, *filter.post));
  }
  return filter;
}

json::object values_json(const Metrics& values) {
  json::object object;
  for (const auto& [name, value] : values) object[name] = value;
  return object;
}

json::object figures_json(const Figures& figures) {
  json::array days;
  for (const auto& day : figures.days) {
    days.push_back({{"day", day_text(day.day)}, {"values", values_json(day.values)}});
  }
  return {{"latest", values_json(figures.latest)},
          {"days", std::move(days)},
          {"measured_at", or_null(figures.measured_at)},
          {"next_at", or_null(figures.next_at)},
          {"problem", or_null(figures.problem)}};
}

// What the figures of these platforms mean. Two sign-ins to one platform may say the same.
json::array metrics_json(const Registrations& registrations, const std::set<PlatformId>& platforms,
                         MetricSpec::Of of) {
  json::array list;
  std::set<std::string> seen;
  for (const auto& registration : registrations.all()) {
    const PlatformSpec& spec = *registration.platform->spec;
    if (!platforms.contains(spec.id)) continue;
    for (const auto& metric : spec.metrics) {
      if (metric.of != of) continue;
      const auto key = spec.id.value + " " + metric.name + " " + metric.account_kind;
      if (!seen.insert(key).second) continue;
      list.push_back({{"platform", spec.id.value},
                      {"of", of == MetricSpec::Of::post ? "post" : "account"},
                      {"name", metric.name},
                      {"label", metric.label},
                      {"theirs", metric.theirs},
                      {"meaning", metric.meaning},
                      {"span", metric.span == MetricSpec::Span::so_far ? "so_far" : "day"},
                      {"account_kind", metric.account_kind},
                      {"source", metric.source.where},
                      {"checked_on", metric.source.checked_on}});
    }
  }
  return list;
}

// "a, b and c"
std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

// What is not read of this account because the permission for it was not given.
json::array off_json(const ApiCall& call, const AccountId& id) {
  const Services& services = call.services;
  const auto account = services.store.find_account(call.caller().scope, id);
  if (!account) return {};
  const auto grant = services.store.find_grant(call.caller().scope, account->grant);
  const Registration* registration = grant ? services.registrations.find(*grant) : nullptr;
  if (registration == nullptr) return {};
  struct Missing {
    std::set<std::string> names;
    std::vector<std::string> labels;
  };
  std::map<std::string, Missing> by_scope;
  for (const auto& metric : registration->platform->spec->metrics) {
    const bool applies = metric.account_kind.empty() || metric.account_kind == account->kind;
    if (metric.scope.empty() || !applies) continue;
    if (std::ranges::find(grant->scopes, metric.scope) != grant->scopes.end()) continue;
    Missing& missing = by_scope[metric.scope];
    if (missing.names.insert(metric.name).second) missing.labels.push_back(metric.label);
  }
  json::array list;
  for (const auto& [scope, missing] : by_scope) {
    const auto& left_out = registration->scopes_left_out;
    const bool may_ask = std::ranges::find(left_out, scope) == left_out.end();
    json::array names;
    for (const auto& name : missing.names) names.emplace_back(name);
    list.push_back(
        {{"names", std::move(names)},
         {"scope", scope},
         {"message", "Not permitted, so not shown: " + listed(missing.labels) + ". " +
                         (may_ask ? "Connect this account again and allow its figures."
                                  : "This server's app at the platform may not ask for them.")}});
  }
  return list;
}

Result<json::object> of_accounts(const ApiCall& call) {
  HERALD_TRY(const Query query,
             strict_query(call.request.query, {"platform", "account_id", "from", "to"}));
  HERALD_TRY(const FiguresFilter filter, filter_of(call, query));
  const Services& services = call.services;
  const CustomerScope& scope = call.caller().scope;
  HERALD_TRY(const auto standings,
             services.store.account_standings(scope, filter.user, filter.platform));
  HERALD_TRY(const auto figures, services.store.account_figures(scope, filter));
  json::array accounts;
  std::set<PlatformId> platforms;
  for (const auto& standing : standings) {
    json::value account = account_json(services.hosts, standing);
    const AccountId id(json::value_to<std::string>(account.at("id")));
    const auto known = figures.find(id);
    if (known == figures.end()) continue;  // Not asked for.
    platforms.insert(PlatformId(json::value_to<std::string>(account.at("platform"))));
    accounts.push_back({{"account", std::move(account)},
                        {"figures", figures_json(known->second)},
                        {"off", off_json(call, id)}});
  }
  return json::object{
      {"from", day_text(filter.from)},
      {"to", day_text(filter.to)},
      {"metrics", metrics_json(services.registrations, platforms, MetricSpec::Of::account)},
      {"accounts", std::move(accounts)}};
}

std::string shown_text(const Post& post, const Delivery& delivery) {
  const auto target = static_cast<std::size_t>(delivery.target);
  const bool own = target < post.targets.size() && post.targets[target].text.has_value();
  const auto points = code_points_of(own ? *post.targets[target].text : post.text);
  return to_utf8(std::u32string_view(points).substr(0, kTextShown));
}

// What a cursor belongs to: the parameters as they came, so that it outlives midnight.
std::string bound_of(const Query& query) {
  std::string bound;
  for (const char* name : {"platform", "account_id", "post_id", "from", "to"}) {
    if (const auto* value = query.find(name)) bound += name + ("=" + *value) + ";";
  }
  return bound;
}

Result<json::object> of_posts(const ApiCall& call) {
  HERALD_TRY(const Query query,
             strict_query(call.request.query,
                          {"platform", "account_id", "post_id", "from", "to", "cursor", "limit"}));
  HERALD_TRY(const FiguresFilter filter, filter_of(call, query));
  const std::string bound = bound_of(query);
  HERALD_TRY(const PageRequest asked, page_request(call, query, "analytics", bound));
  const Services& services = call.services;
  const CustomerScope& scope = call.caller().scope;
  HERALD_TRY(const auto page, services.store.post_figures(scope, filter, asked));
  HERALD_TRY(const auto accounts,
             services.store.list_accounts(scope, filter.user, filter.platform));
  std::set<PlatformId> platforms;
  for (const auto& account : accounts) platforms.insert(account.platform);
  json::array posts;
  for (const auto& [delivery, figures] : page.rows) {
    HERALD_TRY(const Post post, services.store.find_post(scope, delivery.post));
    const auto account = std::ranges::find(accounts, delivery.account, &Account::id);
    const bool connected = account != accounts.end();
    platforms.insert(delivery.platform);
    posts.push_back({{"post_id", delivery.post.value},
                     {"delivery_id", delivery.id.value},
                     {"account_id", delivery.account.value},
                     {"account_name", connected ? account->name : std::string()},
                     {"platform", delivery.platform.value},
                     {"account_kind", connected ? account->kind : std::string()},
                     {"kind", delivery.kind},
                     {"text", shown_text(post, delivery)},
                     {"url", services.hosts.reach(delivery.url)},
                     {"published_at", to_text(*delivery.published_at)},
                     {"figures", figures_json(figures)}});
  }
  json::value next = nullptr;
  if (page.more) {
    const Delivery& last = page.rows.back().delivery;
    HERALD_TRY(const std::string cursor,
               cursor_after(call, "analytics", bound, *last.published_at, last.id.value));
    next = json::value(cursor);
  }
  return json::object{
      {"from", day_text(filter.from)},
      {"to", day_text(filter.to)},
      {"metrics", metrics_json(services.registrations, platforms, MetricSpec::Of::post)},
      {"posts", std::move(posts)},
      {"next_cursor", std::move(next)}};
}

void list_accounts(ApiCall call, Reply reply) {
  auto answer = of_accounts(call);
  reply(answer ? json_answer(200, *answer) : call.refuse(answer.error()));
}

void list_posts(ApiCall call, Reply reply) {
  auto answer = of_posts(call);
  reply(answer ? json_answer(200, *answer) : call.refuse(answer.error()));
}

}  // namespace

void add_analytics_routes(ApiRoutes& routes) {
  routes.add("GET", "/api/analytics/accounts", {.handle = list_accounts});
  routes.add("GET", "/api/analytics/posts", {.handle = list_posts});
}

}  // namespace herald::http

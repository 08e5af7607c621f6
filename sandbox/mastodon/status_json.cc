#include "sandbox/mastodon/status_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/growth.h"
#include "sandbox/mastodon/media.h"
#include "sandbox/mastodon/posts.h"
#include "sandbox/mastodon/text.h"

namespace herald::sandbox::mastodon {

namespace json = boost::json;

namespace {

// What a status has come to by now; none at its first moment.
std::int64_t figure(const Context& x, const Status& status, std::string_view name,
                    std::uint64_t most) {
  const auto chance = chance_of(fmt::format("{}/{}", status.id, name), x.world.settings.seed);
  return grown(static_cast<std::int64_t>(chance % most), x.now_ms() - status.created_ms, kDayMs);
}

template <typename Belongs>
std::int64_t count_statuses(const State& state, Belongs belongs) {
  return std::ranges::count_if(state.statuses, [&](const auto& entry) {
    return !entry.second.removed && belongs(entry.second);
  });
}

json::object poll_json(const Context& x, const Status& status) {
  const auto& poll = status.poll;
  const bool over = x.now_ms() >= poll.expires_ms;
  json::array options;
  std::int64_t all = 0;
  for (const auto& option : poll.options) {
    const auto votes = figure(x, status, "vote " + option, 40);
    all += votes;
    json::object shown{{"title", option}, {"votes_count", nullptr}};
    if (over || !poll.hide_totals) shown["votes_count"] = votes;
    options.emplace_back(std::move(shown));
  }
  return {{"id", poll.id},
          {"expires_at", moment(poll.expires_ms)},
          {"expired", over},
          {"multiple", poll.multiple},
          {"votes_count", all},
          {"voters_count", all},
          {"options", std::move(options)},
          {"emojis", json::array{}}};
}

std::string content_of(const Request& request, const Status& status) {
  auto content = html_of_text(status.text);
  const auto* quoted = request.state().status(status.quoted);
  if (quoted == nullptr) return content;
  const auto link = request.call.link(request.state().host, status_path(request.state(), *quoted));
  return fmt::format("<p class=\"quote-inline\">RE: <a href=\"{0}\">{0}</a></p>", link) + content;
}

void add_quote(const Request& request, const Status& status, json::object& body) {
  if (!release_of(request.x).quotes) return;
  body["quotes_count"] = count_statuses(
      request.state(), [&](const Status& other) { return other.quoted == status.id; });
  body["quote"] = nullptr;
  if (status.quoted.empty()) return;
  const auto* quoted = request.state().status(status.quoted);
  json::object quote{{"state", quoted == nullptr ? "deleted" : "accepted"},
                     {"quoted_status", nullptr}};
  if (quoted != nullptr) quote["quoted_status"] = status_json(request, *quoted);
  body["quote"] = std::move(quote);
}

}  // namespace

json::object status_json(const Request& request, const Status& status) {
  const auto& x = request.x;
  const auto& state = request.state();
  const auto& author = state.accounts.at(status.account);
  const auto replies =
      count_statuses(state, [&](const Status& other) { return other.in_reply_to == status.id; });
  json::array media;
  for (const auto& id : status.media)
    media.emplace_back(medium_json(x, request.call, state.media.at(id)));
  json::object body{{"id", status.id},
                    {"created_at", moment(status.created_ms)},
                    {"in_reply_to_id", nullptr},
                    {"in_reply_to_account_id", nullptr},
                    {"sensitive", status.sensitive},
                    {"spoiler_text", status.spoiler},
                    {"visibility", status.visibility},
                    {"language", status.language},
                    {"uri", fmt::format("https://{}/users/{}/statuses/{}", state.host,
                                        author.username, status.id)},
                    {"url", request.call.link(state.host, status_path(state, status))},
                    {"replies_count", replies + figure(x, status, "replies", 12)},
                    {"reblogs_count", figure(x, status, "reblogs", 60)},
                    {"favourites_count", figure(x, status, "favourites", 240)},
                    {"content", content_of(request, status)},
                    {"reblog", nullptr},
                    {"account", account_json(request, author)},
                    {"media_attachments", std::move(media)},
                    {"mentions", json::array{}},
                    {"tags", json::array{}},
                    {"emojis", json::array{}},
                    {"card", nullptr},
                    {"poll", nullptr}};
  const auto above = state.statuses.find(status.in_reply_to);
  if (above != state.statuses.end()) {
    body["in_reply_to_id"] = status.in_reply_to;
    body["in_reply_to_account_id"] = above->second.account;
  }
  if (!status.poll.options.empty()) body["poll"] = poll_json(x, status);
  const auto app = state.apps.find(status.app);
  const bool mine = request.me != nullptr && request.me->id == author.id;
  if (app != state.apps.end() && mine)
    body["application"] = json::object{{"name", app->second.name}, {"website", nullptr}};
  add_quote(request, status, body);
  return body;
}

json::object account_json(const Request& request, const Account& account) {
  const auto& x = request.x;
  const auto& state = request.state();
  const auto at = [&](const std::string& path) { return request.call.link(state.host, path); };
  const auto avatar = at("/avatars/" + account.id + ".svg");
  const auto grows = static_cast<std::int64_t>(chance_of(account.id, x.world.settings.seed) % 200);
  constexpr std::int64_t kBornMs = 1'717'977'600'000;  // A midnight, as the platform gives it.
  std::int64_t last_ms = 0;
  for (const auto& [id, status] : state.statuses)
    if (status.account == account.id && !status.removed) last_ms = status.created_ms;
  json::object body{
      {"id", account.id},
      {"username", account.username},
      {"acct", account.username},
      {"display_name", account.display_name},
      {"locked", false},
      {"bot", false},
      {"created_at", moment(kBornMs)},
      {"note", "<p>" + html_escaped(account.note) + "</p>"},
      {"url", at("/@" + account.username)},
      {"uri", "https://" + state.host + "/users/" + account.username},
      {"avatar", avatar},
      {"avatar_static", avatar},
      {"followers_count", account.followers + grown(grows, x.now_ms() - kBornMs, 1000 * kDayMs)},
      {"following_count", account.following},
      {"statuses_count",
       count_statuses(state, [&](const Status& status) { return status.account == account.id; })},
      {"last_status_at", nullptr},
      {"emojis", json::array{}},
      {"fields", json::array{}}};
  if (last_ms > 0)
    body["last_status_at"] =
        x.choice("last_status_at") == "time" ? moment(last_ms) : moment(last_ms).substr(0, 10);
  if (account.silenced) body["limited"] = true;
  return body;
}

json::object scheduled_json(const Request& request, const Scheduled& scheduled) {
  const auto& status = scheduled.status;
  json::array media;
  for (const auto& id : status.media)
    media.emplace_back(medium_json(request.x, request.call, request.state().media.at(id)));
  return {{"id", scheduled.id},
          {"scheduled_at", moment(scheduled.due_ms)},
          {"params", json::object{{"text", status.text},
                                  {"visibility", status.visibility},
                                  {"spoiler_text", status.spoiler},
                                  {"sensitive", status.sensitive},
                                  {"language", status.language},
                                  {"scheduled_at", nullptr}}},
          {"media_attachments", std::move(media)}};
}

}  // namespace herald::sandbox::mastodon

#include "sandbox/mastodon/state.h"

#include <algorithm>
#include <boost/describe.hpp>
#include <boost/json.hpp>

namespace herald::sandbox::mastodon {

BOOST_DESCRIBE_STRUCT(App, (), (client_id, secret, name, scopes, redirect_uris))
BOOST_DESCRIBE_STRUCT(Account, (),
                      (id, username, display_name, note, privacy, sensitive, language, quote_policy,
                       standing, silenced, followers, following, signs_in))
BOOST_DESCRIBE_STRUCT(Code, (), (app, account, redirect_uri, scopes, challenge, issued_ms, used))
BOOST_DESCRIBE_STRUCT(Token, (), (app, account, scopes, issued_ms, expired, revoked))
BOOST_DESCRIBE_STRUCT(Medium, (),
                      (id, account, digest, mime, type, description, focus_x, focus_y, width,
                       height, duration_ms, kept_since_ms, ready_ms, fails, status))
BOOST_DESCRIBE_STRUCT(Poll, (), (id, options, expires_ms, multiple, hide_totals))
BOOST_DESCRIBE_STRUCT(Status, (),
                      (id, account, app, text, spoiler, visibility, sensitive, language,
                       in_reply_to, quoted, quote_policy, media, poll, created_ms, listed_ms,
                       removed))
BOOST_DESCRIBE_STRUCT(Scheduled, (), (id, due_ms, status))
BOOST_DESCRIBE_STRUCT(Key, (), (status, scheduled, runs_until_ms, kept_until_ms))
BOOST_DESCRIBE_STRUCT(Window, (), (number, used))
BOOST_DESCRIBE_STRUCT(Fate, (), (outcome, processing_ms))
BOOST_DESCRIBE_STRUCT(State, (),
                      (host, apps, accounts, codes, tokens, media, statuses, scheduled, keys,
                       windows, media_fates, status_runs, signed_in, last_status, last_medium,
                       last_other, first_status, first_medium))

namespace {

// Above 2^53, where a double loses digits.
constexpr std::int64_t kFirstStatus = 115'600'000'000'000'001;
constexpr std::int64_t kFirstMedium = 22'348'641;
constexpr std::int64_t kFirstOther = 34'001;
constexpr std::int64_t kBetweenInstances = 1'000'000;

App demo_app(std::string client_id, std::string secret) {
  return {.client_id = std::move(client_id),
          .secret = std::move(secret),
          .name = "Herald Demo",
          .scopes = {"profile", "read", "read:accounts", "read:statuses", "write", "write:statuses",
                     "write:media"}};
}

}  // namespace

const Status* State::status(const std::string& id) const {
  const auto found = statuses.find(id);
  return found == statuses.end() || found->second.removed ? nullptr : &found->second;
}

const Account* State::account_named(std::string_view id_or_username) const {
  const auto found = std::ranges::find_if(accounts, [&](const auto& entry) {
    return entry.first == id_or_username || entry.second.username == id_or_username;
  });
  return found == accounts.end() ? nullptr : &found->second;
}

void State::revoke(const std::string& account) {
  for (auto& [value, token] : tokens)
    if (!token.account.empty() && (account.empty() || token.account == account))
      token.revoked = true;
}

std::string State::next_status_id() { return std::to_string(first_status + last_status++); }
std::string State::next_medium_id() { return std::to_string(first_medium + last_medium++); }
std::string State::next_id() { return std::to_string(kFirstOther + last_other++); }

void State::forget_old(std::int64_t now_ms) {
  std::erase_if(codes, [&](const auto& entry) { return entry.second.issued_ms < now_ms - kDayMs; });
  std::erase_if(keys, [&](const auto& entry) { return entry.second.kept_until_ms <= now_ms; });
  std::erase_if(media, [&](const auto& entry) {
    return entry.second.status.empty() && entry.second.kept_since_ms <= now_ms - kDayMs;
  });
}

State seeded_state(std::string_view host) {
  const bool first = host == kHost;
  State state{.host = std::string(host),
              .first_status = kFirstStatus + (first ? 0 : kBetweenInstances),
              .first_medium = kFirstMedium + (first ? 0 : kBetweenInstances)};
  const auto app = first ? demo_app("sandbox-mastodon-client", "sandbox-mastodon-secret")
                         : demo_app("sandbox-mastodon-other", "sandbox-mastodon-other-secret");
  state.apps[app.client_id] = app;
  const auto number = [&](std::int64_t id) {
    return std::to_string(id + (first ? 0 : kBetweenInstances));
  };
  const Account accounts[] = {{.id = number(109'876'543'210'987'654),
                               .username = "bluebakery",
                               .display_name = "Blue Bakery",
                               .note = "Bread since 1987.",
                               .followers = 821,
                               .following = 12,
                               .signs_in = true},
                              {.id = number(109'876'543'210'987'655),
                               .username = "cornerbooks",
                               .display_name = "Corner Books",
                               .note = "Second hand, first rate.",
                               .privacy = "unlisted",
                               .followers = 64,
                               .following = 7,
                               .signs_in = true},
                              {.id = number(109'876'543'210'987'656),
                               .username = "harbourchoir",
                               .display_name = "Harbour Choir",
                               .note = "We sing on Sundays.",
                               .quote_policy = "nobody",
                               .followers = 19}};
  for (const auto& account : accounts) state.accounts[account.id] = account;
  const auto& choir = accounts[2];
  const auto id = std::to_string(state.first_status - 1);
  state.statuses[id] = {.id = id,
                        .account = choir.id,
                        .text = "We sing on Sunday, at eleven.",
                        .visibility = "public",
                        .language = "en",
                        .quote_policy = choir.quote_policy,
                        .created_ms = 1'717'998'000'000};
  return state;
}

std::string to_json(const States& states) {
  return boost::json::serialize(boost::json::value_from(states));
}

States states_from(std::string_view json) {
  return boost::json::value_to<States>(boost::json::parse(json));
}

}  // namespace herald::sandbox::mastodon

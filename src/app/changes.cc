#include "app/changes.h"

#include <algorithm>
#include <utility>

namespace herald {
namespace {

constexpr int kNewest = 50;  // Rows of a kind that one run looks at.

PageRequest newest() {
  PageRequest page;
  page.limit = kNewest;
  return page;
}

bool is_news(const std::map<std::string, std::string>& before, const std::string& id,
             const std::string& now) {
  const auto found = before.find(id);
  return found == before.end() || found->second != now;
}

}  // namespace

// Each step of a delivery leaves a line of history.
Result<Done> Changes::look_at_deliveries(const CustomerScope& scope, const Seen* before, Seen& now,
                                         std::vector<Event>& news) const {
  HERALD_TRY(const auto page, store_.list_attempts(scope, {}, newest()));
  for (const auto& attempt : page.rows) {
    now.attempts.insert(attempt.id);
    if (before == nullptr || before->attempts.contains(attempt.id)) continue;
    news.push_back({attempt.customer, attempt.user, "delivery.updated", attempt.delivery.value,
                    attempt.post.value});
  }
  return Done{};
}

Result<Done> Changes::look_at_posts(const CustomerScope& scope, const Seen* before, Seen& now,
                                    std::vector<Event>& news) const {
  HERALD_TRY(const auto page, store_.list_posts(scope, {}, newest()));
  for (const auto& post : page.rows) {
    const std::string stand =
        std::to_string(post.revision) + " " + std::to_string(to_ms(post.updated_at));
    now.posts[post.id.value] = stand;
    if (before == nullptr || !is_news(before->posts, post.id.value, stand)) continue;
    news.push_back({post.customer, post.user, "post.updated", post.id.value, post.id.value});
  }
  return Done{};
}

Result<Done> Changes::look_at_accounts(const CustomerScope& scope, const Seen* before, Seen& now,
                                       std::vector<Event>& news) const {
  HERALD_TRY(const auto accounts, store_.list_accounts(scope, std::nullopt, std::nullopt));
  HERALD_TRY(const auto standings, store_.account_standings(scope, std::nullopt, std::nullopt));
  std::map<std::string, UserId> owners;
  for (const auto& account : accounts) owners[account.id.value] = account.user;
  for (const auto& one : standings) {
    const auto owner = owners.find(one.id.value);
    if (owner == owners.end()) continue;  // It came in between: the next run sees it.
    // The owner stands in front, to be told when the account is gone.
    std::string stand = owner->second.value + "\n" + std::to_string(static_cast<int>(one.state)) +
                        " " + std::to_string(one.parked) + " " + one.name + "\n" +
                        std::to_string(to_ms(one.connected_at)) + " " + one.state_message;
    for (const auto& scope_granted : one.scopes) stand += " " + scope_granted;
    if (before != nullptr && is_news(before->accounts, one.id.value, stand)) {
      news.push_back({scope.customer(), owner->second, "account.updated", one.id.value, {}});
    }
    now.accounts[one.id.value] = std::move(stand);
  }
  if (before == nullptr) return Done{};
  for (const auto& [id, stand] : before->accounts) {
    if (now.accounts.contains(id)) continue;
    news.push_back(
        {scope.customer(), UserId(stand.substr(0, stand.find('\n'))), "account.updated", id, {}});
  }
  return Done{};
}

Result<Done> Changes::look_at_media(const CustomerScope& scope, const Seen* before, Seen& now,
                                    std::vector<Event>& news) const {
  HERALD_TRY(const auto page, store_.list_media(scope, std::nullopt, newest()));
  for (const auto& medium : page.rows) {
    const std::string stand = std::to_string(static_cast<int>(medium.status));
    now.media[medium.id.value] = stand;
    if (before == nullptr || !is_news(before->media, medium.id.value, stand)) continue;
    news.push_back({medium.customer, medium.user, "media.updated", medium.id.value, {}});
  }
  return Done{};
}

Result<Changes::Seen> Changes::look(const CustomerScope& scope, const Seen* before,
                                    std::vector<Event>& news) const {
  Seen now;
  HERALD_CHECK(look_at_deliveries(scope, before, now, news));
  HERALD_CHECK(look_at_posts(scope, before, now, news));
  HERALD_CHECK(look_at_accounts(scope, before, now, news));
  HERALD_CHECK(look_at_media(scope, before, now, news));
  return now;
}

Result<Done> Changes::run_once(const std::vector<CustomerScope>& watched) {
  std::map<CustomerId, Seen> seen;
  for (const auto& scope : watched) {
    const auto before = seen_.find(scope.customer());
    std::vector<Event> news;
    HERALD_TRY(auto now, look(scope, before == seen_.end() ? nullptr : &before->second, news));
    seen[scope.customer()] = std::move(now);
    // From the oldest on, so that the newest is told last.
    std::ranges::reverse(news);
    for (auto& event : news) events_.publish(std::move(event));
  }
  seen_ = std::move(seen);
  return Done{};
}

}  // namespace herald

#include "sandbox/mastodon/posts.h"

#include "sandbox/mastodon/text.h"

namespace herald::sandbox::mastodon {

namespace {

std::string kind_of(const State& state, const Status& status) {
  if (!status.poll.options.empty()) return "poll";
  if (status.media.size() > 1) return "carousel";
  if (status.media.empty()) return "text";
  const auto& type = state.media.at(status.media.front()).type;
  return type == "audio" ? "audio" : type == "image" ? "image" : "video";
}

// The first status of a thread; empty: this is none's answer.
std::string root_of(const State& state, const Status& status) {
  std::string root;
  for (auto id = status.in_reply_to; !id.empty();) {
    root = id;
    const auto above = state.statuses.find(id);
    id = above == state.statuses.end() ? std::string() : above->second.in_reply_to;
  }
  return root;
}

LedgerEntry entry_of(const Context& x, const Status& status, std::string event) {
  const auto& author = x.state.accounts.at(status.account);
  LedgerEntry entry{.at_ms = x.now_ms(),
                    .platform = "mastodon",
                    .account = author.id,
                    .account_name = "@" + author.username,
                    .event = std::move(event),
                    .kind = kind_of(x.state, status),
                    .audience = status.visibility,
                    .id = status.id,
                    .parent = root_of(x.state, status),
                    .title = status.spoiler,
                    .text = status.text,
                    .link = "https://" + x.state.host + status_path(x.state, status)};
  for (const auto& id : status.media) {
    const auto& medium = x.state.media.at(id);
    entry.media.push_back({medium.digest, medium.mime});
  }
  return entry;
}

}  // namespace

const Status& add_status(Context& x, Status status) {
  status.created_ms = x.now_ms();
  status.listed_ms = status.created_ms + x.number("list_lag_ms");
  auto& held = x.state.statuses[status.id];
  held = std::move(status);
  for (const auto& id : held.media) x.state.media.at(id).status = held.id;
  x.world.ledger.record(entry_of(x, held, held.in_reply_to.empty() ? "post" : "comment"));
  return held;
}

void take_away(Context& x, const std::string& id) {
  auto& status = x.state.statuses.at(id);
  x.world.ledger.record(entry_of(x, status, "removed"));
  status.removed = true;
  for (const auto& medium : status.media) {
    auto& freed = x.state.media.at(medium);
    freed.status.clear();
    freed.kept_since_ms = x.now_ms();
  }
}

void post_scheduled(Context& x) {
  for (auto it = x.state.scheduled.begin(); it != x.state.scheduled.end();) {
    if (it->second.due_ms > x.now_ms()) {
      ++it;
      continue;
    }
    auto status = std::move(it->second.status);
    it = x.state.scheduled.erase(it);
    status.id = x.state.next_status_id();
    add_status(x, std::move(status));
  }
}

std::string status_path(const State& state, const Status& status) {
  return "/@" + state.accounts.at(status.account).username + "/" + status.id;
}

bool visible_to(const Status& status, const Account* reader) {
  const bool everybody = status.visibility == "public" || status.visibility == "unlisted";
  return everybody || (reader != nullptr && reader->id == status.account);
}

}  // namespace herald::sandbox::mastodon

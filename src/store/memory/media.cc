#include <algorithm>
#include <tuple>

#include "domain/delivery_rules.h"
#include "ports/store_refusals.h"
#include "store/memory/memory_store.h"
#include "store/memory/table.h"

namespace herald {

// Attached, or the value of an option (a cover, a thumbnail): which options name media, only the
// platforms know.
std::set<MediaId> MemoryStore::media_of(const Post& post) const {
  std::set<MediaId> used;
  const auto add = [&](const MediaId& id) {
    if (find_row(media_, post.customer, id) != nullptr) used.insert(id);
  };
  for (const MediaUse& use : post.media) add(use.medium);
  for (const Target& target : post.targets) {
    for (const auto& [name, value] : target.options) {
      if (const auto* text = std::get_if<std::string>(&value)) add(MediaId(*text));
    }
  }
  return used;
}

Result<Done> MemoryStore::add_medium(const CustomerScope& scope, const Medium& medium,
                                     int uploads_max) {
  const std::scoped_lock lock(mutex_);
  if (medium.customer != scope.customer()) return rows_do_not_match("medium of another customer");
  const auto is_open = [&](const auto& entry) {
    return entry.second.customer == medium.customer && entry.second.user == medium.user &&
           entry.second.status == MediaStatus::uploading;
  };
  if (std::ranges::count_if(media_, is_open) >= uploads_max) return too_many_uploads();
  if (!media_.try_emplace({medium.customer, medium.id}, medium).second) {
    return exists_already("file");
  }
  return Done{};
}

Result<Medium> MemoryStore::find_medium(const CustomerScope& scope, const MediaId& id) {
  const std::scoped_lock lock(mutex_);
  const Medium* medium = find_row(media_, scope.customer(), id);
  if (medium == nullptr) return no_such("file");
  return *medium;
}

Result<Done> MemoryStore::save_medium(const CustomerScope& scope, const Medium& medium) {
  const std::scoped_lock lock(mutex_);
  if (medium.customer != scope.customer()) return rows_do_not_match("medium of another customer");
  Medium* stored = find_row(media_, medium.customer, medium.id);
  if (stored == nullptr) return no_such("file");
  const Medium before = *stored;
  *stored = medium;
  stored->user = before.user;
  stored->created_at = before.created_at;
  return Done{};
}

Result<Done> MemoryStore::touch_medium(const CustomerScope& scope, const MediaId& id, Time now) {
  const std::scoped_lock lock(mutex_);
  Medium* stored = find_row(media_, scope.customer(), id);
  if (stored == nullptr) return no_such("file");
  if (stored->status == MediaStatus::uploading) stored->touched_at = now;
  return Done{};
}

Result<PageOf<Medium>> MemoryStore::list_media(const CustomerScope& scope,
                                               const std::optional<UserId>& user,
                                               const PageRequest& page) {
  const std::scoped_lock lock(mutex_);
  std::vector<Medium> rows;
  for (const auto& [key, medium] : media_) {
    if (medium.customer == scope.customer() && (!user || medium.user == *user)) {
      rows.push_back(medium);
    }
  }
  return page_of(std::move(rows), page,
                 [](const Medium& row) { return std::pair(row.created_at, row.id.value); });
}

Result<Done> MemoryStore::remove_medium(const CustomerScope& scope, const MediaId& id) {
  const std::scoped_lock lock(mutex_);
  const CustomerId& customer = scope.customer();
  if (find_row(media_, customer, id) == nullptr) return no_such("file");
  for (const auto& [key, delivery] : deliveries_) {
    if (delivery.customer == customer && !is_final(delivery.state) &&
        posts_.at({customer, delivery.post}).media.contains(id)) {
      return media_in_use();
    }
  }
  for (const auto& [key, follow_up] : follow_ups_) {
    const bool over =
        follow_up.state == FollowUpState::done || follow_up.state == FollowUpState::failed;
    if (over || follow_up.customer != customer) continue;
    const Delivery& delivery = deliveries_.at({customer, follow_up.delivery});
    if (posts_.at({customer, delivery.post}).media.contains(id)) return media_in_use();
  }
  media_.erase({customer, id});
  for (auto& [key, row] : posts_) {
    if (row.post.customer == customer) row.media.erase(id);
  }
  return Done{};
}

Result<std::uint64_t> MemoryStore::media_bytes(const CustomerScope& scope) {
  const std::scoped_lock lock(mutex_);
  std::uint64_t sum = 0;
  for (const auto& [key, medium] : media_) {
    if (medium.customer == scope.customer()) sum += medium.received_bytes;
  }
  return sum;
}

Result<std::vector<Medium>> MemoryStore::unfinished_media(Time before, int max) {
  const std::scoped_lock lock(mutex_);
  std::vector<Medium> rows;
  for (const auto& [key, medium] : media_) {
    const bool stale = medium.status == MediaStatus::uploading && medium.touched_at < before;
    if (medium.status == MediaStatus::processing || stale) rows.push_back(medium);
  }
  std::ranges::sort(rows, [](const Medium& a, const Medium& b) {
    const bool a_uploads = a.status == MediaStatus::uploading;
    const bool b_uploads = b.status == MediaStatus::uploading;
    const Time a_time = a_uploads ? a.touched_at : a.created_at;
    const Time b_time = b_uploads ? b.touched_at : b.created_at;
    return std::tie(a_uploads, a_time, a.customer, a.id) <
           std::tie(b_uploads, b_time, b.customer, b.id);
  });
  if (std::ssize(rows) > max) rows.resize(static_cast<std::size_t>(max));
  return rows;
}

Result<std::vector<Medium>> MemoryStore::media_after(
    const std::optional<std::pair<CustomerId, MediaId>>& place, int max) {
  const std::scoped_lock lock(mutex_);
  std::vector<Medium> rows;
  for (auto it = place ? media_.upper_bound(*place) : media_.begin();
       it != media_.end() && std::ssize(rows) < max; ++it) {
    rows.push_back(it->second);
  }
  return rows;
}

}  // namespace herald

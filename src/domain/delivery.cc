#include "domain/delivery.h"

#include <algorithm>
#include <array>

namespace herald {
namespace {

using enum DeliveryState;

constexpr std::array kNames{"scheduled", "running", "waiting", "published", "failed",
                            "parked",    "unknown", "review",  "cancelled", "missed"};

struct Move {
  DeliveryState from;
  DeliveryState to;
};

constexpr Move kMoves[] = {
    {scheduled, running}, {scheduled, cancelled}, {scheduled, missed}, {running, waiting},
    {running, scheduled}, {running, published},   {running, failed},   {running, parked},
    {running, unknown},   {running, review},      {running, missed},   {running, cancelled},
    {waiting, running},   {waiting, cancelled},   {waiting, missed},   {unknown, published},
    {unknown, waiting},   {unknown, scheduled},   {unknown, failed},   {unknown, review},
    {review, published},  {review, scheduled},    {parked, scheduled}, {parked, cancelled},
    {parked, missed},     {failed, scheduled},
};

}  // namespace

const char* name_of(DeliveryState state) { return kNames[static_cast<std::size_t>(state)]; }

std::optional<DeliveryState> delivery_state_of(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<DeliveryState>(found - kNames.begin());
}

bool may_move(DeliveryState from, DeliveryState to) {
  return std::ranges::any_of(kMoves, [&](const Move& m) { return m.from == from && m.to == to; });
}

bool is_final(DeliveryState state) {
  return state == published || state == failed || state == cancelled || state == missed;
}

DeliveryId delivery_id(const PostId& post, const AccountId& account, std::string_view target_key) {
  std::string text = "dlv_" + post.value + "." + account.value;
  if (!target_key.empty()) text.append(".").append(target_key);
  return DeliveryId(std::move(text));
}

const char* name_of(FollowUpState state) {
  constexpr std::array names{"due", "running", "done", "failed", "unknown"};
  return names[static_cast<std::size_t>(state)];
}

const char* name_of(PostStatus status) {
  constexpr std::array names{"scheduled", "publishing",      "published", "partly_published",
                             "failed",    "needs_attention", "cancelled", "missed"};
  return names[static_cast<std::size_t>(status)];
}

PostStatus fold(const std::vector<Delivery>& deliveries) {
  const auto count = [&](auto... states) {
    return std::ranges::count_if(deliveries,
                                 [&](const Delivery& d) { return ((d.state == states) || ...); });
  };
  const auto all = static_cast<std::ptrdiff_t>(deliveries.size());
  if (all == 0) return PostStatus::scheduled;
  if (count(parked, unknown, review) > 0) return PostStatus::needs_attention;
  if (count(running, waiting) > 0) return PostStatus::publishing;
  const auto published_count = count(published);
  if (count(scheduled) > 0) {
    return published_count > 0 ? PostStatus::publishing : PostStatus::scheduled;
  }
  if (published_count == all) return PostStatus::published;
  if (published_count > 0) return PostStatus::partly_published;
  if (count(cancelled) == all) return PostStatus::cancelled;
  return count(failed) > 0 ? PostStatus::failed : PostStatus::missed;
}

}  // namespace herald

// Stores keep enums by name, so that a row can be read by eye and numbers may change.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "domain/account.h"
#include "domain/delivery.h"
#include "domain/media.h"
#include "domain/scope.h"

namespace herald {

// Every enum's names, in the order of its values.
inline constexpr std::array<std::string_view, 2> names_of(Role) { return {"member", "admin"}; }
inline constexpr std::array<std::string_view, 3> names_of(GrantState) {
  return {"live", "needs_reconnect", "revoked"};
}
inline constexpr std::array<std::string_view, 7> names_of(FlowStatus) {
  return {"waiting", "returned", "working", "choose", "connected", "denied", "failed"};
}
inline constexpr std::array<std::string_view, 4> names_of(MediaStatus) {
  return {"uploading", "processing", "ready", "refused"};
}
template <std::size_t count, class E>
std::array<std::string_view, count> domain_names() {
  std::array<std::string_view, count> names;
  for (std::size_t i = 0; i < count; ++i) names[i] = name_of(static_cast<E>(i));
  return names;
}
inline auto names_of(MediaType) { return domain_names<4, MediaType>(); }
inline auto names_of(DeliveryState) { return domain_names<10, DeliveryState>(); }
inline auto names_of(FollowUpState) { return domain_names<5, FollowUpState>(); }
inline auto names_of(PostStatus) { return domain_names<8, PostStatus>(); }

template <class E>
std::string_view stored_name(E value) {
  return names_of(value).at(static_cast<std::size_t>(value));
}

// nullopt for a name that this program does not know.
template <class E>
std::optional<E> enum_named(std::string_view name) {
  const auto names = names_of(E{});
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace herald

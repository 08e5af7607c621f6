// Names of things. Each kind is a type of its own, so that one cannot be passed for another.
// Every id that Herald makes is a prefix and 128 random bits in lower-case base32 ("post_x7...");
// platforms' ids are text, whatever they look like.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace herald {

template <class Tag>
struct Id {
  std::string value;

  Id() = default;
  explicit Id(std::string text) : value(std::move(text)) {}
  bool empty() const { return value.empty(); }
  friend auto operator<=>(const Id&, const Id&) = default;
};

using CustomerId = Id<struct CustomerTag>;
using UserId = Id<struct UserTag>;
using SessionId = Id<struct SessionTag>;
using FlowId = Id<struct FlowTag>;        // One OAuth connection attempt.
using GrantId = Id<struct GrantTag>;      // One consent: a set of tokens.
using AccountId = Id<struct AccountTag>;  // One connected page, channel or profile.
using MediaId = Id<struct MediaTag>;
using PostId = Id<struct PostTag>;
using DeliveryId = Id<struct DeliveryTag>;  // Post x account x target.
using PlatformId = Id<struct PlatformTag>;  // "instagram", "youtube", ..., "twitter".

}  // namespace herald

template <class Tag>
struct std::hash<herald::Id<Tag>> {
  std::size_t operator()(const herald::Id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.value);
  }
};

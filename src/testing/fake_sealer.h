// Sealing without cryptography: what is sealed for one place opens for that place only, is unlike
// any other sealing of the same bytes, and does not show them.
#pragma once

#include <string>

#include "ports/sealer.h"

namespace herald::testing {

class FakeSealer final : public Sealer {
 public:
  Result<std::string> seal(const SealContext& context, std::string_view plain) override {
    if (broken) return fail(ErrorKind::unavailable, "The data key could not be had.");
    return std::to_string(++made_) + "|" + place_of(context) + "|" + masked(plain);
  }
  Result<Secret> open(const SealContext& context, std::string_view sealed) override {
    const auto wrong = [] { return fail(ErrorKind::internal, "A stored value is damaged."); };
    if (broken) return fail(ErrorKind::unavailable, "The data key could not be had.");
    const auto bar = sealed.find('|');
    if (bar == sealed.npos) return wrong();
    const std::string place = place_of(context) + "|";
    sealed.remove_prefix(bar + 1);
    if (!sealed.starts_with(place)) return wrong();
    return Secret(masked(sealed.substr(place.size())));
  }

  bool broken = false;

 private:
  static std::string place_of(const SealContext& context) {
    return context.customer.value + "/" + context.purpose + "/" + context.platform + "/" +
           context.owner + "/" + context.kind;
  }
  static std::string masked(std::string_view bytes) {
    std::string text(bytes);
    for (char& c : text) c = static_cast<char>(c ^ 0x55);
    return text;
  }

  std::uint64_t made_ = 0;
};

}  // namespace herald::testing

// A whole installation as one file, to move it from any store into any other. The file is lines of
// JSON: a head, every row kind after kind, and a tail with the count and digest of each kind.
// Everything sealed stays sealed: whoever has the vault's keys and the file has all. The bytes of
// media are not in it.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "config/config.h"
#include "crypto/wrapping_keys.h"
#include "ports/store_copy.h"

namespace herald {

struct Tally {
  std::int64_t count = 0;
  std::string digest;  // SHA-256 over the digest of the rows before and the next row, hex.
  friend bool operator==(const Tally&, const Tally&) = default;
};
using Tallies = std::array<Tally, kRowKinds>;  // By kind.

// The store that settings name, with its canary (crypto/self_check.h).
struct MovingPlace {
  std::unique_ptr<StoreCopy> rows;
  std::function<Result<std::optional<std::string>>()> canary;
  std::function<Result<Done>(const std::string&)> set_canary;

  enum class Use { reading, writing };
  static Result<MovingPlace> open(const Config& config, Time now, Use use);
};

// Writes the file, which must not be there yet. conflict: nothing was ever started here; an import
// was cut off; or the store was written to meanwhile, and the file is not kept.
Result<Tallies> export_installation(MovingPlace& from, const std::string& file);

// Into an empty store only. The whole file and the vault's keys are checked before anything is
// written. invalid: it is cut short, was changed, or is another version's. conflict: the store is
// not empty, the keys are others, or what is read back differs. Until the end nothing starts on the
// store; what is left of an import that was cut off is to be thrown away.
Result<Tallies> import_installation(MovingPlace& into, const std::string& file,
                                    const WrappingKeys& keys);

}  // namespace herald

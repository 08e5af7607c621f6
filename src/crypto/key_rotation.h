// Moving every data key from an old wrapping key to the primary one, while everything runs:
//   1. configure "new,old" everywhere: all processes read both, new wrappings use "new";
//   2. rewrap_data_keys(), again after any interruption: what is done stays done;
//   3. check_may_drop("old"), then take "old" out of the configuration.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "crypto/wrapping_keys.h"
#include "ports/key_store.h"

namespace herald {

struct RewrapCount {
  std::size_t rewrapped = 0;
  std::size_t already = 0;  // Under the primary before, or moved by somebody else meanwhile.
};

// Each data key is replaced by compare-and-set. Fails at the first key that cannot be unwrapped or
// stored; calling again goes on from there.
Result<RewrapCount> rewrap_data_keys(KeyStore& store, const WrappingKeys& keys, Random& random);

// How many data keys each wrapping key holds, by its id ("" counts unreadable ones). Reads all.
Result<std::map<std::string, std::size_t>> count_by_wrapping_key(KeyStore& store);

// conflict: data keys still need it (V-08).
Result<Done> check_may_drop(KeyStore& store, std::string_view wrapping_key_id);

// conflict: some data key is wrapped by a key that is not here: an older key file was restored, or
// a key was removed too early. Nothing is written (V-09).
Result<Done> check_wrapping_keys_complete(KeyStore& store, const WrappingKeys& keys);

}  // namespace herald

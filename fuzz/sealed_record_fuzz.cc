// What the vault did not seal does not open; what it sealed opens, unless one byte is another one.
// The first two bytes choose the byte to change.
#include <cstdint>
#include <cstdlib>

#include "crypto/sealed_links.h"
#include "crypto/system_random.h"
#include "crypto/vault_sealer.h"
#include "testing/fake_clock.h"
#include "testing/memory_key_store.h"

using namespace herald;

namespace {

struct Vault {
  testing::MemoryKeyStore store;
  testing::FakeClock clock;
  SystemRandom random;
  WrappingKeys wrapping = *WrappingKeys::parse(make_wrapping_key("k", random));
  VaultSealer sealer{store, wrapping, clock, random};
  std::unique_ptr<SealedLinks> links =
      std::move(*SealedLinks::make(Secret("k3J9x0Qz7Lm2Vb8Nc5Rt1Yw6Pd4Hs0Ag"), clock));
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Vault vault;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const SealContext context{CustomerId("cust_a"), "grant", "instagram", "grant_1", "access"};
  if (vault.sealer.open(context, input)) std::abort();
  if (vault.links->open(input)) std::abort();
  const WrappedKey wrapped{1, std::string(input), std::string(16, 'c')};
  if (vault.wrapping.unwrap(context.customer, wrapped)) std::abort();

  if (size < 3) return 0;
  const auto plain = input.substr(2);
  auto sealed = vault.sealer.seal(context, plain).value();
  const auto opened = vault.sealer.open(context, sealed);
  if (!opened || opened->reveal() != plain) std::abort();
  const auto at = static_cast<std::size_t>(data[0] << 8 | data[1]) % sealed.size();
  sealed[at] = static_cast<char>(sealed[at] ^ (1 + data[2] % 255));
  if (vault.sealer.open(context, sealed)) std::abort();
  return 0;
}

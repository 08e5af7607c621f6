#include "crypto/vault_sealer.h"

#include <sodium.h>

#include <array>

#include "crypto/aead.h"
#include "crypto/byte_layout.h"

namespace herald {
namespace {

constexpr std::string_view kMagic = "HS\x01\x01";
constexpr std::size_t kHeadBytes = kMagic.size() + 4;
constexpr std::size_t kBucketBytes = 32;

std::string bound_data(std::string_view head, const SealContext& context) {
  return field_list({head, context.purpose, context.customer.value, context.platform, context.owner,
                     context.kind});
}

// One text, one detail: whoever can make us open things learns nothing from the way it fails.
std::unexpected<Error> not_opened() {
  return fail(ErrorKind::internal, "A stored secret could not be read. Please reconnect.",
              "sealed record does not open");
}

std::string padded(std::string_view plain) {
  std::string out;
  out.reserve((plain.size() / kBucketBytes + 1) * kBucketBytes);
  out.assign(plain);
  out += '\x80';  // ISO/IEC 7816-4, as sodium_unpad takes it off.
  out.resize((plain.size() / kBucketBytes + 1) * kBucketBytes, '\0');
  return out;
}

}  // namespace

Result<std::string> VaultSealer::seal(const SealContext& context, std::string_view plain) {
  auto found = keys_.newest(context.customer);
  if (!found) {
    auto error = std::move(found).error();
    error.kind = ErrorKind::unavailable;
    return std::unexpected(std::move(error));
  }
  auto& key = **found;
  ++key.seals;
  std::string record(kMagic);
  append_u32(record, key.number);
  const auto bound = bound_data(record, context);
  std::array<char, kAeadNonceBytes> nonce;
  random_.fill(nonce.data(), nonce.size());
  record.append(nonce.data(), nonce.size());
  auto clear = padded(plain);
  record += aead_encrypt(key.key.reveal(), {nonce.data(), nonce.size()}, bound, clear);
  sodium_memzero(clear.data(), clear.size());
  return record;
}

Result<Secret> VaultSealer::open(const SealContext& context, std::string_view sealed) {
  ByteReader reader(sealed);
  const auto magic = reader.take(kMagic.size());
  const auto number = reader.u32();
  const auto nonce = reader.take(kAeadNonceBytes);
  if (!nonce || *magic != kMagic) return not_opened();

  const auto key = keys_.numbered(context.customer, *number);
  if (!key && key.error().kind == ErrorKind::not_found) return not_opened();
  if (!key) return std::unexpected(key.error());

  const auto clear = aead_decrypt((*key)->key.reveal(), *nonce,
                                  bound_data(sealed.substr(0, kHeadBytes), context), reader.rest());
  if (!clear) return not_opened();
  std::size_t size = 0;
  const auto bytes = clear->reveal();
  if (sodium_unpad(&size, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                   kBucketBytes) != 0) {
    return not_opened();
  }
  return Secret(bytes.substr(0, size));
}

}  // namespace herald

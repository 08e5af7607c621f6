#include "crypto/wrapping_keys.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "crypto/aead.h"
#include "crypto/byte_layout.h"
#include "crypto/digest.h"
#include "crypto/private_file.h"
#include "crypto/sodium_start.h"
#include "domain/encoding.h"
#include "domain/weak_secret.h"

namespace herald {
namespace {

// A wrapped key: magic, version, suite, length of the id, id, made_at (ms), nonce, ciphertext, tag.
constexpr std::string_view kMagic = "HK\x01\x01";
constexpr std::size_t kCommitmentBytes = 16;
constexpr std::size_t kMostIdBytes = 32;

bool is_key_id(std::string_view id) {
  return !id.empty() && id.size() <= kMostIdBytes && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

// XChaCha20-Poly1305 does not commit to its key; this does (16 bytes of HMAC-SHA256).
std::string commitment_of(const Secret& key) {
  return hmac_sha256(key.reveal(), "commit").substr(0, kCommitmentBytes);
}

std::string bound_data(std::string_view head, const CustomerId& customer, std::uint32_t number) {
  std::string bound = field_list({"data key", head, customer.value});
  append_u32(bound, number);
  return bound;
}

struct Wrapping {
  std::string_view head;  // Everything before the nonce.
  std::string_view id;
  std::uint64_t made_at_ms = 0;
  std::string_view nonce;
  std::string_view ciphertext;
};

std::optional<Wrapping> read_wrapping(std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.take(kMagic.size()) != kMagic) return std::nullopt;
  const auto id_size = reader.u8();
  const auto id = id_size ? reader.take(*id_size) : std::nullopt;
  const auto made_at = reader.u64();
  const auto head = bytes.substr(0, bytes.size() - reader.rest().size());
  const auto nonce = reader.take(kAeadNonceBytes);
  if (!nonce || !is_key_id(*id)) return std::nullopt;
  return Wrapping{head, *id, *made_at, *nonce, reader.rest()};
}

std::unexpected<Error> refused(std::string reason) {
  return fail(ErrorKind::invalid, "The wrapping keys cannot be used: " + reason + ".");
}

std::unexpected<Error> not_unwrapped(std::string reason) {
  return std::unexpected(Error{ErrorKind::unavailable,
                               "The stored tokens cannot be read just now. Try again later.",
                               "data key: " + std::move(reason),
                               {},
                               kWrongWrappingKey});
}

void wipe(std::string& text) { sodium_memzero(text.data(), text.size()); }

}  // namespace

Result<WrappingKeys> WrappingKeys::parse(std::string_view text) {
  start_sodium();
  WrappingKeys keys;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(", \t\r\n#"), text.size());
    if (end > 0) {
      HERALD_CHECK(keys.add(text.substr(0, end)));
    }
    const bool comment = end < text.size() && text[end] == '#';
    const auto next = comment ? std::min(text.find('\n', end), text.size()) : end;
    text.remove_prefix(std::min(next + 1, text.size()));
  }
  if (keys.keys_.empty()) return refused("there is none");
  return keys;
}

Result<Done> WrappingKeys::add(std::string_view line) {
  const auto colon = std::min(line.find(':'), line.size());
  const auto id = line.substr(0, colon);
  // What is no id may be a key without one: say its place, not its text.
  const auto place = "number " + std::to_string(keys_.size() + 1);
  if (colon == line.size()) return refused(place + " has no \"<id>:\" in front");
  if (!is_key_id(id)) return refused(place + " has an id that is not 1 to 32 of [A-Za-z0-9_-]");

  const auto named = "\"" + std::string(id) + "\"";
  auto bytes = from_base64url(line.substr(colon + 1));
  if (!bytes) return refused(named + " is not base64url without padding");
  const auto size = bytes->size();
  const auto weakness = weakness_of(*bytes);
  Key key{std::string(id),
          LockedBytes(static_cast<char*>(sodium_malloc(kAeadKeyBytes)), sodium_free)};
  if (!key.bytes) return refused("no memory");
  if (size == kAeadKeyBytes) std::memcpy(key.bytes.get(), bytes->data(), kAeadKeyBytes);
  wipe(*bytes);

  if (size != kAeadKeyBytes) {
    return refused(named + " has " + std::to_string(size) + " bytes instead of 32");
  }
  if (weakness) return refused(named + " " + *weakness);
  for (const auto& other : keys_) {
    if (other.id == id) return refused(named + " is there twice");
    if (sodium_memcmp(other.bytes.get(), key.bytes.get(), kAeadKeyBytes) == 0) {
      return refused(named + " is the same key as \"" + other.id + "\"");
    }
  }
  keys_.push_back(std::move(key));
  return Done{};
}

Result<WrappingKeys> WrappingKeys::from_file(const std::string& path) {
  HERALD_TRY(const auto text, read_private_file(path));
  return parse(text.reveal());
}

const WrappingKeys::Key* WrappingKeys::find(std::string_view id) const {
  const auto found = std::ranges::find(keys_, id, &Key::id);
  return found == keys_.end() ? nullptr : &*found;
}

WrappedKey WrappingKeys::wrap(const CustomerId& customer, std::uint32_t number,
                              const PlainDataKey& key, Random& random) const {
  const auto& primary = keys_.front();
  std::string wrapped(kMagic);
  wrapped += static_cast<char>(primary.id.size());
  wrapped += primary.id;
  append_u64(wrapped, static_cast<std::uint64_t>(to_ms(key.made_at)));
  const auto bound = bound_data(wrapped, customer, number);
  std::array<char, kAeadNonceBytes> nonce;
  random.fill(nonce.data(), nonce.size());
  wrapped.append(nonce.data(), nonce.size());
  wrapped += aead_encrypt({primary.bytes.get(), kAeadKeyBytes}, {nonce.data(), nonce.size()}, bound,
                          key.key.reveal());
  return {number, std::move(wrapped), commitment_of(key.key)};
}

Result<PlainDataKey> WrappingKeys::unwrap(const CustomerId& customer,
                                          const WrappedKey& wrapped) const {
  const auto wrapping = read_wrapping(wrapped.wrapped);
  if (!wrapping) return not_unwrapped("unreadable wrapping");
  const auto* key = find(wrapping->id);
  if (key == nullptr) {
    return not_unwrapped("wrapping key \"" + std::string(wrapping->id) + "\" is not configured");
  }
  auto plain =
      aead_decrypt({key->bytes.get(), kAeadKeyBytes}, wrapping->nonce,
                   bound_data(wrapping->head, customer, wrapped.number), wrapping->ciphertext);
  if (!plain || plain->size() != kAeadKeyBytes ||
      !constant_time_equal(commitment_of(*plain), wrapped.commitment)) {
    return not_unwrapped("wrapping key \"" + std::string(wrapping->id) + "\" does not open it");
  }
  return PlainDataKey{std::move(*plain), from_ms(static_cast<std::int64_t>(wrapping->made_at_ms))};
}

std::string wrapping_key_id(const WrappedKey& wrapped) {
  const auto wrapping = read_wrapping(wrapped.wrapped);
  return wrapping ? std::string(wrapping->id) : std::string();
}

std::string make_wrapping_key(std::string_view id, Random& random) {
  return std::string(id) + ":" + random.token(8 * kAeadKeyBytes);
}

}  // namespace herald

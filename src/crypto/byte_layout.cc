#include "crypto/byte_layout.h"

namespace herald {
namespace {

void append_number(std::string& out, std::uint64_t value, unsigned bytes) {
  while (bytes-- > 0) out += static_cast<char>(value >> (8 * bytes) & 0xff);
}

}  // namespace

void append_u32(std::string& out, std::uint32_t value) { append_number(out, value, 4); }
void append_u64(std::string& out, std::uint64_t value) { append_number(out, value, 8); }

void append_field(std::string& out, std::string_view field) {
  append_u32(out, static_cast<std::uint32_t>(field.size()));
  out += field;
}

std::string field_list(std::initializer_list<std::string_view> fields) {
  std::string out;
  for (const auto field : fields) append_field(out, field);
  return out;
}

std::optional<std::string_view> ByteReader::take(std::size_t size) {
  if (short_ || size > rest_.size()) {
    short_ = true;
    return std::nullopt;
  }
  const auto taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

std::optional<std::uint64_t> ByteReader::number(std::size_t size) {
  const auto bytes = take(size);
  if (!bytes) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : *bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

std::optional<std::uint8_t> ByteReader::u8() {
  const auto value = number(1);
  if (!value) return std::nullopt;
  return static_cast<std::uint8_t>(*value);
}

std::optional<std::uint32_t> ByteReader::u32() {
  const auto value = number(4);
  if (!value) return std::nullopt;
  return static_cast<std::uint32_t>(*value);
}

std::optional<std::uint64_t> ByteReader::u64() { return number(8); }

std::optional<std::string_view> ByteReader::field() {
  const auto size = u32();
  return size ? take(*size) : std::nullopt;
}

}  // namespace herald

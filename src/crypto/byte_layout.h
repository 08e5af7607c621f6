// How numbers and fields lie in the byte strings that this room seals and signs. Big-endian.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace herald {

void append_u32(std::string& out, std::uint32_t value);
void append_u64(std::string& out, std::uint64_t value);
void append_field(std::string& out, std::string_view field);  // Its length (u32), then its bytes.
// The fields, each with its length in front, so that "ab","c" is never "a","bc".
std::string field_list(std::initializer_list<std::string_view> fields);

// Takes from the front of bytes that it does not own. After the first shortage everything is
// nothing.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  std::optional<std::string_view> take(std::size_t size);
  std::optional<std::uint8_t> u8();
  std::optional<std::uint32_t> u32();
  std::optional<std::uint64_t> u64();
  std::optional<std::string_view> field();
  std::string_view rest() const { return rest_; }

 private:
  std::optional<std::uint64_t> number(std::size_t size);
  std::string_view rest_;
  bool short_ = false;
};

}  // namespace herald

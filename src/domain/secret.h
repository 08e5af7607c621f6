// Bytes that must not leak: they cannot be printed, compared, copied by accident or turned into a
// string, and are wiped when they go. reveal() is the one way in; the tidy test lists who calls it.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

namespace herald {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view bytes);
  Secret(Secret&& other) noexcept
      : bytes_(std::exchange(other.bytes_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Secret& operator=(Secret&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    std::swap(size_, other.size_);
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  Secret clone() const { return Secret(reveal()); }
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  // Valid as long as this Secret.
  std::string_view reveal() const { return {bytes_, size_}; }

 private:
  char* bytes_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace herald

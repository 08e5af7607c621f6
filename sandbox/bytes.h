// Immutable bytes, in memory or in a file that is mapped when looked at, so that an upload of any
// size is one string_view to whoever reads it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace herald::sandbox {

class Bytes {
 public:
  explicit Bytes(std::string text) : text_(std::move(text)), view_(text_) {}
  // Maps a file. It may be unlinked afterwards; the bytes stay. unavailable: not readable.
  static Result<std::shared_ptr<const Bytes>> of_file(const std::string& path);
  ~Bytes();
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;

  // Valid as long as this object.
  std::string_view view() const { return view_; }

 private:
  Bytes(void* mapped, std::size_t size)
      : mapped_(mapped), view_(static_cast<const char*>(mapped), size) {}

  std::string text_;
  void* mapped_ = nullptr;
  std::string_view view_;
};

using SharedBytes = std::shared_ptr<const Bytes>;

}  // namespace herald::sandbox

#include "sandbox/spool.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace herald::sandbox {

namespace {

constexpr std::size_t kMemoryMax = 1 << 20;

}  // namespace

Spool::~Spool() {
  if (file_ >= 0) ::close(file_);
  if (!path_.empty()) ::unlink(path_.c_str());
}

bool Spool::write(std::string_view piece) {
  if (file_ < 0 && memory_.size() + piece.size() <= kMemoryMax) {
    memory_ += piece;
    return true;
  }
  if (file_ < 0) {
    path_ = (folder_.empty() ? std::string("/tmp") : folder_) + "/body-XXXXXX";
    file_ = ::mkstemp(path_.data());
    if (file_ < 0) path_.clear();
    if (file_ < 0 || !to_file(memory_)) return false;
    memory_.clear();
  }
  return to_file(piece);
}

bool Spool::to_file(std::string_view piece) {
  while (!piece.empty()) {
    const auto wrote = ::write(file_, piece.data(), piece.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    piece.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

SharedBytes Spool::take() {
  if (file_ < 0) return std::make_shared<const Bytes>(std::move(memory_));
  auto mapped = Bytes::of_file(path_);
  return mapped ? *mapped : std::make_shared<const Bytes>(std::string());
}

}  // namespace herald::sandbox

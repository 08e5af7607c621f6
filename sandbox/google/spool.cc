#include "sandbox/google/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace herald::sandbox::google {

namespace {

bool write_at(int file, std::string_view bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const auto wrote = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
    offset += static_cast<std::uint64_t>(wrote);
  }
  return true;
}

}  // namespace

bool Spool::write(const std::string& id, std::uint64_t offset, std::string_view bytes) {
  if (folder_.empty()) {
    auto& held = memory_[id];
    held.resize(static_cast<std::size_t>(offset));
    held += bytes;
    return true;
  }
  std::error_code ignored;
  std::filesystem::create_directories(folder_, ignored);
  const int file = ::open(path(id).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool stored =
      ::ftruncate(file, static_cast<off_t>(offset)) == 0 && write_at(file, bytes, offset);
  return ::close(file) == 0 && stored;
}

SharedBytes Spool::whole(const std::string& id) const {
  if (folder_.empty()) {
    const auto found = memory_.find(id);
    return found == memory_.end() ? nullptr : std::make_shared<const Bytes>(found->second);
  }
  auto bytes = Bytes::of_file(path(id));
  return bytes ? *bytes : nullptr;
}

void Spool::drop(const std::string& id) {
  memory_.erase(id);
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove(path(id), ignored);
}

void Spool::clear() {
  memory_.clear();
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

}  // namespace herald::sandbox::google

// The bytes of uploads under way, on disk, since they may be larger than memory.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "sandbox/bytes.h"

namespace herald::sandbox::google {

class Spool {
 public:
  // Empty folder: in memory only; for tests.
  explicit Spool(std::string folder) : folder_(std::move(folder)) {}

  // Puts bytes at an offset; what lay behind it is given up. Blocks on the disk. False: no room.
  bool write(const std::string& id, std::uint64_t offset, std::string_view bytes);
  // All that was written. Null: nothing was.
  SharedBytes whole(const std::string& id) const;
  void drop(const std::string& id);
  void clear();

 private:
  std::string path(const std::string& id) const { return folder_ + "/" + id; }

  std::string folder_;
  std::map<std::string, std::string> memory_;
};

}  // namespace herald::sandbox::google

// The pieces of uploads under way, each by its index, on disk, since they may be larger than
// memory.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/bytes.h"

namespace herald::sandbox {

class Segments {
 public:
  // Empty folder: in memory only; for tests.
  explicit Segments(std::string folder) : folder_(std::move(folder)) {}

  // A segment sent again replaces the first. Blocks on the disk. False: no room.
  bool keep(const std::string& upload, const std::string& index, std::string_view bytes);
  // Those segments, in this order, as one. Null: one of them is not there, or no room.
  SharedBytes joined(const std::string& upload, const std::vector<std::string>& indices) const;
  void drop(const std::string& upload);
  void clear();

 private:
  std::string path(const std::string& upload, const std::string& index) const;

  std::string folder_;
  std::map<std::string, std::map<std::string, std::string>> memory_;
};

}  // namespace herald::sandbox

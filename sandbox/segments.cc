#include "sandbox/segments.h"

#include <filesystem>
#include <fstream>

namespace herald::sandbox {

std::string Segments::path(const std::string& upload, const std::string& index) const {
  return folder_ + "/" + upload + "/" + index;
}

bool Segments::keep(const std::string& upload, const std::string& index, std::string_view bytes) {
  if (folder_.empty()) {
    memory_[upload][index] = std::string(bytes);
    return true;
  }
  std::error_code ignored;
  std::filesystem::create_directories(folder_ + "/" + upload, ignored);
  std::ofstream file(path(upload, index), std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  return file.good();
}

SharedBytes Segments::joined(const std::string& upload,
                             const std::vector<std::string>& indices) const {
  if (folder_.empty()) {
    const auto found = memory_.find(upload);
    if (found == memory_.end()) return nullptr;
    std::string whole;
    for (const auto& index : indices) {
      const auto piece = found->second.find(index);
      if (piece == found->second.end()) return nullptr;
      whole += piece->second;
    }
    return std::make_shared<const Bytes>(std::move(whole));
  }
  const auto target = path(upload, "whole");
  std::ofstream file(target, std::ios::binary | std::ios::trunc);
  for (const auto& index : indices) {
    const auto piece = Bytes::of_file(path(upload, index));
    if (!piece) return nullptr;
    const auto view = (*piece)->view();
    file.write(view.data(), static_cast<std::streamsize>(view.size()));
  }
  file.close();
  if (!file.good()) return nullptr;
  auto whole = Bytes::of_file(target);
  return whole ? *whole : nullptr;
}

void Segments::drop(const std::string& upload) {
  memory_.erase(upload);
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_ + "/" + upload, ignored);
}

void Segments::clear() {
  memory_.clear();
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

}  // namespace herald::sandbox

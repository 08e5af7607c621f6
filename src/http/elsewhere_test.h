// A media folder that has no files for the server to send: as one in an object store.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "ports/media_folder.h"

namespace herald::http {

// With `elsewhere` false it is the folder itself.
class Elsewhere final : public MediaFolder {
 public:
  Elsewhere(MediaFolder& folder, bool elsewhere) : folder_(folder), elsewhere_(elsewhere) {}

  Result<Done> create(const CustomerId& c, const MediaId& id, std::uint64_t bytes) override {
    return folder_.create(c, id, bytes);
  }
  Result<std::unique_ptr<MediaWriter>> open_for_append(const CustomerId& c, const MediaId& id,
                                                       std::uint64_t offset) override {
    return folder_.open_for_append(c, id, offset);
  }
  Result<std::uint64_t> size(const CustomerId& c, const MediaId& id) override {
    return folder_.size(c, id);
  }
  Result<Done> put(const CustomerId& c, const MediaId& id, MediaPart part,
                   std::string_view bytes) override {
    return folder_.put(c, id, part, bytes);
  }
  Result<std::unique_ptr<MediaReader>> open(const CustomerId& c, const MediaId& id, MediaPart part,
                                            std::uint64_t offset) override {
    return folder_.open(c, id, part, offset);
  }
  std::optional<std::string> path_of(const CustomerId& c, const MediaId& id,
                                     MediaPart part) override {
    return elsewhere_ ? std::nullopt : folder_.path_of(c, id, part);
  }
  Result<LocalFile> bring(const CustomerId& c, const MediaId& id, MediaPart part) override {
    return folder_.bring(c, id, part);
  }
  Result<Done> remove(const CustomerId& c, const MediaId& id) override {
    return folder_.remove(c, id);
  }
  Result<Done> visit(const std::function<void(const CustomerId&, const MediaId&)>& found) override {
    return folder_.visit(found);
  }
  Result<std::uint64_t> used_bytes(const CustomerId& c) override { return folder_.used_bytes(c); }

 private:
  MediaFolder& folder_;
  const bool elsewhere_;
};

}  // namespace herald::http

// Media on a disk of this machine: <root>/<customer>/<medium>/<part>, folders 0700, files 0600.
// Ids are spelled so that no id can name another's place. Several processes may share a root.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "ports/media_folder.h"

namespace herald::media {

struct DiskLimits {
  std::uint64_t customer_bytes_max = 100ull << 30;
  // Kept free for everything else on the disk, the database first of all.
  std::uint64_t free_bytes_min = 256ull << 20;
};

class DiskFolder final : public MediaFolder {
 public:
  // Makes the root if need be. unavailable: it cannot be written; the message says why.
  static Result<std::unique_ptr<DiskFolder>> open_root(std::string root, DiskLimits limits);

  Result<Done> create(const CustomerId& customer, const MediaId& id,
                      std::uint64_t expected_bytes) override;
  Result<std::unique_ptr<MediaWriter>> open_for_append(const CustomerId& customer,
                                                       const MediaId& id,
                                                       std::uint64_t offset) override;
  Result<std::uint64_t> size(const CustomerId& customer, const MediaId& id) override;
  Result<Done> put(const CustomerId& customer, const MediaId& id, MediaPart part,
                   std::string_view bytes) override;
  Result<std::unique_ptr<MediaReader>> open(const CustomerId& customer, const MediaId& id,
                                            MediaPart part, std::uint64_t offset) override;
  std::optional<std::string> path_of(const CustomerId& customer, const MediaId& id,
                                     MediaPart part) override;
  Result<Done> remove(const CustomerId& customer, const MediaId& id) override;
  Result<Done> visit(
      const std::function<void(const CustomerId& customer, const MediaId& id)>& found) override;
  Result<std::uint64_t> used_bytes(const CustomerId& customer) override;

 private:
  DiskFolder(std::string root, DiskLimits limits) : root_(std::move(root)), limits_(limits) {}
  std::string place_of(const CustomerId& customer) const;
  std::string place_of(const CustomerId& customer, const MediaId& id) const;
  void remove_cut_off(const std::string& place);
  Result<Done> check_room(const CustomerId& customer, std::uint64_t bytes);

  std::string root_;
  DiskLimits limits_;
  std::mutex places_;  // Held while a place is made or removed, and the quota looked at.
};

}  // namespace herald::media

#include "program/media_place.h"

#include <utility>

#include "media/disk_folder.h"
#include "media/s3/folder.h"

namespace herald {
namespace {

constexpr std::uint64_t kFreeBytesMin = 256ull << 20;

}  // namespace

Result<std::unique_ptr<MediaFolder>> open_media_place(const Config& config, const Digest& digest,
                                                      Random& random) {
  const ObjectStorage& storage = config.object_storage;
  if (!storage.in_use()) {
    HERALD_TRY(auto disk, media::DiskFolder::open_root(config.data_folder + "/media",
                                                       {config.customer_bytes_max, kFreeBytesMin}));
    return disk;
  }
  media::S3Place place{storage.endpoint, storage.bucket, storage.region, storage.access_key,
                       storage.secret_key.clone()};
  HERALD_TRY(auto bucket, media::S3Folder::open_bucket(
                              std::move(place), config.data_folder + "/spool",
                              {config.customer_bytes_max, kFreeBytesMin}, {digest, random}));
  return bucket;
}

}  // namespace herald

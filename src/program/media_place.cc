#include "program/media_place.h"

#include "media/disk_folder.h"
#include "media/s3/folder.h"

namespace herald {
namespace {

constexpr std::uint64_t kFreeBytesMin = 256ull << 20;

media::S3Place place_in(const ObjectStorage& storage) {
  return {storage.endpoint, storage.bucket, storage.region, storage.access_key,
          storage.secret_key.clone()};
}

}  // namespace

Result<std::unique_ptr<MediaFolder>> open_media_place(const Config& config, const Digest& digest,
                                                      Random& random) {
  const ObjectStorage& storage = config.object_storage;
  if (!storage.in_use()) {
    HERALD_TRY(auto disk, media::DiskFolder::open_root(config.data_folder + "/media",
                                                       {config.customer_bytes_max, kFreeBytesMin}));
    return disk;
  }
  HERALD_TRY(auto bucket, media::S3Folder::open_bucket(
                              place_in(storage), config.data_folder + "/spool",
                              {config.customer_bytes_max, kFreeBytesMin}, {digest, random}));
  return bucket;
}

Result<Done> check_media_place(const Config& config, const Digest& digest) {
  if (!config.object_storage.in_use()) return Done{};
  media::S3Client client(place_in(config.object_storage), digest);
  return media::S3Folder::check_bucket(client);
}

}  // namespace herald

// Media in a bucket of an object store: <customer>/<medium>/<part>. Several processes may share a
// bucket, and it should be theirs alone. docs/adr/0030 says how uploads go on after a crash.
#pragma once

#include <memory>
#include <string>

#include "media/s3/client.h"
#include "media/s3/turns.h"
#include "ports/digest.h"
#include "ports/media_folder.h"
#include "ports/random.h"

namespace herald::media {

struct S3Limits {
  std::uint64_t customer_bytes_max = 100ull << 30;
  // Kept free on the disk of this machine when a medium is brought here.
  std::uint64_t free_bytes_min = 256ull << 20;
};

class S3Folder final : public MediaFolder {
 public:
  struct Parts {
    const Digest& digest;
    Random& random;
  };
  // `spool`: a folder of this process's own on this machine, made if need be and emptied; bring()
  // puts copies there. unavailable: the bucket cannot be used; the message says what to check.
  static Result<std::unique_ptr<S3Folder>> open_bucket(S3Place place, std::string spool,
                                                       S3Limits limits, Parts parts);
  // Whether open_bucket() would find a bucket that can be used; touches nothing on this machine.
  static Result<Done> check_bucket(S3Client& client);

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
  Result<LocalFile> bring(const CustomerId& customer, const MediaId& id, MediaPart part) override;
  Result<Done> remove(const CustomerId& customer, const MediaId& id) override;
  Result<Done> visit(
      const std::function<void(const CustomerId& customer, const MediaId& id)>& found) override;
  Result<std::uint64_t> used_bytes(const CustomerId& customer) override;

 private:
  S3Folder(S3Place place, std::string spool, S3Limits limits, Parts parts);
  struct Stand;  // What is there of one medium.
  Result<Stand> look(const std::string& place);
  Result<std::uint64_t> bytes_of(const std::string& key);
  Result<Done> each_object(const std::string& prefix,
                           const std::function<void(const std::string&, std::uint64_t)>& found);
  Result<Done> check_room(const CustomerId& customer, std::uint64_t bytes);
  Result<Done> abort_parts(const std::string& record_key);

  std::string spool_;
  S3Limits limits_;
  Random& random_;
  S3Client client_;
  Turns turns_;
};

}  // namespace herald::media

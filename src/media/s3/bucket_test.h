// A bucket of its own for each test, in an object store that nobody here wrote.
#pragma once

#include <memory>
#include <string>

#include "crypto/digest.h"
#include "crypto/system_random.h"
#include "media/s3/client.h"
#include "media/s3/folder.h"
#include "testing/object_store.h"
#include "testing/test_folder.h"

namespace herald::media {

inline testing::ObjectStore& object_store() {
  static testing::ObjectStore store(std::string(HERALD_SOURCE_DIR) + "/tests/s3/serve");
  return store;
}

class Bucket {
 public:
  Bucket() {
    static int made = 0;
    name_ = "herald-media-" + std::to_string(++made);
    S3Client client(place(), digest_);
    if (!client.ask({.method = "PUT"})) throw std::runtime_error("no bucket for the test");
    (void)object_store().asked();
  }

  S3Place place() const {
    return {object_store().url(), name_, testing::kStoreRegion, testing::kStoreAccessKey,
            Secret(testing::kStoreSecretKey)};
  }
  S3Client client() const { return {place(), digest_}; }
  // As another process has it: with a spool of its own.
  std::unique_ptr<S3Folder> open(S3Limits limits) {
    return std::move(*S3Folder::open_bucket(
        place(), spool_.path() + "/" + std::to_string(++opened_), limits, {digest_, random_}));
  }
  std::string listing() const {
    return client().ask({.method = "GET", .query = {{"list-type", "2"}}}).value().body;
  }
  const std::string& spool() const { return spool_.path(); }
  const Digest& digest() const { return digest_; }
  Random& random() { return random_; }

 private:
  SystemDigest digest_;
  SystemRandom random_;
  testing::TestFolder spool_;
  std::string name_;
  int opened_ = 0;
};

}  // namespace herald::media

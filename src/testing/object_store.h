// An object store on this machine that speaks S3 and judges signatures (tests/s3/server.mjs), as a
// process of its own that ends with this object, or with this process.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace herald::testing {

// What tests/s3/server.mjs believes.
inline constexpr const char* kStoreRegion = "eu-central-1";
inline constexpr const char* kStoreAccessKey = "HERALDTESTKEY";
inline constexpr const char* kStoreSecretKey = "a+secret/of=tests";
inline constexpr const char* kStoreBucket = "herald-media";  // Is there from the start, empty.

class ObjectStore {
 public:
  // `script`: the path of tests/s3/serve. Throws std::runtime_error if it does not start; the first
  // start on a machine fetches packages.
  explicit ObjectStore(const std::string& script);
  ~ObjectStore();
  ObjectStore(const ObjectStore&) = delete;
  ObjectStore& operator=(const ObjectStore&) = delete;

  const std::string& url() const { return url_; }
  // See the script's head. `json`: a list of faults.
  void set_faults(const std::string& json) const;
  // "PUT /bucket/key?query 200" of each answer since the last call, oldest first.
  std::vector<std::string> asked() const;

 private:
  pid_t pid_ = -1;
  std::string url_;
};

}  // namespace herald::testing

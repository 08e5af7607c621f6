// Where media are kept when they are not in the data folder: a bucket that speaks S3.
#pragma once

#include <string>

#include "config/environment.h"
#include "domain/secret.h"

namespace herald {

struct ObjectStorage {
  std::string endpoint;  // HERALD_S3_ENDPOINT, without a slash at its end.
  std::string bucket;    // HERALD_S3_BUCKET
  std::string region;    // HERALD_S3_REGION
  std::string access_key;
  Secret secret_key;

  bool in_use() const { return !bucket.empty(); }
};

// Nothing set: not in use. Else every fault is left in `environment`.
ObjectStorage read_object_storage(Environment& environment);

}  // namespace herald

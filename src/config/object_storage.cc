#include "config/object_storage.h"

#include <algorithm>

#include "config/web_address.h"

namespace herald {
namespace {

constexpr const char* kEndpoint = "HERALD_S3_ENDPOINT";
constexpr const char* kBucket = "HERALD_S3_BUCKET";
constexpr const char* kRegion = "HERALD_S3_REGION";
constexpr const char* kAccessKey = "HERALD_S3_ACCESS_KEY";
constexpr const char* kSecretKey = "HERALD_S3_SECRET_KEY";

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// Amazon's rules for names of buckets, which other stores share.
bool is_bucket(std::string_view name) {
  if (name.size() < 3 || name.size() > 63) return false;
  return is_plain(name.front()) && is_plain(name.back()) &&
         std::ranges::all_of(name, [](char c) { return is_plain(c) || c == '-' || c == '.'; });
}

bool is_region(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return is_plain(c) || c == '-'; });
}

bool is_key(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) {
    return c > ' ' && c < 127 && c != ':' && c != '/';
  });
}

void check_endpoint(Environment& environment, const std::string& endpoint) {
  const auto address = read_web_address(endpoint);
  if (!address || !address->rest.empty()) {
    environment.fault(std::string(kEndpoint) + " is not an address without a path: \"" + endpoint +
                      "\"");
    return;
  }
  // A name without dots is one of a network of containers.
  const bool near = address->on_this_machine() || !address->host.contains('.');
  if (!address->https && !near) {
    environment.fault(std::string(kEndpoint) +
                      " must be an https address (plain http only for localhost and names without "
                      "dots), not \"" +
                      endpoint + "\"");
  }
}

}  // namespace

ObjectStorage read_object_storage(Environment& environment) {
  ObjectStorage place;
  place.endpoint = environment.text(kEndpoint);
  place.bucket = environment.text(kBucket);
  place.region = environment.text(kRegion, "us-east-1");
  place.access_key = environment.text(kAccessKey);
  place.secret_key = environment.secret(kSecretKey);
  while (place.endpoint.ends_with('/')) place.endpoint.pop_back();
  constexpr const char* kAll[] = {kEndpoint, kBucket, kAccessKey, kSecretKey};
  const auto is_set = [&](const char* name) { return environment.has(name); };
  if (std::ranges::none_of(kAll, is_set)) return place;
  for (const char* name : kAll) {
    if (!is_set(name)) {
      environment.fault(
          std::string(name) +
          " is not set; media in a bucket need the endpoint, the bucket and both keys");
    }
  }
  if (is_set(kEndpoint)) check_endpoint(environment, place.endpoint);
  if (is_set(kBucket) && !is_bucket(place.bucket)) {
    environment.fault(std::string(kBucket) + " is not the name of a bucket: \"" + place.bucket +
                      "\"");
  }
  if (!is_region(place.region)) {
    environment.fault(std::string(kRegion) + " is not a region: \"" + place.region + "\"");
  }
  if (is_set(kAccessKey) && !is_key(place.access_key)) {
    environment.fault(std::string(kAccessKey) + " has characters that no access key has");
  }
  return place;
}

}  // namespace herald

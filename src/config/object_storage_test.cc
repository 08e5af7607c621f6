#include "config/object_storage.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

Environment sound() {
  Environment environment;
  environment.set("HERALD_S3_ENDPOINT", "https://s3.example.com/");
  environment.set("HERALD_S3_BUCKET", "herald-media");
  environment.set("HERALD_S3_ACCESS_KEY", "AKIAEXAMPLE");
  environment.set("HERALD_S3_SECRET_KEY", "a/b+c=");
  return environment;
}

std::vector<std::string> faults_of(Environment environment) {
  read_object_storage(environment);
  return environment.faults();
}

std::size_t faults_with(const std::string& name, const std::string& value) {
  Environment environment = sound();
  environment.set(name, value);
  return faults_of(std::move(environment)).size();
}

TEST(ObjectStorage, NothingSetMeansTheDisk) {
  Environment environment;
  EXPECT_FALSE(read_object_storage(environment).in_use());
  environment.set("HERALD_S3_REGION", "eu-central-1");
  EXPECT_FALSE(read_object_storage(environment).in_use());
  EXPECT_TRUE(environment.faults().empty());
}

TEST(ObjectStorage, FourSettingsAreAPlace) {
  Environment environment = sound();
  const auto place = read_object_storage(environment);
  EXPECT_TRUE(environment.faults().empty());
  EXPECT_TRUE(place.in_use());
  EXPECT_EQ(place.endpoint, "https://s3.example.com");
  EXPECT_EQ(place.region, "us-east-1");
  EXPECT_EQ(place.secret_key.reveal(), "a/b+c=");
}

TEST(ObjectStorage, EveryFaultIsToldAtOnceAndNoneHoldsTheKey) {
  Environment environment;
  environment.set("HERALD_S3_ENDPOINT", "http://s3.example.com/path");
  environment.set("HERALD_S3_BUCKET", "Not A Bucket");
  environment.set("HERALD_S3_REGION", "EU");
  environment.set("HERALD_S3_SECRET_KEY", "wJalrXUtnFEMI");
  const auto faults = faults_of(std::move(environment));
  EXPECT_EQ(faults.size(), 4u);
  for (const auto& fault : faults) EXPECT_FALSE(fault.contains("wJalrXUtnFEMI")) << fault;
}

TEST(ObjectStorage, PlainHttpStaysNear) {
  for (const auto* near : {"http://localhost:9000", "http://127.0.0.1:9000", "http://minio:9000"}) {
    EXPECT_EQ(faults_with("HERALD_S3_ENDPOINT", near), 0u) << near;
  }
  EXPECT_EQ(faults_with("HERALD_S3_ENDPOINT", "http://s3.example.com"), 1u);
  EXPECT_EQ(faults_with("HERALD_S3_ENDPOINT", "ftp://minio"), 1u);
  EXPECT_EQ(faults_with("HERALD_S3_ENDPOINT", "https://user@s3.example.com"), 1u);
}

TEST(ObjectStorage, NamesThatWouldSpoilAnAddressOrASignatureAreRefused) {
  for (const auto* bucket : {"ab", "a/b", "a..%2f", "-ab", "ab-", "a_b"}) {
    EXPECT_EQ(faults_with("HERALD_S3_BUCKET", bucket), 1u) << bucket;
  }
  EXPECT_EQ(faults_with("HERALD_S3_REGION", "eu:central"), 1u);
  EXPECT_EQ(faults_with("HERALD_S3_ACCESS_KEY", "a:b"), 1u);
  EXPECT_EQ(faults_with("HERALD_S3_ACCESS_KEY", "a/b"), 1u);
}

}  // namespace
}  // namespace herald

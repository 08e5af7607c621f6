#include "media/s3/client.h"

#include <gtest/gtest.h>

#include "media/s3/bucket_test.h"
#include "media/s3/fault.h"
#include "testing/fault_server.h"

namespace herald::media {
namespace {

class S3ClientTest : public ::testing::Test {
 protected:
  ~S3ClientTest() override { object_store().set_faults("[]"); }
  std::string refusal(S3Place place) const {
    S3Client client(std::move(place), bucket_.digest());
    const auto answer = client.ask({.method = "GET", .key = "a"});
    return answer ? "" : answer.error().detail.substr(answer.error().detail.rfind(": ") + 2);
  }
  std::size_t asked() const { return object_store().asked().size(); }

  Bucket bucket_;
  S3Client client_ = bucket_.client();
};

// The store computes each signature anew with Amazon's own signer.
TEST_F(S3ClientTest, EveryKindOfRequestIsSignedAsAmazonSignsIt) {
  const std::string body("a\0\r\n\xFF", 5);
  ASSERT_TRUE(client_.ask({.method = "PUT", .key = "a~2f/b-c_d.e/original", .body = body}));
  const auto back = client_.ask({.method = "GET", .key = "a~2f/b-c_d.e/original"});
  ASSERT_TRUE(back);
  EXPECT_EQ(back->body, body);
  const auto part = client_.ask(
      {.method = "GET", .key = "a~2f/b-c_d.e/original", .headers = {{"range", "bytes=1-2"}}});
  ASSERT_TRUE(part);
  EXPECT_EQ(part->status, 206);
  EXPECT_EQ(part->body, body.substr(1, 2));
  EXPECT_TRUE(client_.ask({.method = "HEAD", .key = "a~2f/b-c_d.e/original"}));
  EXPECT_TRUE(client_.ask(
      {.method = "GET", .query = {{"list-type", "2"}, {"prefix", "a~2f/ +=&%\xC3\xA9"}}}));
  EXPECT_TRUE(client_.ask({.method = "POST", .key = "parts", .query = {{"uploads", ""}}}));
  EXPECT_TRUE(client_.ask({.method = "PUT",
                           .key = "with-headers",
                           .headers = {{"if-none-match", "*"}, {"x-amz-meta-herald-size", "5"}},
                           .body = body}));
  EXPECT_TRUE(client_.ask({.method = "PUT", .key = "empty"}));
  EXPECT_TRUE(client_.ask({.method = "DELETE", .key = "empty"}));
}

TEST_F(S3ClientTest, TheWrongKeyOrRegionIsRefusedAndToldToNobodyButTheLog) {
  auto wrong = bucket_.place();
  wrong.secret_key = Secret("another");
  EXPECT_EQ(refusal(std::move(wrong)), "SignatureDoesNotMatch 403");
  auto unknown = bucket_.place();
  unknown.access_key = "SOMEBODY";
  EXPECT_EQ(refusal(std::move(unknown)), "InvalidAccessKeyId 403");
  auto elsewhere = bucket_.place();
  elsewhere.region = "us-east-1";
  EXPECT_EQ(refusal(std::move(elsewhere)), "AuthorizationHeaderMalformed 400");
}

TEST_F(S3ClientTest, WhatTheStoreFailedAtIsAskedAgain) {
  object_store().set_faults(
      R"([{"method": "PUT", "times": 2, "status": 500, "code": "InternalError"}])");
  EXPECT_TRUE(client_.ask({.method = "PUT", .key = "a", .body = "x"}));
  EXPECT_EQ(asked(), 3u);
  object_store().set_faults(R"([{"method": "DELETE", "times": 1, "cut": true}])");
  EXPECT_TRUE(client_.ask({.method = "DELETE", .key = "a"}));
}

TEST_F(S3ClientTest, TriesEnd) {
  object_store().set_faults(
      R"([{"method": "PUT", "times": 99, "status": 500, "code": "InternalError"}])");
  const auto refused = client_.ask({.method = "PUT", .key = "a", .body = "x"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(asked(), 3u);
}

TEST_F(S3ClientTest, WhatMustNotBeAskedTwiceIsNot) {
  object_store().set_faults(R"([{"method": "POST", "times": 1, "cut": true}])");
  EXPECT_FALSE(
      client_.ask({.method = "POST", .key = "a", .query = {{"uploads", ""}}, .may_repeat = false}));
  EXPECT_EQ(asked(), 1u);
}

TEST_F(S3ClientTest, AStoreThatIsBusyIsLeftAloneForAWhile) {
  object_store().set_faults(
      R"([{"method": "PUT", "times": 9, "status": 503, "code": "SlowDown"}])");
  const auto refused = client_.ask({.method = "PUT", .key = "a", .body = "x"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "storage_busy");
  EXPECT_TRUE(refused.error().retry_after);
  EXPECT_EQ(asked(), 1u);
}

TEST_F(S3ClientTest, AConnectionThatTheStoreClosedMeanwhileIsNoFault) {
  testing::FaultServer server([](testing::FaultServer::Connection& connection) {
    if (!connection.read_request().empty()) connection.send(testing::http_answer(200, "ok"));
  });
  auto place = bucket_.place();
  place.endpoint = server.url();
  S3Client client(std::move(place), bucket_.digest());
  EXPECT_TRUE(client.ask({.method = "GET", .key = "a"}));
  EXPECT_TRUE(client.ask({.method = "GET", .key = "a"}));
}

TEST_F(S3ClientTest, ACompletionThatFailsAfterItsTwoHundredIsAFailure) {
  testing::FaultServer server([](testing::FaultServer::Connection& connection) {
    while (!connection.read_request().empty()) {
      connection.send(testing::http_answer(
          200, "<?xml version=\"1.0\"?><Error><Code>InternalError</Code></Error>"));
    }
  });
  auto place = bucket_.place();
  place.endpoint = server.url();
  S3Client client(std::move(place), bucket_.digest());
  EXPECT_FALSE(client.ask({.method = "POST", .key = "a", .body = "<x/>"}));
}

TEST(S3Fault, AnUnknownCodeIsJudgedByItsStatus) {
  EXPECT_EQ(reaction_to("NoSuchKey", 404), S3Reaction::missing);
  EXPECT_EQ(reaction_to("NoSuchBucket", 404), S3Reaction::refused);
  EXPECT_EQ(reaction_to("", 404), S3Reaction::missing);
  EXPECT_EQ(reaction_to("Brandnew", 503), S3Reaction::busy);
  EXPECT_EQ(reaction_to("Brandnew", 502), S3Reaction::again);
  EXPECT_EQ(reaction_to("Brandnew", 403), S3Reaction::refused);
}

}  // namespace
}  // namespace herald::media

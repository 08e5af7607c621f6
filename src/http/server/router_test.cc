#include "http/server/router.h"

#include <gtest/gtest.h>

namespace herald::http {
namespace {

class RouterTest : public ::testing::Test {
 protected:
  RouterTest() {
    table_.add("GET", "/posts", 1);
    table_.add("POST", "/posts", 2);
    table_.add("GET", "/posts/recent", 3);
    table_.add("GET", "/posts/{id}", 4);
    table_.add("DELETE", "/{platform}/credentials/{id}", 5);
  }
  RouteTable<int> table_;
};

TEST_F(RouterTest, TheFirstRouteThatFitsIsTaken) {
  EXPECT_EQ(*table_.match("GET", "/posts").handler, 1);
  EXPECT_EQ(*table_.match("POST", "/posts").handler, 2);
  EXPECT_EQ(*table_.match("GET", "/posts/recent").handler, 3);
  EXPECT_EQ(*table_.match("GET", "/posts/p_1").handler, 4);
}

TEST_F(RouterTest, FindKnowsTheSameRoutes) {
  EXPECT_EQ(*table_.find("GET", "/posts/recent"), 3);
  EXPECT_EQ(*table_.find("DELETE", "/twitter/credentials/a"), 5);
  EXPECT_EQ(table_.find("PUT", "/posts"), nullptr);
  EXPECT_EQ(table_.find("GET", "/posts/a/b"), nullptr);
}

TEST_F(RouterTest, APathOfAnyLengthIsUnknown) {
  std::string path;
  for (int i = 0; i < 1'000; ++i) {
    path += "/posts";
    if (i >= 2) EXPECT_EQ(table_.match("GET", path).handler, nullptr) << i;
  }
}

TEST_F(RouterTest, SegmentsAreCaptured) {
  const auto match = table_.match("DELETE", "/twitter/credentials/a 1");
  EXPECT_EQ(match.args, (PathArgs{{"platform", "twitter"}, {"id", "a 1"}}));
}

TEST_F(RouterTest, AnotherMethodIsToldWhichThereAre) {
  const auto match = table_.match("PUT", "/posts");
  EXPECT_EQ(match.handler, nullptr);
  EXPECT_EQ(match.allowed, (std::vector<std::string>{"GET", "POST"}));
}

TEST_F(RouterTest, UnknownPathsHaveNoMethods) {
  for (const char* path : {"", "/", "/posts/", "/posts//", "//posts", "/posts/a/b", "/Posts",
                           "posts/a/b", "/twitter/credentials/"}) {
    const auto match = table_.match("GET", path);
    EXPECT_EQ(match.handler, nullptr) << path;
    EXPECT_TRUE(match.allowed.empty()) << path;
  }
}

}  // namespace
}  // namespace herald::http

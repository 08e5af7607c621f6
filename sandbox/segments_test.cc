#include "sandbox/segments.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace herald::sandbox {

class SandboxSegments : public ::testing::TestWithParam<bool> {
 protected:
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string folder_ = ::testing::TempDir() + "sandbox-segments-" + std::to_string(::getpid());
};

TEST_P(SandboxSegments, pieces_join_in_the_order_asked_for) {
  Segments segments(GetParam() ? folder_ : "");
  EXPECT_TRUE(segments.keep("7", "001", "world"));
  EXPECT_TRUE(segments.keep("7", "000", "Hullo "));
  EXPECT_TRUE(segments.keep("7", "000", "Hello "));
  const auto whole = segments.joined("7", {"000", "001"});
  ASSERT_NE(whole, nullptr);
  EXPECT_EQ(whole->view(), "Hello world");
  EXPECT_EQ(segments.joined("7", {"000", "002"}), nullptr);
  segments.drop("7");
  EXPECT_EQ(segments.joined("7", {"000"}), nullptr);
}

INSTANTIATE_TEST_SUITE_P(InMemoryAndOnDisk, SandboxSegments, ::testing::Bool());

}  // namespace herald::sandbox

#include "http/server/patience.h"

#include <gtest/gtest.h>

namespace herald::http {
namespace {

using std::chrono::seconds;

TEST(Patience, EndsAfterOneLongPause) {
  Patience patience(seconds(30));
  EXPECT_EQ(patience.left(), seconds(30));
  patience.spend(seconds(30), 0);
  EXPECT_EQ(patience.left(), seconds(0));
}

TEST(Patience, ASteadyKibibyteASecondLastsForEver) {
  Patience patience(seconds(30));
  for (int i = 0; i < 1000; ++i) patience.spend(seconds(1), 1024);
  EXPECT_EQ(patience.left(), seconds(30));
}

TEST(Patience, D01_AByteNowAndThenDoesNot) {
  Patience patience(seconds(30));
  for (int i = 0; i < 3; ++i) patience.spend(seconds(10), 1);
  EXPECT_LT(patience.left(), seconds(1));
}

TEST(Patience, DoesNotSaveUp) {
  Patience patience(seconds(30));
  patience.spend(seconds(0), 1'000'000'000);
  EXPECT_EQ(patience.left(), seconds(30));
}

}  // namespace
}  // namespace herald::http

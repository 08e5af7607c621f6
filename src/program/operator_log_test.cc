#include "program/operator_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace herald {
namespace {

// What comes out on standard error, without the time and level before it.
std::string written(std::string_view line) {
  ::testing::internal::CaptureStderr();
  OperatorLog("info").write(LogLevel::info, line);
  std::string out = ::testing::internal::GetCapturedStderr();
  const auto at = out.find(" info ");
  EXPECT_NE(at, out.npos) << out;
  return out.substr(at + 6);
}

TEST(OperatorLog, D04_one_write_is_one_line_whatever_it_holds) {
  EXPECT_EQ(written("a user\n2026-11-22T00:00:00.000Z info all is well\r\t"),
            "a user\\x0a2026-11-22T00:00:00.000Z info all is well\\x0d\\x09\n");
}

TEST(OperatorLog, D04_nothing_reaches_a_terminal_as_an_order) {
  EXPECT_EQ(written("\x1b[2J\x7f"), "\\x1b[2J\\x7f\n");
  EXPECT_EQ(written("\xc2\x9b"
                    "2J"),
            "\\xc2\\x9b2J\n");  // CSI in UTF-8.
  EXPECT_EQ(written("Brötchen £5 🍞"), "Brötchen £5 🍞\n");
  EXPECT_EQ(written(std::string_view("a\0b", 3)), "a\\x00b\n");
}

TEST(OperatorLog, D04_a_megabyte_is_cut_at_4_KiB) {
  const std::string plain = written(std::string(1 << 20, 'x'));
  EXPECT_EQ(plain, std::string(4093, 'x') + "...\n");
  const std::string controls = written(std::string(1 << 20, '\n'));
  EXPECT_LE(controls.size(), 4097u);
  EXPECT_EQ(std::ranges::count(controls, '\n'), 1);
  EXPECT_EQ(written(std::string(4093, 'x')), std::string(4093, 'x') + "\n");
}

TEST(OperatorLog, a_line_below_its_level_is_not_written) {
  ::testing::internal::CaptureStderr();
  OperatorLog("warning").write(LogLevel::info, "quiet");
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace herald

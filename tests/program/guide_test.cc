// `herald guide`, which needs no installation.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/program/house.h"

namespace herald::program {
namespace {

TEST(GuideCommand, prints_what_a_platform_takes_and_asks_for) {
  House house;
  const auto printed = house.run({"guide", "instagram"});
  EXPECT_EQ(printed.code, 0) << printed.err;
  EXPECT_TRUE(printed.out.contains("| `instagram_basic` | ")) << printed.out;
  EXPECT_TRUE(printed.out.contains("| Reel (`reel`) | ")) << printed.out;
}

TEST(GuideCommand, refuses_what_is_no_platform_and_what_is_no_guide) {
  House house;
  const auto unknown = house.run({"guide", "nowhere"});
  EXPECT_EQ(unknown.code, 1);
  EXPECT_TRUE(unknown.err.contains("No platform has this id: nowhere")) << unknown.err;

  const std::string file = house.folder.path() + "/guide.md";
  std::ofstream(file) << "# By hand\n" << std::flush;
  const auto unmarked = house.run({"guide", "instagram", "--into", file});
  EXPECT_EQ(unmarked.code, 1);
  EXPECT_TRUE(unmarked.err.contains("<!-- generated: scopes -->")) << unmarked.err;
  std::string line;
  std::getline(std::ifstream(file), line);
  EXPECT_EQ(line, "# By hand");
}

}  // namespace
}  // namespace herald::program

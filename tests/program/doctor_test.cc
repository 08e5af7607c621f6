// `herald doctor` on good and bad installations.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/program/house.h"

namespace herald::program {
namespace {

TEST(Doctor, new_settings_are_all_that_is_needed) {
  House house;
  const auto doctor = house.run({"doctor"});
  EXPECT_EQ(doctor.code, 0) << doctor.err;
  EXPECT_TRUE(doctor.out.contains("settings, store and keys: good")) << doctor.err;
  EXPECT_TRUE(doctor.out.contains("instagram    no credentials, v")) << doctor.out;
  EXPECT_TRUE(doctor.out.contains("instagram    no credentials, by Instagram Login, v"))
      << doctor.out;
  EXPECT_TRUE(doctor.out.contains("rules: no server answers")) << doctor.out;
}

TEST(Doctor, says_which_platforms_are_set_up_and_what_cannot_serve) {
  House house;
  house.variables["YOUTUBE_CLIENT_ID"] = "an-app.apps.googleusercontent.com";
  house.variables["YOUTUBE_CLIENT_SECRET"] = "a-canary-in-the-settings";
  const auto good = house.run({"doctor"});
  EXPECT_EQ(good.code, 0) << good.err;
  EXPECT_TRUE(good.out.contains("youtube      configured")) << good.out;
  EXPECT_FALSE(good.out.contains("a-canary-in-the-settings"));

  house.variables["HERALD_WEB"] = house.folder.path() + "/nowhere";
  const auto bad = house.run({"doctor"});
  EXPECT_EQ(bad.code, 1);
  EXPECT_TRUE(bad.err.contains("HERALD_WEB")) << bad.err;
}

TEST(Doctor, works_beside_a_running_server) {
  House house;
  const auto herald = house.serve();
  const auto doctor = house.run({"doctor"});
  EXPECT_EQ(doctor.code, 0);
  EXPECT_TRUE(doctor.out.contains("rules: no platform has refused")) << doctor.out;
  EXPECT_TRUE(house.ready());
}

TEST(Doctor, names_a_database_that_is_none) {
  House house;
  std::filesystem::create_directory(house.data());
  std::filesystem::permissions(house.data(), std::filesystem::perms::owner_all);
  std::ofstream(house.data() + "/herald.db") << std::string(8'192, 'x');
  for (const char* command : {"doctor", "serve"}) {
    const auto ended = house.run({command});
    EXPECT_EQ(ended.code, 1) << command;
    EXPECT_TRUE(ended.err.starts_with("herald: ")) << ended.err;
    EXPECT_TRUE(ended.err.contains("herald.db")) << ended.err;
  }
}

}  // namespace
}  // namespace herald::program

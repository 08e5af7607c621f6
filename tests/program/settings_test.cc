// Wrong settings: every fault at once, exit code 78, nothing started.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/program/house.h"

namespace herald::program {
namespace {

namespace fs = std::filesystem;

constexpr int kWrongSettings = 78;

TEST(Settings, every_fault_is_listed_and_nothing_is_started) {
  House house;
  fs::create_directory(house.data());
  ::chmod(house.data().c_str(), 0755);
  house.variables["HERALD_EDGE_PORT"] = "99999";
  house.variables["HERALD_LOG_LEVEL"] = "loud";
  house.variables["HERALD_JWT_SECRET"] = "short";
  house.variables["HERALD_INTERNAL_SECRET"] = "";
  house.variables["HERALD_VAULT_KEYS"] = "k1:AAAA";
  house.variables["HERALD_PUBLIC_URL"] = "http://herald.example";
  house.variables["INSTAGRAM_APP_ID"] = "1";
  const auto ended = house.run({"serve"});
  EXPECT_EQ(ended.code, kWrongSettings);
  EXPECT_TRUE(ended.err.contains("nothing was started"));
  for (const char* fault :
       {"HERALD_EDGE_PORT", "HERALD_LOG_LEVEL", "HERALD_JWT_SECRET", "HERALD_INTERNAL_SECRET", "k1",
        "HERALD_PUBLIC_URL", "INSTAGRAM_APP_ID", "HERALD_DATA"}) {
    EXPECT_TRUE(ended.err.contains(fault)) << fault << "\n" << ended.err;
  }
  EXPECT_TRUE(fs::is_empty(house.data()));
}

TEST(Settings, T08_an_uploader_that_all_can_reach_does_not_start_without_the_internal_secret) {
  House house;
  house.variables["HERALD_ADDRESS"] = "0.0.0.0";
  for (const char* secret : {"", "short", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    house.variables["HERALD_INTERNAL_SECRET"] = secret;
    const auto ended = house.run({"serve"});
    EXPECT_EQ(ended.code, kWrongSettings) << secret;
    EXPECT_TRUE(ended.err.contains("HERALD_INTERNAL_SECRET")) << ended.err;
  }
}

TEST(Settings, every_command_that_needs_them_refuses) {
  House house;
  house.variables["HERALD_WORKERS"] = "none";
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"serve"},
        {"doctor"},
        {"keys", "rotate"},
        {"token", "--email", kEmail},
        {"user", "add", "--customer", "c", "--email", kEmail}}) {
    EXPECT_EQ(house.run(words).code, kWrongSettings) << words[0];
  }
  EXPECT_FALSE(fs::exists(house.data()));
}

TEST(Settings, V10_a_vault_key_that_is_none_is_refused) {
  House house;
  for (const std::string& key : {std::string(), std::string("k1:"), "k1:" + std::string(43, 'A'),
                                 "k1:" + std::string(42, 'b'), std::string("nonsense")}) {
    house.variables["HERALD_VAULT_KEYS"] = key;
    EXPECT_EQ(house.run({"serve"}).code, kWrongSettings) << key;
  }
}

TEST(Settings, V19_a_key_file_that_others_may_read_is_refused) {
  House house;
  const std::string file = house.folder.path() + "/key";
  std::ofstream(file) << house.variables["HERALD_VAULT_KEYS"];
  house.variables.erase("HERALD_VAULT_KEYS");
  house.variables["HERALD_VAULT_KEY_FILE"] = file;
  for (const mode_t mode : {0644u, 0640u, 0604u}) {
    ::chmod(file.c_str(), mode);
    const auto ended = house.run({"doctor"});
    EXPECT_EQ(ended.code, kWrongSettings) << std::oct << mode;
    EXPECT_TRUE(ended.err.contains(file)) << ended.err;
  }
  for (const mode_t mode : {0600u, 0400u}) {
    ::chmod(file.c_str(), mode);
    EXPECT_NE(house.run({"doctor"}).code, kWrongSettings) << std::oct << mode;
  }
}

TEST(Settings, V19_a_settings_file_that_others_may_read_is_refused) {
  House house;
  const std::string file = house.folder.path() + "/herald.env";
  std::ofstream(file) << house.run({"keys", "new-settings"}).out;
  for (const char* name : {"HERALD_JWT_SECRET", "HERALD_INTERNAL_SECRET", "HERALD_VAULT_KEYS"}) {
    house.variables.erase(name);
  }
  house.variables["HERALD_SETTINGS"] = file;
  ::chmod(file.c_str(), 0644);
  EXPECT_EQ(house.run({"doctor"}).code, kWrongSettings);
  ::chmod(file.c_str(), 0600);
  EXPECT_NE(house.run({"doctor"}).code, kWrongSettings);
  house.variables["HERALD_SETTINGS"] = file + ".missing";
  const auto missing = house.run({"doctor"});
  EXPECT_EQ(missing.code, kWrongSettings);
  EXPECT_TRUE(missing.err.contains(file + ".missing"));
}

TEST(Settings, a_customers_id_is_plain) {
  House house;
  for (const char* id : {"", "/canary", "a b", "a\nb", "\xc3\xa9"}) {
    const auto ended =
        house.run({"user", "add", "--customer", id, "--email", kEmail}, "long-password\n");
    EXPECT_EQ(ended.code, 1) << id;
  }
  EXPECT_FALSE(fs::exists(house.data()));
}

}  // namespace
}  // namespace herald::program

#include "sandbox/options.h"

#include <gtest/gtest.h>

namespace herald::sandbox {

TEST(Options, RedirectUrisAreGatheredByPlatform) {
  const auto options = read_options(
      {"--port", "9000", "--redirect-uri", "instagram=http://a/b=c", "--redirect-uri",
       "instagram=http://d", "--redirect-uri=youtube=http://e", "--processing-scale", "0.1"});
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->settings.port, 9000);
  EXPECT_EQ(options->settings.redirect_uris.at("instagram"),
            (std::vector<std::string>{"http://a/b=c", "http://d"}));
  EXPECT_EQ(options->settings.redirect_uris.at("youtube").size(), 1U);
  EXPECT_DOUBLE_EQ(options->settings.processing_scale, 0.1);
}

TEST(Options, ARedirectUriMayHoldForEveryPlatform) {
  const auto options = read_options({"--redirect-uri", "http://a/{platform}/back?x=1",
                                     "--redirect-uri", "youtube=http://e/{platform}"});
  ASSERT_TRUE(options.has_value());
  const auto of = [&](const char* id) { return options->settings.redirect_uris_of(id); };
  EXPECT_EQ(of("reddit"), (std::vector<std::string>{"http://a/reddit/back?x=1"}));
  EXPECT_EQ(of("youtube"),
            (std::vector<std::string>{"http://e/{platform}", "http://a/youtube/back?x=1"}));
}

TEST(Options, WhatCannotBeMeantIsRefused) {
  EXPECT_FALSE(read_options({"--redirect-uri", "http://no-platform"}).has_value());
  EXPECT_FALSE(read_options({"--prot", "1"}).has_value());
  EXPECT_FALSE(read_options({"--port", "70000"}).has_value());
  EXPECT_TRUE(read_options({"--help"})->help);
}

}  // namespace herald::sandbox

#include "platforms/list.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

namespace herald {
namespace {

TEST(PlatformList, knows_every_platform_that_has_a_guide_and_no_other) {
  std::set<std::string> known;
  for (const Platform* platform : all_platforms()) known.insert(platform->spec->id.value);
  std::set<std::string> guides;
  for (const auto& file :
       std::filesystem::directory_iterator(HERALD_SOURCE_DIR "/docs/platforms")) {
    guides.insert(file.path().stem().string());
  }
  EXPECT_EQ(known, guides);
  EXPECT_TRUE(known.contains("youtube"));
}

TEST(PlatformList, finds_by_id_and_nothing_else) {
  ASSERT_NE(find_platform(PlatformId("youtube")), nullptr);
  EXPECT_EQ(find_platform(PlatformId("youtube"))->spec->name, "YouTube");
  EXPECT_EQ(find_platform(PlatformId("YouTube")), nullptr);
  EXPECT_EQ(find_platform(PlatformId("")), nullptr);
}

TEST(PlatformList, tells_two_sign_ins_of_one_platform_apart) {
  const PlatformId id("instagram");
  EXPECT_EQ(find_platform(id)->spec->sign_in, "Facebook Login");
  EXPECT_EQ(find_platform(id, "login")->spec->sign_in, "Instagram Login");
  EXPECT_EQ(find_platform(id, "other"), nullptr);
  EXPECT_EQ(find_platform(PlatformId("youtube"), "login"), nullptr);
  std::set<std::pair<std::string, std::string>> sign_ins;
  for (const Platform* platform : all_platforms()) {
    const PlatformSpec& spec = *platform->spec;
    EXPECT_TRUE(sign_ins.emplace(spec.id.value, spec.registration).second) << spec.id.value;
  }
}

TEST(PlatformList, a_card_says_which_variables_to_set) {
  for (const Platform* platform : all_platforms()) {
    const PlatformSpec& spec = *platform->spec;
    EXPECT_FALSE(spec.name.empty());
    EXPECT_FALSE(spec.sign_in.empty()) << spec.id.value;
    EXPECT_FALSE(spec.account_type.empty()) << spec.id.value;
    EXPECT_FALSE(spec.can_post.empty()) << spec.id.value;
    EXPECT_FALSE(spec.variables.client_id.empty()) << spec.id.value;
    EXPECT_FALSE(spec.variables.client_secret.empty()) << spec.id.value;
    EXPECT_TRUE(spec.variables.redirect_uri.ends_with("_REDIRECT_URI")) << spec.id.value;
  }
}

}  // namespace
}  // namespace herald

// What sets Instagram Login apart; what it sends and hears is recorded under
// tests/fixtures/instagram_login.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "platforms/instagram.h"
#include "platforms/list.h"

namespace herald {
namespace {

using testing::StartsWith;

const PlatformSpec& login() { return *find_platform(PlatformId("instagram"), "login")->spec; }

TEST(InstagramLogin, IL04_the_fragment_that_a_browser_may_leave_on_the_code_is_known) {
  EXPECT_EQ(login().oauth.code_suffix, "#_");
}

TEST(InstagramLogin, posts_what_the_other_sign_in_posts_by_permissions_of_its_own) {
  const PlatformSpec& other = *find_platform(PlatformId("instagram"))->spec;
  EXPECT_EQ(login().id, other.id);
  ASSERT_EQ(login().kinds.size(), other.kinds.size());
  const auto& scopes = login().scopes;
  for (const auto& scope : scopes) {
    EXPECT_THAT(scope.name, StartsWith("instagram_business_"));
    EXPECT_EQ(std::ranges::count(other.scopes, scope.name, &ScopeSpec::name), 0) << scope.name;
  }
  int named = 0;
  for (const auto& kind : login().kinds) {
    for (const auto& option : kind.options) {
      if (option.scope.empty()) continue;
      ++named;
      EXPECT_EQ(std::ranges::count(scopes, option.scope, &ScopeSpec::name), 1) << option.scope;
    }
  }
  for (const auto& metric : login().metrics) {
    if (metric.scope.empty()) continue;
    ++named;
    EXPECT_EQ(std::ranges::count(scopes, metric.scope, &ScopeSpec::name), 1) << metric.scope;
  }
  EXPECT_GT(named, 0);
}

TEST(InstagramLogin, its_tokens_go_to_instagram_alone) {
  const auto& other = find_platform(PlatformId("instagram"))->spec->token_hosts;
  for (const auto& host : login().token_hosts) {
    EXPECT_TRUE(host.ends_with(".instagram.com")) << host;
    EXPECT_EQ(std::ranges::count(other, host), 0) << host;
  }
}

TEST(InstagramLogin, the_person_is_known_by_the_id_that_notices_name) {
  const FlowSteps steps = instagram_flows::login_discover();
  Answer answer{.status = 200};
  answer.body = R"({"id":"24000000000000003","user_id":"17841400000000003","username":"mia"})";
  const auto progress = steps.absorb({}, {}, answer).progress;
  const Step step = steps.next({}, progress);
  const auto& found = std::get<Discovered>(std::get<Finished>(step).outcome);
  EXPECT_EQ(found.subject, "24000000000000003");
  EXPECT_EQ(found.accounts.at(0).remote_id, "17841400000000003");
}

TEST(InstagramLogin, a_dead_connection_leads_to_instagram_and_not_to_facebook) {
  for (const int subcode : {0, 458, 459, 460, 463, 464, 467}) {
    Input input;
    Answer answer{.status = 400};
    answer.body = R"({"error":{"code":190,"error_subcode":)" + std::to_string(subcode) + "}}";
    input.account.product = "instagram_login";
    const auto at_instagram = instagram_flows::fault_in(input, answer);
    input.account.product = "facebook_login";
    const auto at_facebook = instagram_flows::fault_in(input, answer);
    ASSERT_TRUE(at_instagram && at_facebook);
    EXPECT_EQ(at_instagram->error.message.find("Facebook"), std::string::npos) << subcode;
    EXPECT_EQ(at_instagram->error.kind, at_facebook->error.kind) << subcode;
    EXPECT_EQ(at_instagram->error.code, at_facebook->error.code) << subcode;
  }
}

}  // namespace
}  // namespace herald

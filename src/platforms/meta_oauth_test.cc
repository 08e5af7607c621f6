#include "platforms/meta_oauth.h"

#include <gtest/gtest.h>

namespace herald::meta_oauth {
namespace {

TEST(MetaNotice, M19_names_the_person) {
  const auto notice = read_notice(R"({"algorithm":"HMAC-SHA256","expires":1291840400,)"
                                  R"("issued_at":1291836800,"user_id":"218471"})");
  ASSERT_TRUE(notice);
  EXPECT_EQ(notice->subject, "218471");
}

TEST(MetaNotice, ids_may_be_numbers_and_a_page_may_remove_the_app) {
  const auto number = read_notice(R"({"algorithm":"HMAC-SHA256","user_id":10150000000000001})");
  ASSERT_TRUE(number);
  EXPECT_EQ(number->subject, "10150000000000001");
  const auto page =
      read_notice(R"({"algorithm":"HMAC-SHA256","user_id":"0","profile_id":"112233445566"})");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->subject, "112233445566");
}

TEST(MetaNotice, M20_another_algorithm_is_refused) {
  for (const char* payload :
       {R"({"algorithm":"none","user_id":"1"})", R"({"algorithm":"hmac-sha256","user_id":"1"})",
        R"({"user_id":"1"})", R"({"algorithm":"HMAC-SHA256"})",
        R"({"algorithm":"HMAC-SHA256","user_id":"0"})", R"([])", "", "user_id=1",
        R"({"algorithm":"HMAC-SHA256","user_id":"1","user_id":"2"})"}) {
    const auto notice = read_notice(payload);
    ASSERT_FALSE(notice) << payload;
    EXPECT_EQ(notice.error().kind, ErrorKind::invalid);
  }
}

}  // namespace
}  // namespace herald::meta_oauth

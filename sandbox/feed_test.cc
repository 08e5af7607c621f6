// The audience's page.
#include "sandbox/feed.h"

#include <gmock/gmock.h>

namespace herald::sandbox {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Feed, PostsCommentsChangesAndRemovalsAreFolded) {
  const std::vector<LedgerEntry> entries = {
      {.platform = "youtube",
       .account = "UC1",
       .account_name = "Blue Bakery",
       .event = "post",
       .kind = "video",
       .audience = "private",
       .id = "v1",
       .title = "Old <title>"},
      {.platform = "instagram",
       .account = "1",
       .account_name = "@bluebakery",
       .event = "post",
       .kind = "image",
       .id = "p1",
       .text = "Bread"},
      {.platform = "instagram", .event = "comment", .id = "c1", .parent = "p1", .text = "Yum"},
      {.platform = "youtube",
       .event = "changed",
       .audience = "public",
       .id = "v1",
       .title = "New <title>"},
      {.platform = "instagram", .event = "removed", .id = "p1"}};
  const auto page = feed_page(entries, {}, {{"youtube", "You<Tube>"}});
  EXPECT_THAT(page, HasSubstr("New &lt;title&gt;"));
  EXPECT_THAT(page, Not(HasSubstr("Old")));
  EXPECT_THAT(page, Not(HasSubstr("private")));
  EXPECT_THAT(page, HasSubstr("Yum"));
  EXPECT_THAT(page, HasSubstr("<small>You&lt;Tube&gt; ·"));
  EXPECT_THAT(page, HasSubstr("<small>instagram ·")) << "a platform without a name has its id";
  EXPECT_THAT(page, HasSubstr("removed"));
  EXPECT_LT(page.find("data-id=\"p1\""), page.find("data-id=\"v1\"")) << "newest first";
}

TEST(Feed, AFilterShowsOneAccount) {
  const std::vector<LedgerEntry> entries = {
      {.platform = "instagram", .account = "1", .event = "post", .id = "a", .text = "One"},
      {.platform = "instagram", .account = "2", .event = "post", .id = "b", .text = "Two"}};
  const auto page = feed_page(entries, {.platform = "instagram", .account = "2"}, {});
  EXPECT_THAT(page, HasSubstr("Two"));
  EXPECT_THAT(page, Not(HasSubstr(">One<")));
  EXPECT_THAT(feed_page({}, {.refreshing = false}, {}), Not(HasSubstr("http-equiv")));
}

}  // namespace herald::sandbox

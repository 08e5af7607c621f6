#include "sandbox/mastodon/text.h"

#include "sandbox/mastodon/rig.h"

namespace herald::sandbox::mastodon {

namespace {

using MastodonVectors = MastodonTest;
using MastodonText = MastodonTest;

std::string times(std::size_t count, std::string_view text) {
  std::string out;
  while (count-- > 0) out += text;
  return out;
}

TEST_F(MastodonVectors, MA28_FiveHundredOfWhatPeopleTakeForALetter) {
  const auto token = connect();
  expect_body(say(times(501, "a"), token), 422,
              error_body("Validation failed: Text character limit of 500 exceeded"));
  EXPECT_EQ(say(times(500, "a"), token).response.status, 200);
  EXPECT_EQ(say(times(500, "\u2728"), token).response.status, 200);
  EXPECT_EQ(say(times(500, "\U0001F3F3\uFE0F\u200D\u26A7\uFE0F"), token).response.status, 200);
  EXPECT_EQ(say(times(501, "\u2728"), token).response.status, 422);
}

TEST_F(MastodonVectors, MA29_ALinkIsTwentyThreeUnlessItIsGluedToALetter) {
  const auto token = connect();
  const auto link = "http://" + times(30, "b") + ".com/example";
  EXPECT_EQ(say(times(476, "a") + " " + link, token).response.status, 200);
  EXPECT_EQ(say(times(477, "a") + " " + link, token).response.status, 422);
  EXPECT_EQ(say(times(476, "a") + link, token).response.status, 422);
  const auto warned = [&](std::size_t text) {
    return create({{.name = "spoiler_text", .value = times(250, "a")},
                   {.name = "status", .value = times(text, "b")}},
                  token);
  };
  EXPECT_EQ(warned(251).response.status, 422);
  EXPECT_EQ(warned(250).response.status, 200);
}

TEST_F(MastodonVectors, MA30_AMentionCountsWithoutItsDomain) {
  const auto token = connect();
  const auto handle = " @alice@" + times(30, "b") + ".com";
  EXPECT_EQ(say(times(475, "a") + handle, token).response.status, 200);
  EXPECT_EQ(say(times(494, "a") + handle, token).response.status, 422);
  EXPECT_EQ(say(times(480, "a") + " example.com/" + times(30, "b"), token).response.status, 422);
}

TEST(MastodonCounting, LinksAndMentionsAndWhatIsNeither) {
  const std::pair<std::string, std::int64_t> counts[] = {
      {"", 0},
      {"https://a.example", 23},
      {"See https://a.example/x?y=1.", 28},
      {"(https://a.example/x)", 25},
      {"example.com", 11},
      {"gemini://a.example", 23},
      {"http://localhost", 16},
      {"@alice@b.example!", 7},
      {"mail@b.example", 14},
      {"@alice", 6},
      {"/@alice@b.example", 17},
      {"@alice@" + std::string(254, 'b'), 261},
      {"https://a.example/" + std::string(4100, 'b'), 4118},
      {"a\nb", 3},
  };
  for (const auto& [text, count] : counts) EXPECT_EQ(counted(text), count) << text.substr(0, 60);
}

TEST(MastodonHtml, LinesAndParagraphsAndNothingThatRuns) {
  EXPECT_EQ(html_of_text("One\nTwo\n\nThree"), "<p>One<br />Two</p><p>Three</p>");
  EXPECT_EQ(html_of_text("<b> & \u00e9"), "<p>&lt;b&gt; &amp; \u00e9</p>");
}

TEST_F(MastodonText, MentionsOfPeopleHereAreWrittenOut) {
  const auto token = connect();
  const auto source = [&](const std::string& text) {
    const auto id = posted({{.name = "status", .value = text}}, token);
    return text_at(json_of(get("/api/v1/statuses/" + id + "/source", token)), "/text");
  };
  EXPECT_EQ(source("Hi @HarbourChoir, @alice@b.example and @nobody"),
            "Hi @harbourchoir@mastodon.example, @alice@b.example and @nobody");
  turn("mentions", "kept");
  EXPECT_EQ(source("Hi @HarbourChoir"), "Hi @HarbourChoir");
}

TEST_F(MastodonText, AForkTakesLongerTexts) {
  turn("profile", "fork");
  const auto token = connect();
  EXPECT_EQ(say(times(5000, "a"), token).response.status, 200);
  EXPECT_EQ(say(times(5001, "a"), token).response.status, 422);
}

}  // namespace

}  // namespace herald::sandbox::mastodon

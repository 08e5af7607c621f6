#include "platforms/tiktok.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "domain/check.h"
#include "platforms/list.h"

namespace herald {
namespace {

using namespace tiktok_flows;
using testing::ElementsAre;
using testing::IsEmpty;

Input video() {
  Input input;
  input.kind = "video";
  input.options["privacy"] = std::string("PUBLIC_TO_EVERYONE");
  MediumInput medium{.id = MediaId("media_v")};
  medium.original = {.type = MediaType::video,
                     .content_type = "video/mp4",
                     .size_bytes = 50'000'123,
                     .width = 1080,
                     .height = 1920,
                     .duration_ms = 60'000,
                     .frames_per_second = 59.94};
  input.media = {medium};
  return input;
}

Input photos(std::size_t count = 2) {
  Input input;
  input.kind = "photo";
  input.options["privacy"] = std::string("PUBLIC_TO_EVERYONE");
  for (std::size_t i = 0; i < count; ++i) {
    MediumInput medium{.id = MediaId("media_" + std::to_string(i))};
    medium.original = {.content_type = "image/png", .size_bytes = 9, .width = 900, .height = 900};
    if (i % 2 == 0) {
      medium.jpeg = medium.original;
      medium.jpeg->content_type = "image/jpeg";
    }
    input.media.push_back(medium);
  }
  return input;
}

std::vector<std::string> rules_of(const Input& input) {
  std::vector<std::string> names;
  for (const auto& violation : check(input)) {
    EXPECT_FALSE(violation.source.empty()) << violation.rule;
    names.push_back(violation.rule);
  }
  return names;
}

// ---------------------------------------------------------------- chunks

TEST(TikTokChunks, TT15_the_last_chunk_takes_the_rest_and_none_is_too_small_or_too_large) {
  for (std::uint64_t total = 1; total <= 4ULL << 30; total = total * 5 / 4 + 12'345) {
    const Chunks chunks = chunks_of(total);
    ASSERT_EQ(chunks.count, std::max<std::uint64_t>(total / chunks.size, 1)) << total;
    if (chunks.count == 1) {
      EXPECT_EQ(chunks.size, total);
      EXPECT_LE(total, 64'000'000u);
      continue;
    }
    EXPECT_GE(chunks.size, 5'242'880u) << total;
    EXPECT_LE(chunks.size, 64'000'000u) << total;
    EXPECT_LE(chunks.count, 1000u) << total;
    EXPECT_LT(total - chunks.last(), 128'000'000u) << total;
    std::uint64_t at = 0;
    for (std::uint64_t i = 0; i < chunks.count; ++i) at = chunks.end_of(at);
    EXPECT_EQ(at, total);
  }
}

TEST(TikTokChunks, TT20_what_is_stored_is_read_as_a_count_and_as_an_index) {
  const Chunks chunks = chunks_of(std::uint64_t{50'000'123});
  const auto stored = [&](const std::string& text) { return stored_by(&text, chunks); };
  EXPECT_EQ(stored("bytes 0-10000000/50000123"), 10'000'000u);
  EXPECT_EQ(stored("bytes 0-9999999/50000123"), 10'000'000u);
  EXPECT_EQ(stored("bytes 0-50000123/50000123"), 50'000'123u);
  EXPECT_EQ(stored("bytes 0-50000122/50000123"), 50'000'123u);
  EXPECT_EQ(stored("bytes 0-0/50000123"), 0u);
  for (const char* text : {"", "bytes", "bytes 0-", "bytes 0-x/5", "bytes 5-10/20", "0-10/20"}) {
    EXPECT_EQ(stored(text), std::nullopt) << text;
  }
  EXPECT_EQ(stored_by(nullptr, chunks), std::nullopt);
}

// ---------------------------------------------------------------- bodies

TEST(TikTokInit, photos_go_as_links_to_what_is_a_jpeg_already_or_was_made_one) {
  const Call call = init(photos(3));
  const auto& links = std::get<JsonBody>(call.body).references;
  ASSERT_EQ(links.size(), 3u);
  const auto reference = [&](std::size_t index) {
    return links.at("{link " + std::to_string(index) + "}");
  };
  EXPECT_EQ(reference(0), (Reference{Reference::Kind::media_link, "media_0/jpeg"}));
  EXPECT_EQ(reference(1), (Reference{Reference::Kind::media_link, "media_1"}));
  EXPECT_EQ(reference(2), (Reference{Reference::Kind::media_link, "media_2/jpeg"}));
}

TEST(TikTokInit, what_makes_a_post_without_bytes_of_ours_is_the_visible_call) {
  EXPECT_EQ(init(video()).effect, Effect::prepare);
  EXPECT_EQ(init(photos()).effect, Effect::publish);
  Input pulled = video();
  pulled.options["transfer"] = std::string("pull");
  EXPECT_EQ(init(pulled).effect, Effect::publish);
  pulled.kind = "video_draft";
  EXPECT_EQ(init(pulled).effect, Effect::publish);
}

TEST(TikTokPublish, what_tiktok_took_and_failed_is_gone_again) {
  const Progress progress = Notes().set(kPublishId, "p").set(kTaken, "yes").progress();
  const Answer failed{.status = 200,
                      .body = R"({"data":{"status":"FAILED","fail_reason":"internal"},)"
                              R"("error":{"code":"ok"}})"};
  const Absorbed heard = publish().absorb(video(), progress, failed);
  EXPECT_EQ(heard.verdict, Verdict::refused);
  EXPECT_TRUE(heard.taken_back);
  EXPECT_EQ(std::get<Call>(publish().next(video(), heard.progress)).step, "start upload");
}

// ---------------------------------------------------------------- check

TEST(TikTokCheck, a_sound_draft_breaks_no_rule) {
  EXPECT_THAT(rules_of(video()), IsEmpty());
  EXPECT_THAT(rules_of(photos()), IsEmpty());
}

TEST(TikTokCheck, nobody_is_chosen_for_the_person) {
  for (const auto& kind : spec().kinds) {
    for (const auto& option : kind.options) {
      if (option.name == kPrivacy) {
        EXPECT_TRUE(option.required && option.default_value.empty());
      }
      if (option.type == OptionType::boolean) {
        EXPECT_EQ(option.default_value, "false") << option.name;
      }
    }
  }
}

TEST(TikTokCheck, posts_ask_for_consent_and_drafts_do_not) {
  for (const auto& kind : spec().kinds) {
    const bool draft = kind.id.ends_with("_draft");
    EXPECT_EQ(kind.consents.size(), draft ? 0u : 2u) << kind.id;
  }
}

TEST(TikTokCheck, TT27_captions_are_counted_in_utf16_units) {
  const auto& caption = spec().kinds.front().text;
  EXPECT_EQ(caption.max, 2200);
  EXPECT_EQ(caption.counted_as, Counting::utf16_units);
}

TEST(TikTokCheck, TT13_privacy_is_one_of_what_the_account_offers_now) {
  Input input = video();
  input.looked_up.choices[kPrivacy] = {{"SELF_ONLY", "Only you"}};
  EXPECT_THAT(rules_of(input), ElementsAre("privacy.offered"));
  input.options["privacy"] = std::string("SELF_ONLY");
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.options["branded_content"] = true;
  EXPECT_THAT(rules_of(input), ElementsAre("branded_content.private"));
}

TEST(TikTokCheck, a_commercial_post_says_what_it_promotes) {
  Input input = video();
  input.options[kDisclosure] = true;
  EXPECT_THAT(rules_of(input), ElementsAre("disclosure.empty"));
  for (const char* what : {"your_brand", "branded_content"}) {
    Input one = input;
    one.options[what] = true;
    EXPECT_THAT(rules_of(one), IsEmpty()) << what;
  }
}

TEST(TikTokCheck, the_account_has_a_longest_video_of_its_own) {
  Input input = video();
  input.looked_up.facts["seconds_max"] = "60";
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.media[0].original.duration_ms = 60'001;
  EXPECT_THAT(rules_of(input), ElementsAre("video.duration.account"));
  input.looked_up.facts["seconds_max"] = "soon";
  EXPECT_THAT(rules_of(input), IsEmpty());
}

TEST(TikTokCheck, what_the_account_switched_off_stays_off) {
  Input input = video();
  input.options["allow_duet"] = true;
  EXPECT_NE(std::get<JsonBody>(init(input).body).text.find(R"("disable_duet":false)"),
            std::string::npos);
  input.looked_up.facts["off.allow_duet"] = "Duets are switched off.";
  EXPECT_NE(std::get<JsonBody>(init(input).body).text.find(R"("disable_duet":true)"),
            std::string::npos);
}

TEST(TikTokCheck, a_video_has_4096_pixels_at_most_on_each_side) {
  Input input = video();
  input.media[0].original.height = 4096;
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.media[0].original.height = 4097;
  EXPECT_THAT(rules_of(input), ElementsAre("video.side_max"));
}

TEST(TikTokCheck, covers_are_numbers_that_exist) {
  Input input = photos(2);
  for (const char* good : {"", "1", "2"}) {
    input.options["cover_photo"] = std::string(good);
    EXPECT_THAT(rules_of(input), IsEmpty()) << good;
  }
  for (const char* bad : {"0", "3", "-1", "x", "1x"}) {
    input.options["cover_photo"] = std::string(bad);
    EXPECT_THAT(rules_of(input), ElementsAre("cover_photo")) << bad;
  }
  input = video();
  input.options["cover_moment"] = std::string("1s");
  EXPECT_THAT(rules_of(input), ElementsAre("cover_moment"));
}

TEST(TikTokCheck, a_photo_that_is_too_large_is_sent_smaller) {
  Input input = photos(1);
  input.media[0].jpeg->width = input.media[0].jpeg->height = 1440;
  EXPECT_THAT(rules_of(input), IsEmpty());
  const Reference link{Reference::Kind::media_link, "media_0/preview"};
  EXPECT_EQ(std::get<JsonBody>(init(input).body).references.at("{link 0}"), link);
}

TEST(TikTokCheck, drafts_need_no_privacy) {
  Input input = video();
  input.kind = "video_draft";
  input.options.clear();
  EXPECT_THAT(rules_of(input), IsEmpty());
}

// ---------------------------------------------------------------- errors

TEST(TikTokRules, no_code_stands_there_twice) {
  for (const auto& rule : rules()) {
    EXPECT_EQ(std::ranges::count(rules(), rule.code, &Rule::code), 1) << rule.code;
  }
}

}  // namespace
}  // namespace herald

#include "platforms/youtube.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "domain/check.h"
#include "platforms/list.h"

namespace herald::youtube_flows {
namespace {

using namespace std::chrono_literals;
using enum ErrorKind;
using testing::ElementsAre;
using testing::IsEmpty;
using Tags = std::vector<std::string>;

Input video() {
  Input input;
  input.kind = "video";
  MediumInput medium{.id = MediaId("media_v")};
  medium.original = {.type = MediaType::video,
                     .content_type = "video/mp4",
                     .size_bytes = 1000,
                     .width = 1920,
                     .height = 1080,
                     .duration_ms = 60'000};
  input.media = {medium};
  input.options = {{"title", std::string("Bread at dawn")}, {"made_for_kids", false}};
  return input;
}

Tags rules_of(const Input& input) {
  Tags names;
  for (const auto& violation : check(input)) names.push_back(violation.rule);
  return names;
}

TEST(YouTubeTags, YU07_spaces_count_as_quotes_and_commas_stand_between) {
  EXPECT_EQ(tags_total({"Foo Baz"}), 9);
  EXPECT_EQ(tags_total({"Foo-Baz"}), 7);
  EXPECT_EQ(tags_total({"Foo-Baz", "Foo Baz"}), 17);
  EXPECT_EQ(tags_total({}), 0);
  EXPECT_EQ(tags_total({"\u20ac\u20ac"}), 2);
}

TEST(YouTubeCheck, YU07_five_hundred_pass_and_one_more_does_not) {
  Input input = video();
  input.options["tags"] = Tags{std::string(249, 'a'), std::string(250, 'b')};
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.options["tags"] = Tags{std::string(250, 'a'), std::string(250, 'b')};
  EXPECT_THAT(rules_of(input), ElementsAre("tags.total"));
}

TEST(YouTubeCheck, YU05_a_title_has_no_brackets_and_is_not_blank) {
  Input input = video();
  for (const char* title : {"a < b", "a > b"}) {
    input.options["title"] = std::string(title);
    EXPECT_THAT(rules_of(input), ElementsAre("title.brackets"));
  }
  input.options["title"] = std::string(" \n");
  EXPECT_THAT(rules_of(input), ElementsAre("title.blank"));
  std::string emoji;
  for (int i = 0; i < 60; ++i) emoji += "\U0001F35E";
  input.options["title"] = emoji;
  EXPECT_THAT(rules_of(input), ElementsAre("title.utf16"));
}

TEST(YouTubeCheck, YU06_a_description_is_counted_in_bytes_and_has_no_brackets) {
  Input input = video();
  Draft draft{.media = {{input.media[0].original, {}, {}}}, .options = input.options};
  const PostKind& kind = spec().kinds[0];
  for (int i = 0; i < 1666; ++i) draft.text += "\u20ac";
  EXPECT_THAT(check_by_spec(kind, draft), IsEmpty());
  draft.text += "\u20ac";
  ASSERT_EQ(check_by_spec(kind, draft).size(), 1u);
  EXPECT_EQ(check_by_spec(kind, draft)[0].rule, "text.max");
  input.text = "<b>";
  EXPECT_THAT(rules_of(input), ElementsAre("description.brackets"));
}

TEST(YouTubeCheck, a_title_and_the_word_about_kids_are_required) {
  Input input = video();
  Draft draft{.media = {{input.media[0].original, {}, {}}}};
  Tags missing;
  for (const auto& violation : check_by_spec(spec().kinds[0], draft)) {
    missing.push_back(violation.rule + " " + violation.field);
  }
  EXPECT_THAT(missing, ElementsAre("option.required options.title",
                                   "option.required options.made_for_kids"));
}

TEST(YouTubeCheck, a_short_is_upright_or_square_and_three_minutes_long) {
  const PostKind& kind = spec().kinds[1];
  const auto with = [&](int width, int height, std::int64_t ms) {
    Draft draft{.options = video().options};
    MediaFacts facts = video().media[0].original;
    facts.width = width;
    facts.height = height;
    facts.duration_ms = ms;
    draft.media = {{facts, {}, {}}};
    Tags names;
    for (const auto& violation : check_by_spec(kind, draft)) names.push_back(violation.rule);
    return names;
  };
  EXPECT_THAT(with(1080, 1920, 180'000), IsEmpty());
  EXPECT_THAT(with(1080, 1080, 1000), IsEmpty());
  EXPECT_THAT(with(1081, 1080, 1000), ElementsAre("video.ratio_max"));
  EXPECT_THAT(with(1080, 1920, 180'001), ElementsAre("video.duration_max"));
}

TEST(YouTubeCheck, an_upright_clip_sent_as_a_video_warns) {
  Input input = video();
  std::swap(input.media[0].original.width, input.media[0].original.height);
  EXPECT_THAT(rules_of(input), ElementsAre("video.short"));
  EXPECT_EQ(check(input)[0].severity, Violation::Severity::warning);
}

TEST(YouTubeCheck, more_than_fifteen_minutes_need_a_verified_channel) {
  Input input = video();
  input.media[0].original.duration_ms = 15 * 60'000 + 1;
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.account.facts["long_uploads"] = "eligible";
  EXPECT_THAT(rules_of(input), ElementsAre("video.unverified"));
  input.looked_up.facts["long_uploads"] = "allowed";
  EXPECT_THAT(rules_of(input), IsEmpty());
}

TEST(YouTubeCheck, videos_for_kids_have_no_comments) {
  Input input = video();
  input.options["first_comment"] = std::string("Hello");
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.options["made_for_kids"] = true;
  EXPECT_THAT(rules_of(input), ElementsAre("first_comment.kids"));
}

TEST(YouTubeCheck, the_files_of_options_have_rules_of_their_own) {
  const auto& options = spec().kinds.front().options;
  const auto rule_of = [&](const char* name) {
    return std::ranges::find(options, name, &OptionSpec::name)->media.value();
  };
  EXPECT_EQ(rule_of("thumbnail").type, MediaType::image);
  EXPECT_EQ(rule_of("thumbnail").bytes_max, 50u << 20);
  EXPECT_EQ(rule_of("captions").type, MediaType::captions);
  EXPECT_THAT(rule_of("captions").formats, ElementsAre("text/vtt", "application/x-subrip"));
}

TEST(YouTubeCheck, captions_have_a_language) {
  Input input = video();
  input.option_media["captions"].original.type = MediaType::captions;
  EXPECT_THAT(rules_of(input), ElementsAre("captions_language.required"));
  for (const char* good : {"en", "pt-BR", "zh-Hans", "es-419", "gsw"}) {
    input.options["captions_language"] = std::string(good);
    EXPECT_THAT(rules_of(input), IsEmpty()) << good;
  }
  for (const char* bad : {"e", "English language", "en_US", "en-", "-en", "en--US", "12"}) {
    input.options["captions_language"] = std::string(bad);
    EXPECT_THAT(rules_of(input), ElementsAre("captions_language.tag")) << bad;
  }
}

TEST(YouTubeCheck, YU09_a_publishing_time_is_a_time_and_ends_in_public) {
  Input input = video();
  input.now = Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22));
  input.options["publish_at"] = std::string("2026-12-01T08:00:00Z");
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.options["privacy"] = std::string("public");
  EXPECT_THAT(rules_of(input), IsEmpty());
  for (const char* privacy : {"private", "unlisted"}) {
    input.options["privacy"] = std::string(privacy);
    EXPECT_THAT(rules_of(input), ElementsAre("publish_at.privacy")) << privacy;
  }
  input.options.erase("privacy");
  input.options["publish_at"] = std::string("tomorrow");
  EXPECT_THAT(rules_of(input), ElementsAre("publish_at.time"));
  input.options["publish_at"] = std::string("2026-11-21T08:00:00Z");
  const auto found = check(input);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule, "publish_at.past");
  EXPECT_EQ(found[0].severity, Violation::Severity::warning) << "a late worker still publishes";
}

TEST(YouTubeChunks, are_multiples_of_256_kib_and_about_sixteen) {
  constexpr std::uint64_t kGrain = 262'144;
  for (const std::uint64_t total : {std::uint64_t{1}, kGrain, kGrain + 1, std::uint64_t{30'000'000},
                                    std::uint64_t{200} << 20, std::uint64_t{274'877'906'944}}) {
    const auto chunk = chunk_size(total);
    EXPECT_EQ(chunk % kGrain, 0u) << total;
    EXPECT_GE(chunk, kGrain) << total;
    EXPECT_LE(chunk, std::uint64_t{8} << 20) << total;
    if (total <= std::uint64_t{128} << 20) {
      EXPECT_LE((total + chunk - 1) / chunk, 16u) << total;
    }
  }
}

TEST(YouTubeSession, a_range_that_makes_no_sense_is_no_answer) {
  const auto heard = [](int status, const char* range) {
    Answer answer{.status = status};
    if (range != nullptr) answer.headers["range"] = range;
    return session_answer(answer);
  };
  using What = SessionAnswer::What;
  EXPECT_EQ(heard(308, nullptr).what, What::incomplete);
  EXPECT_EQ(heard(308, nullptr).stored, 0u);
  EXPECT_EQ(heard(308, "bytes=0-8388607").stored, 8'388'608u);
  EXPECT_EQ(heard(308, "0-262143").stored, 262'144u);
  for (const char* range : {"bytes=5-10", "bytes=0-", "bytes=0-x", "bytes=0-5,7-9", ""}) {
    EXPECT_EQ(heard(308, range).what, What::other) << range;
  }
  EXPECT_EQ(heard(404, nullptr).what, What::gone);
  EXPECT_EQ(heard(410, nullptr).what, What::gone);
  EXPECT_EQ(heard(200, nullptr).what, What::other);
}

// ---------------------------------------------------------------- errors

struct Row {
  int status;
  const char* reason;
  ErrorKind kind;
  Verdict visible;
};
constexpr auto kRefused = Verdict::refused;
constexpr auto kDoubt = Verdict::unknown;

// YouTube's error tables, row by row.
constexpr Row kRows[] = {
    {400, "invalidTitle", invalid, kRefused},
    {400, "invalidDescription", invalid, kRefused},
    {400, "invalidTags", invalid, kRefused},
    {400, "invalidCategoryId", invalid, kRefused},
    {400, "invalidPublishAt", invalid, kRefused},
    {400, "invalidFilename", invalid, kRefused},
    {400, "invalidRecordingDetails", invalid, kRefused},
    {400, "invalidVideoGameRating", invalid, kRefused},
    {400, "invalidVideoMetadata", invalid, kRefused},
    {400, "defaultLanguageNotSet", invalid, kRefused},
    {400, "mediaBodyRequired", invalid, kRefused},
    {400, "required", internal, kRefused},
    {400, "unknownPart", internal, kRefused},
    {400, "missingRequiredParameter", internal, kRefused},
    {400, "incompatibleParameters", internal, kRefused},
    {400, "unexpectedParameter", internal, kRefused},
    {400, "invalidFilters", internal, kRefused},
    {400, "invalidPageToken", internal, kRefused},
    {400, "uploadLimitExceeded", rate_limited, kRefused},
    {401, "authError", unauthorized, kRefused},
    {401, "expired", unauthorized, kRefused},
    {401, "required", unauthorized, kRefused},
    {401, "authorizationRequired", unauthorized, kRefused},
    {401, "youtubeSignupRequired", forbidden, kRefused},
    {403, "quotaExceeded", rate_limited, kRefused},
    {403, "dailyLimitExceeded", rate_limited, kRefused},
    {403, "rateLimitExceeded", rate_limited, kDoubt},
    {429, "rateLimitExceeded", rate_limited, kDoubt},
    {403, "userRateLimitExceeded", rate_limited, kDoubt},
    {429, "uploadRateLimitExceeded", rate_limited, kDoubt},
    {403, "insufficientPermissions", unauthorized, kRefused},
    {403, "forbidden", forbidden, kRefused},
    {403, "forbiddenPrivacySetting", forbidden, kRefused},
    {403, "forbiddenLicenseSetting", forbidden, kRefused},
    {403, "authenticatedUserNotChannel", forbidden, kRefused},
    {403, "authenticatedUserAccountClosed", forbidden, kRefused},
    {403, "authenticatedUserAccountSuspended", forbidden, kRefused},
    {403, "channelClosed", forbidden, kRefused},
    {403, "channelSuspended", forbidden, kRefused},
    {403, "accessNotConfigured", internal, kRefused},
    {404, "videoNotFound", not_found, kRefused},
    {404, "playlistNotFound", not_found, kRefused},
    {404, "channelNotFound", not_found, kRefused},
    {500, "internalError", unavailable, kDoubt},
    {503, "backendError", unavailable, kDoubt},
    {400, "invalidImage", invalid, kRefused},
    {409, "captionExists", conflict, kRefused},
    {400, "contentRequired", invalid, kRefused},
    {400, "invalidMetadata", invalid, kRefused},
    {400, "nameTooLong", invalid, kRefused},
    {400, "processingFailure", invalid, kRefused},
    {400, "badRequest", internal, kRefused},
    // Not in the table.
    {400, "somethingNew", invalid, kDoubt},
    {401, "somethingNew", unauthorized, kDoubt},
    {429, "somethingNew", rate_limited, kDoubt},
    {500, "somethingNew", unavailable, kDoubt},
};

TEST(YouTubeRules, every_row_means_what_its_source_says) {
  for (const Row& row : kRows) {
    Answer answer{.status = row.status};
    answer.body = std::string(R"({"error":{"code":1,"errors":[{"reason":")") + row.reason +
                  R"(","domain":"youtube.video"}]}})";
    const auto fault = fault_in({}, answer);
    ASSERT_TRUE(fault) << row.reason;
    EXPECT_EQ(name_of(fault->error.kind), std::string(name_of(row.kind))) << row.reason;
    EXPECT_EQ(fault->visible, row.visible) << row.reason;
    EXPECT_FALSE(fault->error.message.empty());
  }
}

TEST(YouTubeRules, no_reason_stands_there_twice) {
  std::set<std::string_view> seen;
  for (const Rule& rule : rules()) EXPECT_TRUE(seen.insert(rule.reason).second) << rule.reason;
}

TEST(YouTubeRules, YU11_the_quota_comes_back_at_eight_utc_at_the_latest) {
  const auto pause = [](Time now) {
    Input input;
    input.now = now;
    Answer answer{.status = 403};
    answer.body = R"({"error":{"errors":[{"reason":"quotaExceeded"}]}})";
    return fault_in(input, answer)->error.retry_after;
  };
  const Time day = Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22));
  EXPECT_EQ(pause(day + 7h + 59min), 60s);
  EXPECT_EQ(pause(day + 8h), 24h);
  EXPECT_EQ(pause(day + 23h), 9h);
}

TEST(YouTubeRules, every_end_of_processing_has_its_words) {
  for (const char* reason :
       {"codec", "conversion", "emptyFile", "invalidFile", "tooSmall", "uploadAborted"}) {
    EXPECT_NE(processing_error("failed", reason)->message, "YouTube could not process the video.");
  }
  for (const char* reason :
       {"claim", "copyright", "duplicate", "inappropriate", "legal", "length", "termsOfUse",
        "trademark", "uploaderAccountClosed", "uploaderAccountSuspended"}) {
    EXPECT_NE(processing_error("rejected", reason)->message, "YouTube rejected the video.");
  }
  EXPECT_TRUE(processing_error("failed", "new"));
  EXPECT_TRUE(processing_error("deleted", ""));
  EXPECT_FALSE(processing_error("uploaded", ""));
  EXPECT_FALSE(processing_error("processed", ""));
  EXPECT_FALSE(processing_error("", ""));
}

TEST(YouTube, a_video_that_never_came_to_be_is_uploaded_again_on_a_retry) {
  const Progress processing = Notes().set(kVideoId, "gone").progress();
  Answer answer{.status = 200};
  answer.body = R"({"items":[{"status":{"uploadStatus":"failed","failureReason":"codec"}}]})";
  const Absorbed heard = publish().absorb(video(), processing, answer);
  EXPECT_EQ(heard.verdict, Verdict::refused);
  EXPECT_TRUE(heard.taken_back);
  const Step again = publish().next(video(), heard.progress);
  ASSERT_TRUE(std::holds_alternative<Call>(again));
  EXPECT_EQ(std::get<Call>(again).step, "start upload");
}

// Google's token answer names nobody: without this a disconnect could take down another customer.
TEST(YouTube, O54_the_channel_that_was_found_says_whose_the_grant_is) {
  Answer answer{.status = 200};
  answer.body = R"({"items":[{"id":"UC1","snippet":{"title":"Bread"}}]})";
  const Absorbed heard = discover().absorb({}, {}, answer);
  const Step step = discover().next({}, heard.progress);
  const auto& found = std::get<Discovered>(std::get<Finished>(step).outcome);
  EXPECT_EQ(found.accounts.at(0).remote_id, "UC1");
  EXPECT_EQ(found.subject, "UC1");
}

TEST(YouTube, follow_ups_come_in_order_and_cost_quota) {
  const Platform& platform = *find_platform(PlatformId("youtube"));
  Input input = video();
  EXPECT_THAT(platform.follow_ups(input), IsEmpty());
  EXPECT_EQ(platform.quota(input)[1].cost, 1);
  input.options["first_comment"] = std::string("Hello");
  input.options["playlist"] = std::string("PL1");
  input.option_media["thumbnail"] = {};
  EXPECT_THAT(platform.follow_ups(input), ElementsAre("thumbnail", "playlist", "comment"));
  EXPECT_EQ(platform.quota(input)[0].name, "videos.insert.daily");
  EXPECT_EQ(platform.quota(input)[1].cost, 152);
  input.option_media["captions"] = {};
  EXPECT_THAT(platform.follow_ups(input),
              ElementsAre("thumbnail", "captions", "playlist", "comment"));
  EXPECT_EQ(platform.quota(input)[1].cost, 552);
}

}  // namespace
}  // namespace herald::youtube_flows

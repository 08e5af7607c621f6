#include "domain/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace herald {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

PostKind photo() {
  PostKind kind;
  kind.label = "Photo";
  kind.text = {.max = 5, .source = {"text page", "2026-11-22"}};
  kind.media = {.min = 1,
                .max = 2,
                .rules = {{.type = MediaType::image,
                           .formats = {"image/jpeg", "image/png"},
                           .jpeg_only = true,
                           .bytes_max = 8 << 20,
                           .ratio_min = 0.8,
                           .ratio_max = 1.91,
                           .source = {"media page", "2026-11-22"}}},
                .alt_text_max = 4};
  return kind;
}

MediaFacts jpeg(int width, int height) {
  return {.type = MediaType::image,
          .content_type = "image/jpeg",
          .size_bytes = 1000,
          .width = width,
          .height = height};
}

Draft good() {
  Draft draft;
  draft.text = "hello";
  draft.media = {{jpeg(1080, 1350), jpeg(1080, 1350), "bun"}};
  return draft;
}

std::vector<std::string> rules(const PostKind& kind, const Draft& draft) {
  std::vector<std::string> names;
  for (const auto& violation : check_by_spec(kind, draft)) {
    names.push_back(violation.rule + " " + violation.field);
  }
  return names;
}

TEST(CheckBySpec, a_draft_at_every_limit_passes) { EXPECT_THAT(rules(photo(), good()), IsEmpty()); }

TEST(CheckBySpec, one_character_too_many_names_the_limit_and_its_source) {
  Draft draft = good();
  draft.text = "h\u00e9llo!";
  const auto found = check_by_spec(photo(), draft);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule, "text.max");
  EXPECT_EQ(found[0].limit, "5");
  EXPECT_EQ(found[0].actual, "6");
  EXPECT_EQ(found[0].source, "text page");
  EXPECT_EQ(found[0].message, "Shorten the text to 5 characters; it has 6.");
}

TEST(CheckBySpec, text_is_counted_in_the_unit_of_the_rule) {
  PostKind kind = photo();
  Draft draft = good();
  draft.text = "\U0001F600\U0001F600\U0001F600";
  EXPECT_THAT(rules(kind, draft), IsEmpty());
  kind.text.counted_as = Counting::utf16_units;
  EXPECT_THAT(rules(kind, draft), ElementsAre("text.max text"));
  draft.text = "\u20ac\u20ac";
  EXPECT_THAT(rules(kind, draft), IsEmpty());
  kind.text.counted_as = Counting::utf8_bytes;
  EXPECT_THAT(rules(kind, draft), ElementsAre("text.max text"));
}

TEST(CheckBySpec, text_that_is_not_utf8_is_refused_everywhere) {
  PostKind kind = photo();
  kind.options = {{.name = "title", .label = "Title"},
                  {.name = "tags", .label = "Tags", .type = OptionType::tags}};
  Draft draft = good();
  draft.text = "\xC3(";
  draft.media[0].alt_text = "\xFF";
  draft.options = {{"title", std::string("\x80")}, {"tags", std::vector<std::string>{"\xC0\xAF"}}};
  EXPECT_THAT(rules(kind, draft),
              ElementsAre("text.encoding text", "alt_text.encoding media.0.alt_text",
                          "option.encoding options.title", "option.encoding options.tags"));
}

TEST(CheckBySpec, a_text_where_none_is_taken_only_warns) {
  PostKind kind = photo();
  kind.text.allowed = false;
  const auto found = check_by_spec(kind, good());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Violation::Severity::warning);
}

TEST(CheckBySpec, media_are_counted) {
  Draft draft = good();
  draft.media.clear();
  EXPECT_THAT(rules(photo(), draft), ElementsAre("media.min media"));
  draft.media.assign(3, good().media[0]);
  EXPECT_THAT(rules(photo(), draft), ElementsAre("media.max media"));
}

TEST(CheckBySpec, a_png_passes_where_its_jpeg_rendition_is_sent) {
  Draft draft = good();
  draft.media[0].facts.content_type = "image/png";
  draft.media[0].facts.size_bytes = 9 << 20;
  EXPECT_THAT(rules(photo(), draft), IsEmpty());
  draft.media[0].jpeg.reset();
  EXPECT_THAT(rules(photo(), draft),
              ElementsAre("image.format media.0", "image.bytes_max media.0"));
}

TEST(CheckBySpec, ratio_bounds_are_inside) {
  const auto with = [](int width, int height) {
    Draft draft = good();
    draft.media[0].jpeg = jpeg(width, height);
    return rules(photo(), draft);
  };
  EXPECT_THAT(with(800, 1000), IsEmpty());
  EXPECT_THAT(with(799, 1000), ElementsAre("image.ratio_min media.0"));
  EXPECT_THAT(with(191, 100), IsEmpty());
  EXPECT_THAT(with(192, 100), ElementsAre("image.ratio_max media.0"));
  EXPECT_THAT(with(1080, 1920), ElementsAre("image.ratio_min media.0"));
}

TEST(CheckBySpec, a_video_is_measured_in_bytes_pixels_and_time) {
  PostKind kind = photo();
  kind.media.rules = {{.type = MediaType::video,
                       .formats = {"video/*"},
                       .bytes_max = 100,
                       .width_max = 1920,
                       .duration_min_ms = 3000,
                       .duration_max_ms = 60'000}};
  Draft draft = good();
  draft.media[0].alt_text.clear();
  MediaFacts& facts = draft.media[0].facts;
  facts = {.type = MediaType::video,
           .content_type = "video/webm",
           .size_bytes = 100,
           .width = 1920,
           .height = 1080,
           .duration_ms = 3000};
  draft.media[0].jpeg.reset();
  EXPECT_THAT(rules(kind, draft), IsEmpty());
  facts.duration_ms = 60'000;
  EXPECT_THAT(rules(kind, draft), IsEmpty());
  facts = {.type = MediaType::video,
           .content_type = "audio/mpeg",
           .size_bytes = 101,
           .width = 1921,
           .height = 1080,
           .duration_ms = 60'001};
  EXPECT_THAT(rules(kind, draft),
              ElementsAre("video.format media.0", "video.bytes_max media.0",
                          "video.width_max media.0", "video.duration_max media.0"));
  facts.duration_ms = 2'999;
  EXPECT_EQ(rules(kind, draft).back(), "video.duration_min media.0");
  kind.media.rules[0].type = MediaType::image;
  EXPECT_THAT(rules(kind, draft), ElementsAre("media.type media.0"));
}

TEST(CheckBySpec, a_video_has_a_smallest_size_and_a_range_of_frame_rates) {
  PostKind kind = photo();
  kind.media.rules = {{.type = MediaType::video,
                       .formats = {"video/*"},
                       .bytes_min = 100,
                       .side_min = 360,
                       .frame_rate_min = 23,
                       .frame_rate_max = 60}};
  Draft draft = good();
  draft.media[0].alt_text.clear();
  MediaFacts& facts = draft.media[0].facts;
  facts = {.type = MediaType::video,
           .content_type = "video/mp4",
           .size_bytes = 100,
           .width = 360,
           .height = 640,
           .frames_per_second = 59.94};
  EXPECT_THAT(rules(kind, draft), ElementsAre());
  facts.frames_per_second = 0;  // Not known.
  EXPECT_THAT(rules(kind, draft), ElementsAre());
  facts.frames_per_second = 61;
  EXPECT_THAT(rules(kind, draft), ElementsAre("video.frame_rate_max media.0"));
  facts.size_bytes = 99;
  facts.height = 359;
  facts.frames_per_second = 20;
  EXPECT_THAT(rules(kind, draft), ElementsAre("video.bytes_min media.0", "video.side_min media.0",
                                              "video.frame_rate_min media.0"));
}

TEST(CheckBySpec, options_have_types_lengths_and_choices) {
  PostKind kind = photo();
  kind.options = {
      {.name = "title", .label = "Title", .required = true, .max = 3},
      {.name = "kids", .label = "Kids", .type = OptionType::boolean, .required = true},
      {.name = "tags", .label = "Tags", .type = OptionType::tags, .max = 4},
      {.name = "who",
       .label = "Who",
       .type = OptionType::choice,
       .default_value = "all",
       .choices = {{"all", "All"}, {"me", "Me"}}},
      {.name = "cover", .label = "Cover", .type = OptionType::media},
  };
  Draft draft = good();
  EXPECT_THAT(rules(kind, draft),
              ElementsAre("option.required options.title", "option.required options.kids"));
  using Tags = std::vector<std::string>;
  draft.options = {{"title", std::string("abc")},
                   {"kids", false},
                   {"tags", Tags{"ab", "cd"}},
                   {"who", std::string("me")},
                   {"cover", std::string("media_1")}};
  draft.option_media.emplace("cover", draft.media[0]);
  EXPECT_THAT(rules(kind, draft), IsEmpty());

  draft.option_media.clear();
  draft.options = {{"title", std::string("abcd")},    {"kids", std::string("true")},
                   {"tags", Tags{"ab", "", "cd"}},    {"who", std::string("you")},
                   {"cover", std::string("media_1")}, {"colour", std::string("red")}};
  EXPECT_THAT(rules(kind, draft),
              ElementsAre("option.max options.title", "option.type options.kids",
                          "option.empty options.tags", "option.choice options.who",
                          "option.media options.cover", "option.unknown options.colour"));
  draft.options = {{"title", std::string()}, {"kids", true}, {"tags", Tags{"abc", "de"}}};
  EXPECT_THAT(rules(kind, draft),
              ElementsAre("option.required options.title", "option.max options.tags"));
}

TEST(CheckBySpec, the_file_of_an_option_obeys_the_options_own_rule) {
  PostKind kind = photo();
  kind.options = {
      {.name = "words",
       .label = "Captions",
       .type = OptionType::media,
       .media = MediaRule{.type = MediaType::captions, .formats = {"text/vtt"}, .bytes_max = 100}}};
  Draft draft = good();
  draft.options = {{"words", std::string("media_1")}};
  DraftMedium& words = draft.option_media["words"];
  words.facts = {.type = MediaType::captions, .content_type = "text/vtt", .size_bytes = 100};
  EXPECT_THAT(rules(kind, draft), IsEmpty());
  words.facts.size_bytes = 101;
  EXPECT_THAT(rules(kind, draft), ElementsAre("captions.bytes_max options.words"));
  words.facts.content_type = "application/x-subrip";
  words.facts.size_bytes = 1;
  EXPECT_THAT(rules(kind, draft), ElementsAre("captions.format options.words"));
  words.facts = jpeg(10, 10);
  EXPECT_THAT(rules(kind, draft), ElementsAre("option.media.type options.words"));
}

TEST(CheckBySpec, what_is_under_a_switch_is_set_only_while_that_is_on) {
  PostKind kind = photo();
  kind.options = {
      {.name = "ad", .label = "Ad", .type = OptionType::boolean, .default_value = "false"},
      {.name = "own", .label = "Own", .type = OptionType::boolean, .under = "ad"},
      {.name = "whose", .label = "Whose", .required = true, .under = "ad"}};
  Draft draft = good();
  EXPECT_THAT(rules(kind, draft), IsEmpty());
  draft.options = {{"own", false}};
  EXPECT_THAT(rules(kind, draft), IsEmpty());
  draft.options = {{"own", true}};
  EXPECT_THAT(rules(kind, draft), ElementsAre("option.under options.own"));
  draft.options["ad"] = true;
  EXPECT_THAT(rules(kind, draft), ElementsAre("option.required options.whose"));
  draft.options["whose"] = std::string("Bakery");
  EXPECT_THAT(rules(kind, draft), IsEmpty());
  kind.options[0].default_value = "true";
  draft.options.erase("ad");
  EXPECT_THAT(rules(kind, draft), IsEmpty());
}

TEST(CheckBySpec, what_is_not_among_looked_up_choices_is_warned_of_once_they_are_known) {
  PostKind kind = photo();
  kind.options = {{.name = "playlist",
                   .label = "Playlist",
                   .type = OptionType::choice,
                   .choices_from = "playlists"}};
  Draft draft = good();
  draft.options = {{"playlist", std::string("PL9")}};
  EXPECT_THAT(rules(kind, draft), IsEmpty());
  draft.live_choices["playlists"] = {{"PL1", "Baking"}};
  EXPECT_THAT(rules(kind, draft), ElementsAre("option.choice.live options.playlist"));
  EXPECT_EQ(check_by_spec(kind, draft)[0].severity, Violation::Severity::warning);
  draft.options = {{"playlist", std::string("PL1")}};
  EXPECT_THAT(rules(kind, draft), IsEmpty());
}

TEST(CheckBySpec, descriptions_are_counted_in_code_points_and_only_for_images) {
  PostKind kind = photo();
  Draft draft = good();
  draft.media[0].alt_text = "\U0001F600\U0001F600\U0001F600\U0001F600";
  EXPECT_THAT(rules(kind, draft), IsEmpty());
  draft.media[0].alt_text += "!";
  EXPECT_THAT(rules(kind, draft), ElementsAre("alt_text.max media.0.alt_text"));
  kind.media.alt_text_max = 0;
  const auto found = check_by_spec(kind, draft);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Violation::Severity::warning);
}

TEST(CheckBySpec, sizes_are_shown_as_people_read_them) {
  EXPECT_EQ(shown_bytes(700), "700 bytes");
  EXPECT_EQ(shown_bytes(8 << 20), "8 MB");
  EXPECT_EQ(shown_bytes(1536), "1.5 KB");
  EXPECT_EQ(shown_bytes(274'877'906'944), "256 GB");
}

PostKind thread() {
  PostKind kind;
  kind.label = "Thread";
  kind.options = {{.name = "more",
                   .label = "More posts",
                   .type = OptionType::texts,
                   .max = 5,
                   .items_min = 2,
                   .items_max = 3}};
  return kind;
}

std::vector<std::string> rules_of(std::vector<std::string> more) {
  Draft draft;
  draft.options["more"] = std::move(more);
  return rules(thread(), draft);
}

TEST(CheckBySpec, the_limit_of_texts_holds_for_each_of_them) {
  EXPECT_THAT(rules_of({"hello", "again"}), IsEmpty());
  EXPECT_THAT(rules_of({"hello", "again!"}), ElementsAre("option.max options.more"));
  EXPECT_THAT(rules_of({"hello", ""}), ElementsAre("option.empty options.more"));
}

TEST(CheckBySpec, texts_keep_their_number) {
  EXPECT_THAT(rules_of({}), IsEmpty());
  EXPECT_THAT(rules_of({"one"}), ElementsAre("option.items.min options.more"));
  EXPECT_THAT(rules_of({"1", "2", "3", "4"}), ElementsAre("option.items.max options.more"));
}

const TargetSpec kPlaces{.word = "place", .prefix = "p/", .folds_case = true, .max = 5};

TEST(CheckTarget, what_a_person_typed_becomes_one_key) {
  EXPECT_EQ(canonical_target(kPlaces, " /p/Bread\n"), "bread");
  EXPECT_EQ(canonical_target(kPlaces, "p/bread"), "bread");
  EXPECT_EQ(canonical_target({.word = "board"}, "/p/Bread"), "/p/Bread");
}

TEST(CheckTarget, a_key_is_wanted_where_there_are_places_and_only_there) {
  EXPECT_THAT(check_target(kPlaces, "bread"), IsEmpty());
  EXPECT_THAT(check_target({}, ""), IsEmpty());
  ASSERT_EQ(check_target(kPlaces, "").size(), 1u);
  EXPECT_EQ(check_target(kPlaces, "")[0].rule, "target.required");
  ASSERT_EQ(check_target(kPlaces, "breads").size(), 1u);
  EXPECT_EQ(check_target(kPlaces, "breads")[0].limit, "5");
  ASSERT_EQ(check_target({}, "bread").size(), 1u);
  EXPECT_EQ(check_target({}, "bread")[0].rule, "target.unknown");
}

TEST(CheckTarget, a_place_that_the_account_does_not_seem_to_have_is_warned_of_and_no_more) {
  const TargetSpec boards{.word = "board", .choices_from = "boards"};
  const std::map<std::string, std::vector<OptionChoice>> known{{"boards", {{"7", "Bread"}}}};
  EXPECT_THAT(check_target(boards, "7", known), IsEmpty());
  const auto found = check_target(boards, "8", known);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule, "target.live");
  EXPECT_EQ(found[0].severity, Violation::Severity::warning);
  // Nobody knows just now; and a place without a list is anybody's.
  EXPECT_THAT(check_target(boards, "8", {}), IsEmpty());
  EXPECT_THAT(check_target(kPlaces, "8", known), IsEmpty());
  EXPECT_EQ(check_target(boards, "", known)[0].rule, "target.required");
}

}  // namespace
}  // namespace herald

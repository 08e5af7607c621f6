// What the rules of Pinterest refuse before anything is sent, and what its spec promises; what is
// sent and heard is recorded under tests/fixtures/pinterest.
#include "platforms/pinterest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "domain/check.h"

namespace herald {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

const PlatformSpec& spec() { return pinterest_flows::spec(); }

MediumInput picture(int width, int height) {
  MediumInput medium{.id = MediaId("media_a")};
  medium.original = {
      .content_type = "image/jpeg", .size_bytes = 1000, .width = width, .height = height};
  return medium;
}

Input pin(const char* kind, Options options = {}) {
  Input input;
  input.kind = kind;
  input.target_key = "549755885175";
  input.options = std::move(options);
  input.media = {picture(1000, 1500)};
  return input;
}

std::vector<std::string> rules_broken(const Input& input) {
  std::vector<std::string> rules;
  for (const auto& found : pinterest_flows::check(input)) {
    const bool warns = found.severity == Violation::Severity::warning;
    rules.push_back((warns ? "warns " : "") + found.rule);
  }
  return rules;
}

// By the spec's data.
std::vector<std::string> rules_broken(const char* kind, Draft draft, std::size_t pictures = 1) {
  MediaFacts facts{.content_type = "image/jpeg", .size_bytes = 1000, .width = 10, .height = 15};
  const bool video = std::string_view(kind) == "video";
  if (video) facts = {.type = MediaType::video, .content_type = "video/mp4", .duration_ms = 9'000};
  for (std::size_t i = 0; i < pictures; ++i) draft.media.push_back({.facts = facts});
  std::vector<std::string> rules;
  const auto& of = *std::ranges::find(spec().kinds, kind, &PostKind::id);
  for (const auto& found : check_by_spec(of, draft)) rules.push_back(found.rule);
  return rules;
}

TEST(Pinterest, PN26_a_board_is_an_id_of_digits) {
  Input input = pin("image");
  EXPECT_THAT(rules_broken(input), IsEmpty());
  input.target_key = "bread";
  EXPECT_THAT(rules_broken(input), ElementsAre("target.board"));
  EXPECT_THAT(check_target(spec().target, "").size(), 1);
}

TEST(Pinterest, PN27_what_is_too_long_is_refused_and_not_what_just_fits) {
  const auto broken = [](std::size_t title, std::size_t text, std::size_t link, std::size_t alt) {
    Draft draft;
    draft.text = std::string(text, 'a');
    draft.options = {{"title", std::string(title, 'a')},
                     {"link", std::string(link, 'a')},
                     {"alt_text", std::string(alt, 'a')}};
    return rules_broken("carousel", std::move(draft), 2);
  };
  EXPECT_THAT(broken(100, 800, 2048, 500), IsEmpty());
  EXPECT_THAT(broken(101, 800, 2048, 500), ElementsAre("option.max"));
  EXPECT_THAT(broken(100, 801, 2048, 500), ElementsAre("text.max"));
  EXPECT_THAT(broken(100, 800, 2049, 500), ElementsAre("option.max"));
  EXPECT_THAT(broken(100, 800, 2048, 501), ElementsAre("option.max"));
  EXPECT_THAT(rules_broken("image", {}, 0), ElementsAre("media.min"));
}

TEST(Pinterest, PN27_beyond_what_may_be_shown_is_warned_of) {
  Input input = pin("image");
  input.text = std::string(500, 'a');
  EXPECT_THAT(rules_broken(input), IsEmpty());
  input.text += 'a';
  EXPECT_THAT(rules_broken(input), ElementsAre("warns text.shown"));
}

TEST(Pinterest, a_title_that_may_be_counted_otherwise_is_warned_of) {
  std::string grins;
  for (int i = 0; i < 51; ++i) grins += "\xF0\x9F\x98\x80";
  EXPECT_THAT(rules_broken(pin("image", {{"title", grins}})), ElementsAre("warns option.units"));
}

TEST(Pinterest, PN28_a_link_that_is_none_is_refused) {
  for (const char* link : {"shop.test/rye", "https://", "https:///rye", "https://shop test"}) {
    EXPECT_THAT(rules_broken(pin("image", {{"link", std::string(link)}})),
                ElementsAre("link.address"))
        << link;
  }
  EXPECT_THAT(rules_broken(pin("image", {{"link", std::string("http://shop.test")}})), IsEmpty());
}

TEST(Pinterest, PN32_a_carousel_has_two_to_five_pictures_of_one_shape) {
  EXPECT_THAT(rules_broken("carousel", {}, 1), Contains("media.min"));
  EXPECT_THAT(rules_broken("carousel", {}, 5), IsEmpty());
  EXPECT_THAT(rules_broken("carousel", {}, 6), Contains("media.max"));
  Input input = pin("carousel");
  input.media.push_back(picture(2000, 3000));
  EXPECT_THAT(rules_broken(input), IsEmpty());
  input.media.push_back(picture(1500, 1000));
  EXPECT_THAT(rules_broken(input), ElementsAre("carousel.shape"));
  // What is sent counts.
  input.media.back().jpeg = MediaFacts{.width = 500, .height = 750};
  EXPECT_THAT(rules_broken(input), IsEmpty());
}

TEST(Pinterest, PN37_a_video_has_a_cover) {
  EXPECT_THAT(rules_broken("video", {}), ElementsAre("option.required"));
}

TEST(Pinterest, PN20_boards_are_written_to_and_said_to_be) {
  std::vector<std::string> required;
  for (const auto& scope : spec().scopes) {
    if (scope.required) required.push_back(scope.name);
  }
  EXPECT_THAT(required, ElementsAre("user_accounts:read", "boards:read", "boards:write",
                                    "pins:read", "pins:write"));
}

TEST(Pinterest, PN29_a_picture_goes_by_the_link_of_what_is_a_jpeg) {
  Input input = pin("image");
  input.media.front().jpeg = input.media.front().original;
  const auto step = pinterest_flows::publish().next(input, R"({"board":"own"})");
  const auto& body = std::get<JsonBody>(std::get<Call>(step).body);
  const Reference link{Reference::Kind::media_link, "media_a/jpeg"};
  EXPECT_EQ(body.references.at("{media_link media_a/jpeg}"), link);
  EXPECT_EQ(body.references.size(), 1u);
}

// S3 ignores what follows the file: the contract of MultipartBody sends it last.
TEST(Pinterest, PN34_the_fields_of_the_form_are_handed_on_in_their_order) {
  Input input = pin("video");
  const std::string answer = R"({"media_id":"1","upload_url":"https://store.test/",)"
                             R"("upload_parameters":{"z":"1","key":"2","a":"3"}})";
  const auto flow = pinterest_flows::publish();
  const auto heard = flow.absorb(input, R"({"board":"own"})", {.status = 201, .body = answer});
  const Step step = flow.next(input, heard.progress);
  const auto& body = std::get<MultipartBody>(std::get<Call>(step).body);
  std::vector<std::string> names;
  for (const auto& field : body.fields) names.push_back(field.name);
  EXPECT_THAT(names, ElementsAre("z", "key", "a"));
  EXPECT_EQ(body.file_field, "file");
}

TEST(Pinterest, PN34_a_file_goes_nowhere_in_the_clear) {
  const auto heard = pinterest_flows::publish().absorb(
      pin("video"), R"({"board":"own"})",
      {.status = 201,
       .body =
           R"({"media_id":"1","upload_url":"http://store.test/","upload_parameters":{"k":"1"}})"});
  EXPECT_EQ(heard.verdict, Verdict::unknown);
}

TEST(Pinterest, PN40_what_a_person_says_is_not_there_is_begun_anew) {
  Input input = pin("video");
  input.publish_progress = R"({"board":"own","media":"7","ready":"yes"})";
  const Step step = pinterest_flows::find().next(input, R"({"ended":"complete"})");
  const auto& found = std::get<Found>(std::get<Finished>(step).outcome);
  EXPECT_EQ(found.what, Found::What::cannot_tell);
  const Step again = pinterest_flows::publish().next(input, found.progress);
  EXPECT_EQ(std::get<Call>(again).step, "look at the board");
  const auto heard = pinterest_flows::publish().absorb(input, found.progress,
                                                       {.status = 200, .body = R"({"id":"1"})"});
  const Step next = pinterest_flows::publish().next(input, heard.progress);
  EXPECT_EQ(std::get<Call>(next).step, "ask where to upload");
}

TEST(Pinterest, PN39_a_board_that_is_too_big_to_be_read_is_for_a_person) {
  Input input = pin("image");
  input.begun_at = input.platform_time = input.now;
  const auto flow = pinterest_flows::find();
  Progress progress;
  int calls = 0;
  Step step = flow.next(input, progress);
  for (; std::holds_alternative<Call>(step) && calls < 1000; step = flow.next(input, progress)) {
    const std::string bookmark = std::to_string(++calls);
    progress = flow.absorb(input, progress,
                           {.status = 200,
                            .body = R"({"items":[{"id":"1","is_owner":true,"created_at":)"
                                    R"("1970-01-01T00:00:01","media":{"media_type":"image"}}],)"
                                    R"("bookmark":")" +
                                    bookmark + "\"}"})
                   .progress;
  }
  EXPECT_LT(calls, 100);
  EXPECT_EQ(std::get<Found>(std::get<Finished>(step).outcome).what, Found::What::cannot_tell);
}

std::map<std::string, std::string> figures(const Input& input, const Progress& progress,
                                           std::string body) {
  const auto flow = pinterest_flows::measure();
  const auto heard = flow.absorb(input, progress, {.status = 200, .body = std::move(body)});
  return std::get<LookedUp>(std::get<Finished>(flow.next(input, heard.progress)).outcome).facts;
}

TEST(Pinterest, PN45_a_pin_of_which_no_day_is_counted_yet_has_no_sums) {
  Input input = pin("image");
  input.remote_id = "7";
  const std::string begin = R"({"all":{"summary_metrics":{"IMPRESSION":0},"daily_metrics":[)"
                            R"({"data_status":"PROCESSING"},{"data_status":")";
  const std::string end = R"("}],"lifetime_metrics":{"TOTAL_REACTIONS":2}}})";
  EXPECT_THAT(figures(input, {}, begin + "BEFORE_BUSINESS_CREATED" + end),
              ElementsAre(Pair("likes", "2")));
  EXPECT_THAT(figures(input, {}, begin + "ESTIMATE" + end),
              ElementsAre(Pair("likes", "2"), Pair("views", "0")));
}

TEST(Pinterest, PN47_a_yesterday_that_is_not_counted_yet_is_no_zero) {
  Input input = pin("image");
  const auto of = [&](const char* date, const char* status) {
    return figures(input, R"({"account":"read"})",
                   std::string(R"({"all":{"daily_metrics":[{"date":")") + date +
                       R"(","data_status":")" + status + R"(","metrics":{"IMPRESSION":0}}]}})");
  };
  EXPECT_THAT(of("1969-12-31", "READY"), ElementsAre(Pair("views", "0")));
  EXPECT_THAT(of("1969-12-31", "PROCESSING"), IsEmpty());
  EXPECT_THAT(of("1969-12-30", "READY"), IsEmpty());
}

}  // namespace
}  // namespace herald

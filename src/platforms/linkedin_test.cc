#include "platforms/linkedin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/check.h"
#include "platforms/list.h"

namespace herald::linkedin_flows {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string kMember = "urn:li:person:AbC12dEf3G";
const std::string kPage = "urn:li:organization:5550001";

Input post_as(const std::string& author) {
  Input input;
  input.account.remote_id = author;
  input.kind = "text";
  input.text = "New oven";
  return input;
}

std::vector<std::string> rules_of(const Input& input) {
  std::vector<std::string> names;
  for (const auto& violation : check(input)) names.push_back(violation.rule);
  return names;
}

const PostKind& kind(std::string_view id) {
  return *std::ranges::find(spec().kinds, id, &PostKind::id);
}

// ---------------------------------------------------------------- texts

TEST(LinkedInText, every_character_with_a_meaning_is_escaped) {
  EXPECT_EQ(little_text("50% off (today) [only] a_b"), R"(50% off \(today\) \[only\] a\_b)");
  EXPECT_EQ(little_text("mail me @ noon"), R"(mail me \@ noon)");
  EXPECT_EQ(little_text(R"(C:\temp)"), R"(C:\\temp)");
  EXPECT_EQ(little_text(R"(\|{}@[]()<>*_~)"), R"(\\\|\{\}\@\[\]\(\)\<\>\*\_\~)");
  EXPECT_EQ(little_text(""), "");
  EXPECT_EQ(little_text("Gr\u00fc\u00dfe \U0001F35E"), "Gr\u00fc\u00dfe \U0001F35E");
}

TEST(LinkedInText, a_hashtag_stays_one_and_another_hash_does_not_become_one) {
  EXPECT_EQ(little_text("#baking and (#bread)"), "#baking and \\(#bread\\)");
  EXPECT_EQ(little_text("#\u00f6fen"), "#\u00f6fen");
  EXPECT_EQ(little_text("C# and a#b ##c # d #"), "C\\# and a\\#b \\#\\#c \\# d \\#");
}

// L17: what is not escaped cuts the post off, and nobody is told.
TEST(LinkedInText, LI17_nothing_goes_out_unescaped) {
  const std::string_view reserved = R"(\|{}@[]()<>#*_~)";
  for (const char c : reserved) {
    const std::string sent = little_text(std::string("a ") + c + " b");
    EXPECT_EQ(sent, std::string("a \\") + c + " b");
  }
  Input input = post_as(kMember);
  input.text = "(a)";
  EXPECT_NE(post_body(input, {}).find(R"x("commentary":"\\(a\\)")x"), std::string::npos);
}

TEST(LinkedInText, comes_back_as_it_was_written) {
  for (const std::string text :
       {"50% off (today) #baking", R"(a\b \( c)", "{hashtag}", "#", "", "a_b_c @x <y>"}) {
    EXPECT_EQ(plain_text(little_text(text)), text);
  }
  EXPECT_EQ(plain_text(R"({hashtag|\#|baking} now)"), "#baking now");
  EXPECT_EQ(plain_text(R"({hashtag|\#|open)"), "{hashtag|#|open");
  EXPECT_EQ(plain_text("end \n "), "end");
}

TEST(LinkedInText, a_post_is_named_by_a_share_or_a_ugc_post) {
  EXPECT_EQ(post_urn_in("x urn:li:share:73 y"), "urn:li:share:73");
  EXPECT_EQ(post_urn_in("urn:li:person:7 urn:li:ugcPost:74."), "urn:li:ugcPost:74");
  EXPECT_EQ(post_urn_in("urn:li:activity:75"), "");
  EXPECT_EQ(post_urn_in("urn:li:activity:75", true), "urn:li:activity:75");
  EXPECT_EQ(post_urn_in("urn:li:share:"), "");
  EXPECT_EQ(post_urn_in("urn:li:comment:(urn:li:x,1)"), "");
  EXPECT_EQ(percent_decoded("urn%3Ali%3ashare%3A1%"), "urn:li:share:1%");
  EXPECT_EQ(percent_decoded("%zz%4"), "%zz%4");
}

// ---------------------------------------------------------------- check

TEST(LinkedInCheck, a_text_that_may_be_counted_as_too_long_warns) {
  Input input = post_as(kMember);
  input.text = std::string(3000, 'a');
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.text[0] = '(';
  EXPECT_THAT(rules_of(input), ElementsAre("text.counted"));
  EXPECT_EQ(check(input)[0].severity, Violation::Severity::warning);
  input.text = std::string(3001, 'a');
  EXPECT_THAT(rules_of(input), IsEmpty());  // The spec's own rule says so.
  Draft draft{.text = input.text};
  ASSERT_EQ(check_by_spec(kind("text"), draft).size(), 1u);
  EXPECT_EQ(check_by_spec(kind("text"), draft)[0].rule, "text.max");
}

TEST(LinkedInCheck, only_members_have_connections) {
  Input input = post_as(kMember);
  input.options["visibility"] = std::string("CONNECTIONS");
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.account.remote_id = kPage;
  EXPECT_THAT(rules_of(input), ElementsAre("visibility.page"));
}

TEST(LinkedInCheck, a_page_needs_its_permission_and_a_role) {
  Input input = post_as(kPage);
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.looked_up.facts["role"] = "none";
  EXPECT_THAT(rules_of(input), ElementsAre("page.role"));
  input.account.scopes = {"w_member_social"};
  EXPECT_THAT(rules_of(input), ElementsAre("scope.page"));
  input.account.remote_id = kMember;
  EXPECT_THAT(rules_of(input), IsEmpty());
}

TEST(LinkedInCheck, a_link_is_whole_and_has_a_title) {
  Input input = post_as(kMember);
  input.kind = "article";
  input.options = {{"link", std::string("example.org/oven")}, {"title", std::string("  ")}};
  EXPECT_THAT(rules_of(input), ElementsAre("link.address", "title.blank"));
  input.options = {{"link", std::string("https://example.org")}, {"title", std::string("Oven")}};
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.options["link"] = std::string("https://example.org/a b");
  EXPECT_THAT(rules_of(input), ElementsAre("link.address"));
}

TEST(LinkedInCheck, a_repost_names_a_share_or_a_ugc_post) {
  Input input = post_as(kMember);
  input.kind = "reshare";
  input.options["post"] = std::string("https://www.linkedin.com/feed/update/urn:li:share:73/");
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.options["post"] = std::string("https://www.linkedin.com/posts/x-activity-73-abc");
  EXPECT_THAT(rules_of(input), ElementsAre("post.urn"));
}

TEST(LinkedInCheck, an_image_has_fewer_than_36152320_pixels) {
  Input input = post_as(kMember);
  input.kind = "image";
  MediumInput image;
  image.original = {
      .content_type = "image/jpeg", .size_bytes = 1000, .width = 6016, .height = 6009};
  input.media = {image};
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.media[0].original.height = 6010;
  EXPECT_THAT(rules_of(input), ElementsAre("image.pixels"));
  input.media[0].original.height = 100;
  input.media[0].original.frames = 250;
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.media[0].original.frames = 251;
  EXPECT_THAT(rules_of(input), ElementsAre("image.frames"));
}

TEST(LinkedInMeasure, a_reading_takes_as_many_calls_as_it_says) {
  Input input = post_as(kMember);
  input.account.scopes = {"r_member_postAnalytics", "r_member_profileAnalytics"};
  EXPECT_EQ(reading_calls(input), 1) << "of the account";
  input.remote_id = "urn:li:share:1";
  const auto& measure = find_platform(PlatformId("linkedin"))->flow(Flow::measure);
  int calls = 0;
  for (Progress progress; std::holds_alternative<Call>(measure.next(input, progress)); ++calls) {
    progress = measure.absorb(input, progress, {.status = 200, .body = "{}"}).progress;
  }
  EXPECT_EQ(calls, 5);
  EXPECT_EQ(reading_calls(input), calls);
}

TEST(LinkedInCheck, LI19_several_images_are_two_to_twenty) {
  Draft draft;
  const auto with = [&](std::size_t images) {
    draft.media.assign(images, {{.content_type = "image/png", .size_bytes = 1}, {}, {}});
    return check_by_spec(kind("images"), draft).empty();
  };
  EXPECT_FALSE(with(1));
  EXPECT_TRUE(with(2));
  EXPECT_TRUE(with(20));
  EXPECT_FALSE(with(21));
}

TEST(LinkedInCheck, LI20_a_poll_has_two_to_four_answers_of_thirty_characters) {
  Draft draft{.options = {{"question", std::string("Which?")}}};
  const auto with = [&](std::vector<std::string> answers) {
    draft.options["answers"] = std::move(answers);
    return check_by_spec(kind("poll"), draft).empty();
  };
  EXPECT_FALSE(with({"Rye"}));
  EXPECT_TRUE(with({"Rye", std::string(30, 'a')}));
  EXPECT_FALSE(with({"Rye", std::string(31, 'a')}));
  EXPECT_TRUE(with({"a", "b", "c", "d"}));
  EXPECT_FALSE(with({"a", "b", "c", "d", "e"}));
}

// ---------------------------------------------------------------- flows

TEST(LinkedIn, the_first_comment_is_the_only_work_after_publishing) {
  const Platform& platform = *find_platform(PlatformId("linkedin"));
  Input input = post_as(kMember);
  EXPECT_THAT(platform.follow_ups(input), IsEmpty());
  input.options["first_comment"] = std::string("Hello");
  EXPECT_THAT(platform.follow_ups(input), ElementsAre("comment"));
}

TEST(LinkedIn, O54_the_member_says_whose_the_grant_is) {
  Answer answer{.status = 200};
  answer.body = R"({"sub":"AbC12dEf3G","name":"Mara Stone"})";
  Input input;
  input.account.scopes = {"w_member_social"};
  const Absorbed heard = discover().absorb(input, {}, answer);
  const Step step = discover().next(input, heard.progress);
  const auto& found = std::get<Discovered>(std::get<Finished>(step).outcome);
  EXPECT_EQ(found.subject, kMember);
  EXPECT_EQ(found.accounts.at(0).remote_id, kMember);
}

TEST(LinkedIn, a_file_that_is_refused_again_and_again_is_given_up) {
  Input input = post_as(kMember);
  input.kind = "image";
  MediumInput image{.id = MediaId("media_a")};
  image.original = {.content_type = "image/jpeg", .size_bytes = 1000};
  input.media = {image};
  Answer begun{.status = 200};
  begun.body = R"({"value":{"uploadUrl":"https://www.linkedin.com/dms-uploads/x",)"
               R"("image":"urn:li:image:1"}})";
  Progress progress;
  for (int tries = 1;; ++tries) {
    ASSERT_LT(tries, 20);
    progress = publish().absorb(input, progress, begun).progress;
    const Absorbed heard = publish().absorb(input, progress, {.status = 410});
    ASSERT_EQ(heard.verdict, Verdict::refused);
    progress = heard.progress;
    if (heard.error.kind == ErrorKind::unavailable) continue;
    EXPECT_EQ(heard.error.kind, ErrorKind::invalid);
    EXPECT_EQ(tries, 6);
    break;
  }
}

// A page that posts without end: what was not seen may be further down.
TEST(LinkedIn, a_look_that_does_not_reach_the_beginning_proves_nothing) {
  Input input = post_as(kPage);
  input.now = from_ms(1'795'341'600'000);
  Answer full{.status = 200};
  for (int i = 0; i < 10; ++i) {
    full.body += full.body.empty() ? R"({"elements":[)" : ",";
    full.body += R"({"id":"urn:li:share:1","commentary":"Other","createdAt":1795341600000})";
  }
  full.body += "]}";
  Progress progress;
  for (int calls = 0;; ++calls) {
    ASSERT_LT(calls, 50);
    const Step step = find().next(input, progress);
    if (const auto* end = std::get_if<Finished>(&step)) {
      EXPECT_EQ(std::get<Found>(end->outcome).what, Found::What::cannot_tell);
      break;
    }
    progress = find().absorb(input, progress, full).progress;
  }
}

TEST(LinkedIn, a_limit_is_asked_again_at_midnight_utc_or_within_the_hour) {
  const auto pause = [](Time now) {
    Input input;
    input.now = now;
    return fault_in(input, {.status = 429})->error.retry_after;
  };
  const Time day = Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22));
  EXPECT_EQ(pause(day), 1h);
  EXPECT_EQ(pause(day + 23h + 30min), 30min);
  EXPECT_EQ(pause(day + 24h - 1s), 1min);
}

TEST(LinkedIn, a_refusal_without_code_or_number_leaves_a_doubt) {
  for (const int status : {401, 403, 400, 418}) {
    EXPECT_EQ(fault_in({}, {.status = status})->visible, Verdict::unknown) << status;
  }
  EXPECT_EQ(fault_in({}, {.status = 403})->error.kind, ErrorKind::forbidden);
  EXPECT_EQ(fault_in({}, {.status = 404})->visible, Verdict::refused);
}

TEST(LinkedIn, a_code_in_a_gateways_error_is_not_believed) {
  const auto fault = fault_in({}, {.status = 503, .body = R"({"code":"FIELD_LENGTH_TOO_LONG"})"});
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->error.kind, ErrorKind::unavailable);
  EXPECT_EQ(fault->visible, Verdict::unknown);
}

}  // namespace
}  // namespace herald::linkedin_flows

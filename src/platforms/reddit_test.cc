#include "platforms/reddit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/check.h"
#include "platforms/list.h"

namespace herald::reddit_flows {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using Texts = std::vector<std::string>;
using Facts = std::map<std::string, std::string>;

Input post(std::string kind, Facts facts = {}) {
  Input input;
  input.kind = std::move(kind);
  input.account.username = "mara_bakes";
  input.target_key = "breadlab";
  input.text = "Day 3 of the rye starter";
  input.options = {{"title", "Day 3"}, {"link", "https://www.bread.example/rye?x=1"}};
  input.looked_up.facts = std::move(facts);
  return input;
}

Texts rules_of(const Input& input) {
  Texts names;
  for (const auto& violation : check(input)) names.push_back(violation.rule);
  return names;
}

Texts found_in_title(const std::string& title) {
  const auto& kind = spec().kinds.front();
  Draft draft;
  if (!title.empty()) draft.options["title"] = title;
  Texts names;
  for (const auto& violation : check_by_spec(kind, draft)) names.push_back(violation.rule);
  return names;
}

TEST(RedditSpec, R12_a_title_has_at_most_300_characters) {
  EXPECT_THAT(found_in_title(std::string(300, 'a')), IsEmpty());
  EXPECT_THAT(found_in_title(std::string(301, 'a')), ElementsAre("option.max"));
}

TEST(RedditSpec, R13_a_title_is_wanted) {
  EXPECT_THAT(found_in_title(""), ElementsAre("option.required"));
  Input input = post("self");
  input.options["title"] = " \t ";
  EXPECT_THAT(rules_of(input), ElementsAre("title.blank"));
}

TEST(RedditSpec, several_subreddits_are_targets_of_their_own) {
  EXPECT_EQ(canonical_target(spec().target, " /r/BreadLab "), "breadlab");
  EXPECT_TRUE(spec().lookup.per_target);
  EXPECT_TRUE(spec().lookup.before_publish);
  EXPECT_FALSE(check_target(spec().target, "").empty());
}

TEST(RedditSpec, R07_every_call_says_which_program_it_comes_from) {
  const Platform& platform = *find_platform(PlatformId("reddit"));
  Input input = post("self");
  input.app.client_id = "app";
  input.remote_id = "t3_1";
  for (std::size_t flow = 0; flow < kFlows; ++flow) {
    if (static_cast<Flow>(flow) == Flow::follow_up) continue;
    const Step step = platform.flows[flow].next(input, {});
    const auto* call = std::get_if<Call>(&step);
    ASSERT_NE(call, nullptr) << flow;
    bool said = false;
    for (const auto& header : call->headers) {
      said |= header.name == "User-Agent" &&
              std::get<std::string>(header.value) == "server:app:herald-1";
    }
    EXPECT_TRUE(said) << flow;
  }
}

TEST(RedditSpec, a_call_names_the_owner_of_the_program_however_the_operator_wrote_them) {
  Input input = post("self");
  input.app.client_id = "app";
  for (const char* owner : {"bluebakery", "u/bluebakery", "/u/bluebakery"}) {
    input.app.owner = owner;
    EXPECT_EQ(std::get<std::string>(user_agent(input).value),
              "server:app:herald-1 (by /u/bluebakery)");
  }
}

// Uploads need not have a name.
TEST(RedditUpload, a_file_without_a_name_goes_by_its_id) {
  Input input = post("image");
  MediumInput medium{.id = MediaId("media_a")};
  medium.original = {.content_type = "image/jpeg", .size_bytes = 1000};
  input.media = {medium};
  const Step step = find_platform(PlatformId("reddit"))->flow(Flow::publish).next(input, {});
  const auto& form = std::get<FormBody>(std::get<Call>(step).body).fields;
  ASSERT_EQ(form[0].name, "filepath");
  EXPECT_EQ(std::get<std::string>(form[0].value), "media_a");
}

TEST(RedditCheck, what_is_not_known_of_a_subreddit_forbids_nothing) {
  for (const auto& kind : spec().kinds) EXPECT_THAT(rules_of(post(kind.id)), IsEmpty()) << kind.id;
}

TEST(RedditCheck, a_subreddit_has_a_plain_name) {
  Input input = post("self");
  for (const char* name : {"a/b", "bread lab", "bread?"}) {
    input.target_key = name;
    EXPECT_THAT(rules_of(input), ElementsAre("target.name")) << name;
  }
  input.target_key = "u_mara-bakes";
  EXPECT_THAT(rules_of(input), IsEmpty());
}

TEST(RedditCheck, R20_a_subreddit_that_is_closed_takes_nothing) {
  EXPECT_THAT(rules_of(post("self", {{"closed", "Private."}})), ElementsAre("target.closed"));
  EXPECT_THAT(rules_of(post("self", {{"user_is_banned", "yes"}})), ElementsAre("target.banned"));
  EXPECT_THAT(rules_of(post("self", {{"subreddit_type", "archived"}})),
              ElementsAre("target.archived"));
  Facts restricted{{"subreddit_type", "restricted"}};
  EXPECT_THAT(rules_of(post("self", restricted)), ElementsAre("target.restricted"));
  restricted["user_is_contributor"] = "yes";
  EXPECT_THAT(rules_of(post("self", restricted)), IsEmpty());
}

TEST(RedditCheck, R15_R26_a_subreddit_may_not_take_this_kind) {
  EXPECT_THAT(rules_of(post("self", {{"submission_type", "link"}})), ElementsAre("kind.refused"));
  EXPECT_THAT(rules_of(post("link", {{"submission_type", "link"}})), IsEmpty());
  EXPECT_THAT(rules_of(post("link", {{"submission_type", "self"}})), ElementsAre("kind.refused"));
  EXPECT_THAT(rules_of(post("image", {{"allow_images", "no"}})), ElementsAre("kind.refused"));
  EXPECT_THAT(rules_of(post("gallery", {{"allow_galleries", "no"}})), ElementsAre("kind.refused"));
  EXPECT_THAT(rules_of(post("video", {{"allow_videos", "no"}})), ElementsAre("kind.refused"));
  EXPECT_THAT(rules_of(post("video", {{"allow_images", "no"}})), IsEmpty());
}

TEST(RedditCheck, R18_a_flair_that_a_subreddit_wants_is_there) {
  Input input = post("self", {{"is_flair_required", "yes"}});
  EXPECT_THAT(rules_of(input), ElementsAre("flair.required"));
  input.options["flair"] = "1a2b";
  EXPECT_THAT(rules_of(input), IsEmpty());
}

TEST(RedditCheck, a_flair_of_another_subreddit_is_refused_once_its_own_are_known) {
  Input input = post("self");
  input.options["flair"] = "1a2b";
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.looked_up.choices[kFlairs] = {{"1a2b", "Recipe"}};
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.looked_up.choices[kFlairs] = {{"3c4d", "Tart"}};
  ASSERT_THAT(rules_of(input), ElementsAre("flair.offered"));
  EXPECT_EQ(check(input)[0].severity, Violation::Severity::error);
  input.looked_up.choices[kFlairs].clear();
  EXPECT_THAT(rules_of(input), ElementsAre("flair.offered"));
}

TEST(RedditCheck, R19_a_subreddits_words_and_lengths_are_kept) {
  const auto found = [](const char* name, const char* value) {
    return rules_of(post("self", {{name, value}}));
  };
  EXPECT_THAT(found("title_blacklisted_strings", R"(["DAY"])"), ElementsAre("subreddit.word"));
  EXPECT_THAT(found("title_blacklisted_strings", R"(["giveaway"])"), IsEmpty());
  EXPECT_THAT(found("title_required_strings", R"(["[OC]","day"])"), IsEmpty());
  EXPECT_THAT(found("title_required_strings", R"(["[OC]"])"), ElementsAre("subreddit.word"));
  EXPECT_THAT(found("title_text_min_length", "6"), ElementsAre("subreddit.short"));
  EXPECT_THAT(found("title_text_min_length", "5"), IsEmpty());
  EXPECT_THAT(found("title_text_max_length", "4"), ElementsAre("subreddit.long"));
  EXPECT_THAT(found("title_text_max_length", "5"), IsEmpty());
  EXPECT_THAT(found("body_blacklisted_strings", R"(["rye"])"), ElementsAre("subreddit.word"));
  EXPECT_THAT(found("body_text_min_length", "200"), ElementsAre("subreddit.short"));
  EXPECT_THAT(found("body_restriction_policy", "notAllowed"), ElementsAre("subreddit.body"));
}

TEST(RedditCheck, a_subreddit_may_want_a_text) {
  Input input = post("self", {{"body_restriction_policy", "required"}});
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.text = " ";
  EXPECT_THAT(rules_of(input), ElementsAre("subreddit.body"));
  input.kind = "image";
  EXPECT_THAT(rules_of(input), IsEmpty());
}

TEST(RedditCheck, a_link_is_whole_and_of_a_site_that_the_subreddit_takes) {
  Input input = post("link", {{"link_restriction_policy", "whitelist"},
                              {"domain_whitelist", R"(["bread.example"])"}});
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.looked_up.facts["domain_whitelist"] = R"(["ad.example"])";
  EXPECT_THAT(rules_of(input), ElementsAre("link.domain"));
  input.looked_up.facts = {{"link_restriction_policy", "blacklist"},
                           {"domain_blacklist", R"(["bread.example"])"}};
  EXPECT_THAT(rules_of(input), ElementsAre("link.domain"));
  input.looked_up.facts["domain_blacklist"] = R"(["ad.example"])";
  EXPECT_THAT(rules_of(input), IsEmpty());
  for (const char* link : {"bread.example", "ftp://bread.example", "https://", "https://a b"}) {
    input.options["link"] = link;
    EXPECT_THAT(rules_of(input), ElementsAre("link.address")) << link;
  }
}

TEST(RedditCheck, a_subreddit_may_want_the_pictures_of_a_gallery_described_or_not) {
  Input input = post("gallery", {{"gallery_captions_requirement", "required"}});
  input.media.assign(2, MediumInput{.id = MediaId("media_a")});
  input.media[0].alt_text = "A loaf";
  auto found = check(input);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule, "subreddit.caption");
  EXPECT_EQ(found[0].field, "media.1.alt_text");
  input.media[1].alt_text = "A bun";
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.looked_up.facts["gallery_captions_requirement"] = "notAllowed";
  EXPECT_THAT(rules_of(input), ElementsAre("subreddit.caption", "subreddit.caption"));
  input.looked_up.facts["gallery_captions_requirement"] = "none";
  EXPECT_THAT(rules_of(input), IsEmpty());
}

TEST(RedditCheck, a_subreddit_that_wants_links_in_a_gallery_takes_none_from_here) {
  Input input = post("gallery", {{"gallery_urls_requirement", "required"}});
  EXPECT_THAT(rules_of(input), ElementsAre("subreddit.gallery_link"));
  input.kind = "image";
  EXPECT_THAT(rules_of(input), IsEmpty());
}

TEST(RedditLookup, what_a_subreddit_wants_of_galleries_is_read) {
  Input input = post("gallery");
  const auto& lookup = find_platform(PlatformId("reddit"))->flow(Flow::lookup);
  const auto about = lookup.absorb(input, {}, {.status = 200, .body = R"({"data":{}})"});
  const auto read = lookup.absorb(
      input, about.progress,
      {.status = 200,
       .body = R"({"gallery_captions_requirement":"required","gallery_urls_requirement":"none"})"});
  const auto flairs = lookup.absorb(input, read.progress, {.status = 200, .body = "[]"});
  const Step step = lookup.next(input, flairs.progress);
  const auto& facts = std::get<LookedUp>(std::get<Finished>(step).outcome).facts;
  EXPECT_EQ(facts.at("gallery_captions_requirement"), "required");
  EXPECT_EQ(facts.at("gallery_urls_requirement"), "none");
}

TEST(RedditCheck, only_a_gif_may_be_larger_than_20_mib) {
  Input input = post("image");
  MediumInput medium{.id = MediaId("media_a")};
  medium.original = {.content_type = "image/png", .size_bytes = 20'971'521};
  input.media = {medium};
  EXPECT_THAT(rules_of(input), ElementsAre("image.bytes"));
  input.media[0].original.size_bytes = 20'971'520;
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.media[0].original = {.content_type = "image/gif", .size_bytes = 104'857'600};
  EXPECT_THAT(rules_of(input), IsEmpty());
}

TEST(RedditCheck, a_subreddit_may_want_galleries_of_a_size) {
  Input input = post("gallery", {{"gallery_min_items", "3"}, {"gallery_max_items", "4"}});
  const auto found = [&](std::size_t pictures) {
    input.media.assign(pictures, MediumInput{.id = MediaId("media_a")});
    return rules_of(input);
  };
  EXPECT_THAT(found(2), Contains("subreddit.gallery"));
  EXPECT_THAT(found(3), IsEmpty());
  EXPECT_THAT(found(4), IsEmpty());
  EXPECT_THAT(found(5), Contains("subreddit.gallery"));
}

}  // namespace
}  // namespace herald::reddit_flows

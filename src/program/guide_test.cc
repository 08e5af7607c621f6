#include "program/guide.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "platforms/list.h"

namespace herald {
namespace {

const Source kSource{"https://example.test/limits", "2026-11-22"};
const std::string kChecked = "[2026-11-22](https://example.test/limits)";

PlatformSpec spec_of_two_kinds() {
  const OptionSpec title{.name = "title",
                         .label = "Title",
                         .help = "Without < or |.",
                         .required = true,
                         .max = 1'500,
                         .under = "named",
                         .source = kSource};
  const MediaRule photo{.type = MediaType::image,
                        .formats = {"image/png", "image/x-new"},
                        .bytes_max = 8U << 20,
                        .ratio_min = 0.8,
                        .ratio_max = 1.91,
                        .source = kSource};
  const MediaRule video{.type = MediaType::video,
                        .formats = {"video/mp4"},
                        .bytes_min = 75 << 10,
                        .bytes_max = 5'000'000,
                        .side_min = 360,
                        .frame_rate_min = 23,
                        .frame_rate_max = 60,
                        .duration_min_ms = 500,
                        .duration_max_ms = 600'000,
                        .source = kSource};
  PlatformSpec spec;
  spec.kinds = {{.id = "text",
                 .label = "Text",
                 .text = {.required = true,
                          .max = 2'200,
                          .counted_as = Counting::utf16_units,
                          .source = kSource},
                 .media = {},
                 .options = {title},
                 .consents = {}},
                {.id = "album",
                 .label = "Album",
                 .text = {.allowed = false, .source = kSource},
                 .media = {.min = 2, .max = 10, .rules = {photo, video}, .alt_text_max = 100},
                 .options = {title},
                 .consents = {}}};
  spec.limits = {{"posts.daily", "Posts a day", 1'234'567, "posts", kSource}};
  spec.scopes = {{"write", "Post.", true, ScopeUse::publish, kSource},
                 {"read", "Read figures.", false, ScopeUse::measure, kSource}};
  spec.kinds[1].consents = {{.text = "You agree to the Terms.",
                             .links = {{"Terms", "https://example.test/terms"}},
                             .option = "title",
                             .when = false,
                             .source = kSource}};
  spec.target = {.word = "room",
                 .label = "Room",
                 .help = "Its name.",
                 .prefix = "r/",
                 .folds_case = true,
                 .source = kSource};
  MetricSpec views;
  views.name = "views";
  views.label = "Views";
  views.theirs = "view_count";
  views.meaning = "How often it was seen.";
  views.source = kSource;
  MetricSpec reach = views;
  reach.of = MetricSpec::Of::account;
  reach.span = MetricSpec::Span::day;
  reach.account_kind = "page";
  reach.scope = "read";
  reach.kept_max = std::chrono::hours(48);
  spec.metrics = {views, reach};
  spec.api_version = {"v2", "2028-07-29", kSource};
  return spec;
}

TEST(Guide, says_every_limit_with_the_day_it_was_checked_and_its_source) {
  const std::string text = limits_guide(spec_of_two_kinds());
  for (const std::string row :
       {"| Text (`text`) | required, at most 2,200 UTF-16 units | none | none | ",
        "| Album (`album`) | none | 2 to 10 images or videos | at most 100 characters | ",
        "| image | Album | PNG, `image/x-new` | at most 8 MiB | 0.8 to 1.91 | | ",
        "| video | Album | MP4 | 76,800 bytes to 5 MB | each side at least 360 pixels; 23 to 60 "
        "pictures a second | 0.5 s to 10 min | ",
        "| Title (`title`) | all | required, at most 1,500 characters | Without \\< or \\|. "
        "Set while `named` is on. | ",
        "| Posts a day | 1,234,567 posts | ",
        "| Room | with or without `r/`; capitals do not count | Its name. | ",
        "| You agree to the Terms. | Album | `title` is off | [Terms](https://example.test/terms) "
        "| ",
        "| Views (`views`) | a post | `view_count` | How often it was seen. | | ",
        "| Views (`views`) | the account (page), of a day | `view_count` | How often it was seen. "
        "Kept for 48 h at most. | `read` | "}) {
    EXPECT_TRUE(text.contains("\n" + row + kChecked + " |\n")) << row << "\n\n" << text;
  }
  EXPECT_TRUE(text.contains("`v2` ends on 2028-07-29; ")) << text;
}

TEST(Guide, says_how_often_figures_are_read) {
  PlatformSpec spec = spec_of_two_kinds();
  spec.readings = {{std::chrono::days(7), std::chrono::days(1)},
                   {std::chrono::days(28), std::chrono::days(7)}};
  const std::string text = limits_guide(spec);
  EXPECT_TRUE(
      text.contains("those of a post an hour after it was published, then daily until it is "
                    "7 days old, then every 7 days until it is 28 days old.\n"))
      << text;
}

TEST(Guide, says_of_places_that_are_the_accounts_own_that_they_are_chosen) {
  PlatformSpec spec = spec_of_two_kinds();
  spec.target = {.word = "board", .label = "Board", .choices_from = "boards", .source = kSource};
  const std::string text = limits_guide(spec);
  EXPECT_TRUE(text.contains("\n| Board | chosen from the account's own | | " + kChecked + " |\n"))
      << text;
}

TEST(Guide, says_which_permissions_are_required) {
  EXPECT_EQ(scopes_guide(spec_of_two_kinds()),
            "\n| permission | why | for | required | checked |\n| --- | --- | --- | --- | --- |\n"
            "| `write` | Post. | publishing | yes | " +
                kChecked + " |\n| `read` | Read figures. | figures | no | " + kChecked +
                " |\n\nWhat is for figures is asked for where the person wants them read.\n");
}

TEST(Guide, keeps_all_that_stands_outside_the_markers) {
  const PlatformSpec spec = spec_of_two_kinds();
  const auto made = with_generated_parts(
      "# A\n<!-- generated: scopes -->\nold\n<!-- end -->\nB\n"
      "<!-- generated: limits -->\nold\n<!-- end -->\nC\n",
      spec);
  ASSERT_TRUE(made);
  EXPECT_EQ(*made, "# A\n<!-- generated: scopes -->\n" + scopes_guide(spec) +
                       "\n<!-- end -->\nB\n<!-- generated: limits -->\n" + limits_guide(spec) +
                       "\n<!-- end -->\nC\n");
  EXPECT_EQ(with_generated_parts(*made, spec).value_or(""), *made);
}

TEST(Guide, of_a_second_sign_in_has_its_permissions_alone) {
  PlatformSpec spec = spec_of_two_kinds();
  spec.registration = "login";
  const std::string main = "<!-- generated: scopes -->\nmain\n<!-- end -->\n";
  const auto made =
      with_generated_parts(main + "<!-- generated: scopes login -->\nold\n<!-- end -->\n", spec);
  ASSERT_TRUE(made);
  EXPECT_EQ(*made,
            main + "<!-- generated: scopes login -->\n" + scopes_guide(spec) + "\n<!-- end -->\n");
  EXPECT_FALSE(with_generated_parts(main, spec));
}

TEST(Guide, without_its_markers_is_not_touched) {
  for (const char* guide : {"# A\n", "<!-- generated: scopes -->\n<!-- end -->\n",
                            "<!-- generated: limits -->\n<!-- generated: scopes -->\n"}) {
    EXPECT_FALSE(with_generated_parts(guide, spec_of_two_kinds())) << guide;
  }
}

std::string text_of_file(const std::string& name) {
  std::ifstream in(name);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Guide, of_every_platform_says_what_its_spec_says) {
  for (const Platform* platform : all_platforms()) {
    const std::string& id = platform->spec->id.value;
    if (!is_available(*platform)) continue;
    const std::string file = "docs/platforms/" + id + ".md";
    const std::string guide = text_of_file(std::string(HERALD_SOURCE_DIR) + "/" + file);
    const auto fresh = with_generated_parts(guide, *platform->spec);
    ASSERT_TRUE(fresh) << file << ": " << fresh.error().message;
    EXPECT_TRUE(*fresh == guide) << file << " is stale. Run tools/guides and commit what it wrote.";
  }
}

}  // namespace
}  // namespace herald

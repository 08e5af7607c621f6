// Every recorded exchange in tests/fixtures, played; and the list of what each platform that can
// publish must have been recorded doing.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

#include "platforms/list.h"
#include "testing/recorded_exchange.h"

namespace herald {
namespace {

const std::string kFolder = HERALD_SOURCE_DIR "/tests/fixtures/";

// "instagram"; of a second sign-in "instagram_login".
std::string folder_of(const Platform& platform) {
  const PlatformSpec& spec = *platform.spec;
  return spec.id.value + (spec.registration == "main" ? "" : "_" + spec.registration);
}

std::vector<RecordedExchange> exchanges_of(const Platform& platform) {
  const std::string folder = kFolder + folder_of(platform);
  if (!std::filesystem::exists(folder)) return {};
  return exchanges_in(folder);
}

TEST(Fixtures, every_recorded_exchange_goes_as_recorded) {
  int played = 0;
  for (const Platform* platform : all_platforms()) {
    for (const auto& exchange : exchanges_of(*platform)) {
      ++played;
      EXPECT_EQ(play(*platform, exchange), "") << folder_of(*platform) << "/" << exchange.file
                                               << ", " << exchange.vector << ": " << exchange.says;
    }
  }
  RecordProperty("exchanges", played);
  EXPECT_GT(played, 0);
}

TEST(Fixtures, every_platform_that_can_publish_was_recorded_in_each_kind_of_trouble) {
  const std::set<std::string> wanted{"publish",    "slow_media",      "refused_token",
                                     "rate_limit", "refused_content", "lost_answer",
                                     "duplicate"};
  for (const Platform* platform : all_platforms()) {
    if (!is_available(*platform)) continue;
    std::set<std::string> missing = wanted;
    for (const auto& exchange : exchanges_of(*platform)) {
      for (const auto& cover : exchange.covers) {
        EXPECT_TRUE(wanted.contains(cover)) << exchange.vector << " covers " << cover;
        missing.erase(cover);
      }
    }
    for (const auto& cover : missing) {
      ADD_FAILURE() << folder_of(*platform) << " has no recorded exchange of: " << cover;
    }
  }
}

// What recorded readings came to: the figures' names, and what they are of.
using Metric = std::tuple<MetricSpec::Of, std::string, std::string>;

std::set<Metric> measured_of(const Platform& platform) {
  std::set<Metric> seen;
  for (const auto& exchange : exchanges_of(platform)) {
    if (exchange.flow != "measure") continue;
    const auto [input, figures] = reading_in(platform, exchange);
    const auto of = input.remote_id.empty() ? MetricSpec::Of::account : MetricSpec::Of::post;
    for (const auto& [name, value] : figures.facts) seen.emplace(of, name, input.account.kind);
  }
  return seen;
}

TEST(Fixtures, what_is_measured_is_what_the_spec_lists) {
  for (const Platform* platform : all_platforms()) {
    const auto& metrics = platform->spec->metrics;
    const auto measured = measured_of(*platform);
    const auto meets = [](const MetricSpec& spec, const Metric& metric) {
      const auto& [of, name, account_kind] = metric;
      return spec.of == of && spec.name == name &&
             (spec.account_kind.empty() || spec.account_kind == account_kind);
    };
    for (const auto& metric : measured) {
      EXPECT_TRUE(std::ranges::any_of(metrics, [&](auto& spec) { return meets(spec, metric); }))
          << platform->spec->name << " measures " << std::get<1>(metric) << " of a "
          << std::get<2>(metric) << ", which its spec does not list";
    }
    for (const auto& spec : metrics) {
      EXPECT_TRUE(std::ranges::any_of(measured, [&](auto& metric) { return meets(spec, metric); }))
          << platform->spec->name << " lists " << spec.name << " (" << spec.theirs
          << "), which no recorded exchange measures";
    }
  }
}

// The numbered vectors of the platforms' fact sheets, and why a number is not here.
struct VectorRange {
  const char* folder;
  const char* prefix;
  int last;
  std::map<int, const char*> elsewhere;
};

const VectorRange kVectors[] = {
    {"instagram",
     "IG-",
     33,
     {{28, "bytes go by link, never through rupload"},
      {29, "bytes go by link, never through rupload"},
      {31, "Herald deletes nothing"}}},
    {"instagram",
     "M-",
     23,
     {{1, "shown by the dialog, no callback"},
      {2, "shown by the dialog, no callback"},
      {3, "shown by the dialog, no callback"},
      {4, "the callback's affair"},
      {15, "debug_token is not used"},
      {16, "debug_token is not used"},
      {18, "the signature is checked before read_notice()"},
      {19, "meta_oauth_test.cc"},
      {20, "meta_oauth_test.cc"}}},
    {"instagram_login",
     "IL-",
     9,
     {{3, "the callback's affair"},
      {4, "connect_begin_test.cc, and instagram_login_test.cc"},
      {7, "never sent"}}},
    {"facebook",
     "FB-",
     34,
     {{4, "never sent"},
      {10, "never sent"},
      {19, "bytes are sent, never fetched by link"},
      {20, "bytes are sent, never fetched by link"},
      {27, "never asked for"},
      {28, "Herald edits nothing"},
      {31, "never sent"},
      {32, "never sent"}}},
    {"facebook",
     "M-",
     23,
     {{1, "shown by the dialog, no callback"},
      {2, "shown by the dialog, no callback"},
      {3, "shown by the dialog, no callback"},
      {4, "the callback's affair"},
      {15, "debug_token is not used"},
      {16, "debug_token is not used"},
      {18, "the signature is checked before read_notice()"},
      {19, "meta_oauth_test.cc"},
      {20, "meta_oauth_test.cc"}}},
    {"youtube", "YU-", 34, {}},
    {"youtube",
     "YO-",
     13,
     {{1, "shown by the consent page, no callback"}, {2, "the callback's affair"}}},
    {"tiktok",
     "TT",
     30,
     {{1, "shown by the authorize page, no callback"},
      {2, "shown by the authorize page, no callback"},
      {3, "the callback's affair"},
      {30, "shown by the authorize page, no callback"}}},
    {"linkedin",
     "LI-",
     30,
     {{5, "the callback's affair"},
      {17, "linkedin_test.cc: nothing goes out unescaped"},
      {28, "Herald deletes nothing"},
      {30, "Herald edits nothing"}}},
    {"twitter",
     "X",
     31,
     {{1, "shown by the consent page, no callback"},
      {18, "twitter_test.cc: never sent"},
      {26, "Herald deletes nothing"}}},
    {"reddit",
     "R",
     30,
     {{1, "shown by the authorize page, no callback"}, {2, "the callback's affair"}}},
};

TEST(Fixtures, every_numbered_vector_is_recorded_or_accounted_for) {
  for (const auto& range : kVectors) {
    std::set<std::string> recorded;
    for (const auto& exchange : exchanges_in(kFolder + range.folder)) {
      recorded.insert(exchange.vector.substr(0, exchange.vector.find(' ')));
    }
    for (int number = 1; number <= range.last; ++number) {
      const std::string name =
          range.prefix + std::string(number < 10 ? "0" : "") + std::to_string(number);
      EXPECT_NE(recorded.contains(name), range.elsewhere.contains(number)) << name;
    }
  }
}

}  // namespace
}  // namespace herald

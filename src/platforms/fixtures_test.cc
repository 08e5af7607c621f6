// Every recorded exchange in tests/fixtures, played; and the list of what each platform that can
// publish must have been recorded doing.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
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

// tests/fixtures/<p>/vectors.txt: how the numbers of the platform's fact sheet begin, with the last
// one, and below it each number that is not recorded here, with the reason.
struct VectorRange {
  std::string prefix;
  int last = 0;
  std::map<int, std::string> elsewhere;
};

std::vector<VectorRange> vectors_in(const std::string& folder) {
  std::vector<VectorRange> ranges;
  std::ifstream file(folder + "/vectors.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    const auto blank = line.find(' ');
    const std::string head = line.substr(0, blank);
    const std::string rest = line.substr(std::min(blank, line.size() - 1) + 1);
    if (head.find_first_not_of("0123456789") == head.npos && !ranges.empty()) {
      ranges.back().elsewhere[std::stoi(head)] = rest;
    } else {
      ranges.push_back({head, std::stoi(rest), {}});
    }
  }
  return ranges;
}

TEST(Fixtures, every_numbered_vector_is_recorded_or_accounted_for) {
  for (const Platform* platform : all_platforms()) {
    const std::string folder = kFolder + folder_of(*platform);
    const auto ranges = vectors_in(folder);
    EXPECT_FALSE(ranges.empty()) << folder << "/vectors.txt does not number them";
    std::set<std::string> recorded;
    for (const auto& exchange : exchanges_in(folder)) {
      recorded.insert(exchange.vector.substr(0, exchange.vector.find(' ')));
    }
    for (const auto& range : ranges) {
      for (int number = 1; number <= range.last; ++number) {
        const std::string name =
            range.prefix + std::string(number < 10 ? "0" : "") + std::to_string(number);
        EXPECT_NE(recorded.contains(name), range.elsewhere.contains(number)) << name;
      }
      for (const auto& [number, reason] : range.elsewhere) {
        EXPECT_TRUE(number <= range.last && !reason.empty()) << range.prefix << number;
      }
    }
  }
}

}  // namespace
}  // namespace herald

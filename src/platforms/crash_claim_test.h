// What the tests of crashes share: a clock's beginning, answers, and the claim itself.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platforms/list.h"
#include "testing/crash_play.h"

namespace herald::crashes {

using namespace std::chrono_literals;

inline Time start() { return Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22)) + 10h; }

inline std::string iso(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
  const auto two = [](auto number) {
    const auto text = std::to_string(number);
    return text.size() < 2 ? "0" + text : text;
  };
  return std::to_string(static_cast<int>(date.year())) + "-" +
         two(static_cast<unsigned>(date.month())) + "-" + two(static_cast<unsigned>(date.day())) +
         "T" + two(clock.hours().count()) + ":" + two(clock.minutes().count()) + ":" +
         two(clock.seconds().count()) + "Z";
}

inline std::string value_of(const std::vector<Field>& fields, std::string_view name) {
  for (const auto& field : fields) {
    if (field.name == name) return std::get<std::string>(field.value);
  }
  return {};
}

inline Answer json(int status, std::string body) {
  return {.status = status, .body = std::move(body)};
}

template <class World>
void expect_one_post(const Platform& platform, const Input& input, bool wrong_clock = false) {
  int published = 0;
  constexpr int kSeeds = 3000;
  for (int seed = 0; seed < kSeeds; ++seed) {
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    World world(random);
    const CrashResult result =
        play_crashes(platform, input, world, random, 5 * (seed % 12), wrong_clock);
    ASSERT_LE(world.visible(), 1) << "seed " << seed;
    ASSERT_NE(result.end, CrashEnd::unfinished) << "seed " << seed << ", " << result.calls;
    ASSERT_NE(result.end, CrashEnd::failed) << "seed " << seed << ": " << result.message;
    if (result.end == CrashEnd::published) {
      ASSERT_EQ(world.visible(), 1) << "seed " << seed;
      ++published;
    }
  }
  // A person is asked seldom, and never because nothing else was tried.
  EXPECT_GT(published, kSeeds * (wrong_clock ? 60 : 95) / 100);
}

template <class World>
void expect_one_post(const char* platform, const Input& input) {
  expect_one_post<World>(*find_platform(PlatformId(platform)), input);
}

// Our clock is off by an hour or a day, and jumps.
template <class World>
void expect_one_post_by_a_wrong_clock(const char* platform, const Input& input) {
  expect_one_post<World>(*find_platform(PlatformId(platform)), input, true);
}

}  // namespace herald::crashes

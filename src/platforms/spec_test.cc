// Rules that hold for the data of every platform.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <tuple>

#include "platforms/list.h"
#include "platforms/metric_names.h"

namespace herald {
namespace {

bool is_day(const std::string& text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' && text >= "2026-01-01";
}

void expect_source(const Source& source, const std::string& what) {
  EXPECT_TRUE(source.where.starts_with("https://")) << what;
  EXPECT_TRUE(is_day(source.checked_on)) << what;
}

void expect_option(const OptionSpec& option, const std::string& what) {
  expect_source(option.source, what);
  if (option.media) expect_source(option.media->source, what);
  EXPECT_FALSE(option.label.empty()) << what;
  const bool offers = !option.choices.empty() || !option.choices_from.empty();
  EXPECT_EQ(option.type == OptionType::choice, offers) << what;
  if (option.type == OptionType::choice && !option.default_value.empty()) {
    bool offered = false;
    for (const auto& choice : option.choices) offered |= choice.value == option.default_value;
    EXPECT_TRUE(offered) << what << " has a default that is not offered";
  }
  if (option.type == OptionType::boolean) {
    EXPECT_TRUE(option.default_value == "true" || option.default_value == "false" ||
                (option.required && option.default_value.empty()))
        << what;
  }
}

TEST(PlatformSpecs, posts_are_read_ever_more_rarely_and_then_not_any_more) {
  for (const Platform* platform : all_platforms()) {
    ReadingPace before{std::chrono::days(0), std::chrono::days(1)};
    EXPECT_FALSE(platform->spec->readings.empty()) << platform->spec->name;
    for (const ReadingPace& pace : platform->spec->readings) {
      EXPECT_GT(pace.until, before.until) << platform->spec->name;
      EXPECT_GE(pace.every, before.every) << platform->spec->name;
      before = pace;
    }
  }
}

// So that posting keeps its share, and a bill its bound.
TEST(PlatformSpecs, reading_stays_below_what_a_platform_gives_and_what_costs_money_is_read_rarely) {
  const auto value = [](const char* id, std::string_view limit) {
    return find_limit(find_platform(PlatformId(id))->spec->limits, limit)->value;
  };
  EXPECT_LE(value("linkedin", kReadingsDaily) * 2, value("linkedin", "calls.member.development"));
  EXPECT_LE(value("youtube", kReadingsDaily) * 2, value("youtube", "units.daily"));
  for (const char* id : {"twitter", "linkedin"}) {
    std::int64_t readings = 1;
    std::int64_t from = 0;
    for (const auto& pace : find_platform(PlatformId(id))->spec->readings) {
      readings += (pace.until.count() - from) / pace.every.count();
      from = pace.until.count();
    }
    EXPECT_LE(readings, 11) << id;
  }
  EXPECT_GT(value("twitter", kReadingsDaily), 0);
}

TEST(PlatformSpecs, every_fact_names_its_source_and_the_day_it_was_checked) {
  for (const Platform* platform : all_platforms()) {
    const PlatformSpec& spec = *platform->spec;
    for (const auto& limit : spec.limits) expect_source(limit.source, spec.name + limit.id);
    if (!spec.target.word.empty()) expect_source(spec.target.source, spec.name);
    for (const auto& kind : spec.kinds) {
      const std::string where = spec.name + "/" + kind.id;
      expect_source(kind.text.source, where);
      for (const auto& rule : kind.media.rules) {
        expect_source(rule.source, where);
        EXPECT_FALSE(rule.formats.empty()) << where;
      }
      std::set<std::string> names, switches;
      for (const auto& option : kind.options) {
        EXPECT_TRUE(option.under.empty() || switches.contains(option.under)) << option.name;
        if (option.type == OptionType::boolean && option.under.empty())
          switches.insert(option.name);
        expect_option(option, where + "/" + option.name);
        EXPECT_TRUE(names.insert(option.name).second) << where << "/" << option.name;
      }
    }
    if (is_available(*platform)) expect_source(spec.api_version.source, spec.name);
  }
}

TEST(PlatformSpecs, every_permission_says_why_and_where_that_stands) {
  for (const Platform* platform : all_platforms()) {
    std::set<std::string> names;
    for (const auto& scope : platform->spec->scopes) {
      const std::string what = platform->spec->name + "/" + scope.name;
      expect_source(scope.source, what);
      EXPECT_FALSE(scope.why.empty()) << what;
      EXPECT_TRUE(names.insert(scope.name).second) << what;
      // Else nobody could connect to publish only.
      EXPECT_FALSE(scope.required && scope.use == ScopeUse::measure) << what;
    }
  }
}

TEST(PlatformSpecs, what_takes_a_permission_names_one_that_is_asked_for_and_may_be_refused) {
  const auto expect_optional = [](const PlatformSpec& spec, const std::string& scope) {
    if (scope.empty()) return;
    const auto found = std::ranges::find(spec.scopes, scope, &ScopeSpec::name);
    ASSERT_NE(found, spec.scopes.end()) << spec.name << " " << scope;
    EXPECT_FALSE(found->required) << spec.name << " " << scope;
    EXPECT_EQ(found->use, ScopeUse::publish) << spec.name << " " << scope;
  };
  for (const Platform* platform : all_platforms()) {
    for (const auto& kind : platform->spec->kinds) {
      expect_optional(*platform->spec, kind.scope);
      for (const auto& option : kind.options) expect_optional(*platform->spec, option.scope);
    }
  }
}

TEST(PlatformSpecs, metrics_have_names_of_the_common_list_and_one_meaning_each) {
  for (const Platform* platform : all_platforms()) {
    const PlatformSpec& spec = *platform->spec;
    EXPECT_FALSE(is_available(*platform) && spec.metrics.empty()) << spec.name;
    std::set<std::tuple<MetricSpec::Of, std::string, std::string>> seen;
    for (const auto& metric : spec.metrics) {
      const std::string what = spec.name + "/" + metric.name;
      EXPECT_FALSE(metric.label.empty()) << what << " is not in metric_names()";
      EXPECT_FALSE(metric.theirs.empty()) << what;
      EXPECT_TRUE(metric.meaning.ends_with('.')) << what;
      expect_source(metric.source, what);
      EXPECT_TRUE(seen.emplace(metric.of, metric.name, metric.account_kind).second) << what;
      const bool asked = std::ranges::count(spec.scopes, metric.scope, &ScopeSpec::name) == 1;
      EXPECT_TRUE(metric.scope.empty() || asked) << what << " " << metric.scope;
    }
  }
}

TEST(PlatformSpecs, a_permission_for_figures_is_taken_by_one) {
  for (const Platform* platform : all_platforms()) {
    for (const auto& scope : platform->spec->scopes) {
      if (scope.use != ScopeUse::measure) continue;
      EXPECT_GT(std::ranges::count(platform->spec->metrics, scope.name, &MetricSpec::scope), 0)
          << scope.name;
    }
  }
}

TEST(PlatformSpecs, the_glossary_has_every_metric_name) {
  std::ifstream file(HERALD_SOURCE_DIR "/docs/GLOSSARY.md");
  const std::string glossary{std::istreambuf_iterator<char>(file), {}};
  for (const auto& metric : metric_names()) {
    const std::string line =
        std::string("| `") + metric.name + "` | " + metric.label + " | " + metric.idea + " |";
    EXPECT_TRUE(glossary.contains(line)) << line;
  }
}

TEST(PlatformSpecs, a_consent_names_its_links_in_its_text_and_an_option_that_is_there) {
  for (const Platform* platform : all_platforms()) {
    for (const auto& kind : platform->spec->kinds) {
      for (const auto& consent : kind.consents) {
        expect_source(consent.source, consent.text);
        for (const auto& link : consent.links) {
          const auto found = consent.text.find(link.label);
          EXPECT_NE(found, std::string::npos) << link.label;
          EXPECT_EQ(consent.text.find(link.label, found + 1), std::string::npos) << link.label;
          EXPECT_TRUE(link.url.starts_with("https://")) << link.url;
        }
        bool there = consent.option.empty();
        for (const auto& option : kind.options) {
          there |= option.name == consent.option && option.type == OptionType::boolean;
        }
        EXPECT_TRUE(there) << consent.option;
      }
    }
  }
}

TEST(PlatformSpecs, what_is_available_has_every_flow_and_a_way_in) {
  for (const Platform* platform : all_platforms()) {
    const PlatformSpec& spec = *platform->spec;
    for (std::size_t flow = 0; flow < kFlows; ++flow) {
      // What cannot be taken back is said to be.
      const bool stands =
          flow == static_cast<std::size_t>(Flow::revoke) && !spec.left_standing.empty();
      EXPECT_EQ(static_cast<bool>(platform->flows[flow]), is_available(*platform) && !stands)
          << spec.name << " flow " << flow;
    }
    EXPECT_EQ(platform->check != nullptr, is_available(*platform)) << spec.name;
    EXPECT_EQ(platform->follow_ups != nullptr, is_available(*platform)) << spec.name;
    EXPECT_EQ(platform->quota != nullptr, is_available(*platform)) << spec.name;
    if (!is_available(*platform)) continue;
    EXPECT_TRUE(spec.oauth.authorize_url.starts_with("https://")) << spec.name;
    EXPECT_FALSE(spec.token_hosts.empty()) << spec.name;
    EXPECT_GT(spec.listing_lag.count(), 0) << spec.name;
    EXPECT_GT(spec.lookup.fresh.count(), 0) << spec.name;
    EXPECT_FALSE(spec.scopes.empty()) << spec.name;
  }
}

TEST(PlatformSpecs, places_that_are_the_accounts_own_are_looked_up_for_the_account) {
  for (const Platform* platform : all_platforms()) {
    const PlatformSpec& spec = *platform->spec;
    if (spec.target.choices_from.empty()) continue;
    EXPECT_FALSE(spec.target.word.empty()) << spec.name;
    EXPECT_TRUE(platform->flow(Flow::lookup)) << spec.name;
    EXPECT_FALSE(spec.lookup.per_target) << spec.name;
  }
}

TEST(PlatformSpecs, quota_is_charged_to_limits_that_are_listed) {
  for (const Platform* platform : all_platforms()) {
    if (!is_available(*platform)) continue;
    for (const auto& kind : platform->spec->kinds) {
      Input input;
      input.kind = kind.id;
      for (const auto& cost : platform->quota(input)) {
        bool listed = false;
        for (const auto& limit : platform->spec->limits) listed |= limit.id == cost.name;
        EXPECT_TRUE(listed) << cost.name;
      }
    }
  }
}

// What a plan of this draft shows: the visible calls, and whether it comes to an end.
std::vector<std::string> planned(const Platform& platform, Input input) {
  const FlowSteps& steps = platform.flow(Flow::publish);
  Progress progress;
  std::vector<std::string> shown;
  for (int step = 0; step < 2000; ++step) {
    Step next = steps.next(input, progress);
    if (const auto* wait = std::get_if<Wait>(&next)) {
      progress = wait->progress;
      input.now += wait->delay;
    } else if (const auto* call = std::get_if<Call>(&next)) {
      if (call->effect == Effect::publish) shown.push_back(call->step);
      progress = steps.absorb(input, progress, platform.imagine(input, progress, *call)).progress;
    } else {
      shown.push_back(std::holds_alternative<Finished>(next) ? "end" : "error");
      break;
    }
  }
  return shown;
}

TEST(PlatformSpecs, a_plan_of_every_kind_has_one_visible_call_and_an_end) {
  for (const Platform* platform : all_platforms()) {
    for (const auto& kind : platform->spec->kinds) {
      Input input;
      input.kind = kind.id;
      MediumInput medium{.id = MediaId("media_a")};
      if (!kind.media.rules.empty()) medium.original.type = kind.media.rules.back().type;
      medium.original.size_bytes = std::uint64_t{5} << 30;
      input.media.assign(static_cast<std::size_t>(kind.media.max), medium);
      const auto shown = planned(*platform, input);
      ASSERT_EQ(shown.size(), 2u) << platform->spec->name << "/" << kind.id;
      EXPECT_EQ(shown[1], "end") << platform->spec->name << "/" << kind.id;
    }
  }
}

}  // namespace
}  // namespace herald

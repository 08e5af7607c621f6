// What /platforms says of the ways in, and what is asked for by each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "http/connect_fixture.h"
#include "http/server/query.h"
#include "http/toy_platform.h"
#include "platforms/list.h"

namespace herald::http {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

namespace json = boost::json;

class Platforms : public Connecting {
 protected:
  json::array platforms() const {
    const auto answer = rig_.as(rig_.alice).get(std::string(kApi) + "/platforms");
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json_of(answer).at("platforms").as_array();
  }
  json::object platform(std::string_view id) const {
    for (const auto& one : platforms()) {
      if (one.at("id").as_string() == id) return one.as_object();
    }
    return {};
  }
  auto initiate(const std::string& platform, const std::string& query) const {
    return rig_.as(rig_.alice).get(std::string(kApi) + "/" + platform + "/oauth/initiate" + query);
  }
  std::string asked(const std::string& platform, const std::string& query) const {
    const auto answer = initiate(platform, query);
    if (answer.status != 200) return answer.body;
    const std::string url(json_of(answer).at("auth_url").as_string());
    const auto parameters = Query::parse(url.substr(url.find('?') + 1)).value();
    return *parameters.find("scope");
  }
};

TEST_F(Platforms, SayWhereTheKeysOfTheirTargetsComeFrom) {
  for (const Platform* one : all_platforms()) {
    if (one->spec->id.value == kToyPlatform) continue;  // Something else is in its place.
    const TargetSpec& spec = one->spec->target;
    const auto target = platform(one->spec->id.value).at("target");
    EXPECT_EQ(target.is_null(), spec.word.empty()) << one->spec->name;
    if (target.is_null()) continue;
    const auto& from = target.at("choices_from");
    EXPECT_EQ(from.is_null(), spec.choices_from.empty()) << one->spec->name;
    if (!from.is_null()) EXPECT_EQ(from.as_string(), spec.choices_from) << one->spec->name;
    EXPECT_EQ(target.at("looked_up"), one->spec->lookup.per_target) << one->spec->name;
  }
}

TEST_F(Platforms, SayWhichSwitchAnOptionIsUnder) {
  int under = 0;
  for (const Platform* one : all_platforms()) {
    if (one->spec->id.value == kToyPlatform) continue;
    const auto kinds = platform(one->spec->id.value).at("kinds").as_array();
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      const auto& options = kinds[k].at("options").as_array();
      for (std::size_t o = 0; o < options.size(); ++o) {
        const auto& spec = one->spec->kinds[k].options[o].under;
        const auto& said = options[o].at("under");
        EXPECT_EQ(said.is_null() ? "" : said.as_string(), spec) << one->spec->name;
        under += said.is_null() ? 0 : 1;
      }
    }
  }
  EXPECT_GT(under, 0);
}

TEST_F(Platforms, OneThatPeopleSignInToInTwoWaysIsOneCardWithBoth) {
  std::set<std::string> ids;
  for (const Platform* one : all_platforms()) ids.insert(one->spec->id.value);
  std::set<std::string> seen;
  for (const auto& one : platforms()) {
    EXPECT_TRUE(seen.emplace(one.at("id").as_string()).second) << one.at("id").as_string();
    EXPECT_EQ(one.at("configured"), one.at("available")) << one.at("id").as_string();
  }
  EXPECT_EQ(seen, ids);
  std::vector<std::string> ways;
  const auto instagram = platform("instagram");
  for (const auto& way : instagram.at("sign_ins").as_array()) {
    ways.emplace_back(way.at("registration").as_string());
    EXPECT_TRUE(way.at("configured").as_bool());
    EXPECT_TRUE(way.at("missing_variables").as_array().empty());
    EXPECT_FALSE(way.at("account_type").as_string().empty());
  }
  EXPECT_THAT(ways, ElementsAre("main", "login"));
  EXPECT_EQ(platform("youtube").at("sign_ins").as_array().size(), 1u);
}

TEST_F(Platforms, ASignInAtOneOfManyServersSaysAtWhich) {
  const auto name = [&](const char* id) {
    const auto card = platform(id);
    return std::string(card.at("sign_ins").as_array().at(0).at("name").as_string());
  };
  EXPECT_TRUE(name(kToyPlatform).ends_with(" (instance.example)")) << name(kToyPlatform);
  EXPECT_FALSE(name("youtube").contains('('));
}

TEST_F(Platforms, APermissionSaysWhatItIsForAndWhereThatStands) {
  const auto linkedin = platform("linkedin");
  const auto& scopes = linkedin.at("sign_ins").as_array().at(0).at("scopes").as_array();
  int for_figures = 0;
  for (const auto& scope : scopes) {
    EXPECT_TRUE(scope.at("source").as_string().starts_with("https://"));
    EXPECT_EQ(scope.at("checked_on").as_string().size(), 10u);
    if (scope.at("use").as_string() != "measure") continue;
    ++for_figures;
    EXPECT_EQ(scope.at("account_kinds"), (json::array{"profile"})) << scope.at("name").as_string();
    EXPECT_FALSE(scope.at("figures").as_array().empty()) << scope.at("name").as_string();
  }
  EXPECT_EQ(for_figures, 2);
}

json::object kind_of(const json::object& platform, std::string_view id) {
  for (const auto& kind : platform.at("kinds").as_array()) {
    if (kind.at("id").as_string() == id) return kind.as_object();
  }
  return {};
}

TEST_F(Platforms, WhatTakesAPermissionSaysWhatEachSignInCallsIt) {
  const auto option = [&](const char* on, const char* kind, std::string_view name) {
    const auto found = kind_of(platform(on), kind);
    for (const auto& one : found.at("options").as_array()) {
      if (one.at("name").as_string() == name) return one.at("scopes");
    }
    return json::value();
  };
  EXPECT_EQ(option("instagram", "image", "first_comment"),
            (json::array{"instagram_business_manage_comments", "instagram_manage_comments"}));
  EXPECT_EQ(option("facebook", "reel", "first_comment"), (json::array{"pages_manage_engagement"}));
  EXPECT_EQ(option("facebook", "reel", "title"), json::array());
  EXPECT_EQ(kind_of(platform("twitter"), "image").at("scopes"), (json::array{"media.write"}));
  EXPECT_EQ(kind_of(platform("twitter"), "text").at("scopes"), json::array());
}

// Of everything that says how much, what is agreed to, or which version; returns how many.
int expect_sources(const json::value& value, const std::string& where) {
  int sourced = 0;
  if (value.is_array()) {
    for (const auto& one : value.as_array()) sourced += expect_sources(one, where);
  }
  if (!value.is_object()) return sourced;
  bool is_fact = false;
  for (const auto& [key, inside] : value.as_object()) {
    is_fact |= key.starts_with("max") || key == "unit" || key == "links" || key == "version";
    sourced += expect_sources(inside, where + "/" + std::string(key));
  }
  const auto* most = value.as_object().if_contains("max");
  if (!is_fact || (value.as_object().contains("rules") && *most == 0)) return sourced;
  EXPECT_TRUE(value.at("source").as_string().starts_with("https://")) << where;
  EXPECT_EQ(value.at("checked_on").as_string().size(), 10u) << where;
  return sourced + 1;
}

TEST_F(Platforms, EveryLimitHasItsSourceAndTheDayItWasChecked) {
  for (const auto& one : platforms()) {
    const std::string id(one.at("id").as_string());
    if (id != kToyPlatform) EXPECT_GT(expect_sources(one, id), 10) << id;
  }
  const auto reel = kind_of(platform("instagram"), "reel");
  const auto& rule = reel.at("media").at("rules").as_array().at(0);
  EXPECT_EQ(rule.at("max_width"), 1920);
  EXPECT_EQ(rule.at("source"), reel.at("media").at("source"));
}

TEST_F(Platforms, WhoWantsNoFiguresIsNotAskedForThem) {
  EXPECT_THAT(asked("facebook", ""), HasSubstr("read_insights"));
  EXPECT_THAT(asked("facebook", "?figures=true"), HasSubstr("read_insights"));
  EXPECT_THAT(asked("facebook", "?figures=false"), Not(HasSubstr("read_insights")));
  EXPECT_THAT(asked("facebook", "?figures=false"), HasSubstr("pages_manage_posts"));
}

TEST_F(Platforms, ASignInIsNamedAndAnotherWordIsRefused) {
  EXPECT_THAT(asked("instagram", ""), HasSubstr("instagram_content_publish"));
  EXPECT_THAT(asked("instagram", "?registration=login"),
              HasSubstr("instagram_business_content_publish"));
  EXPECT_EQ(initiate("instagram", "?registration=other").status, 404);
  EXPECT_EQ(initiate("youtube", "?registration=login").status, 404);
  for (const char* query : {"?figures=yes", "?figures=", "?figures=true&figures=true",
                            "?figure=true", "?registration=main&registration=login"}) {
    EXPECT_EQ(initiate("instagram", query).status, 400) << query;
  }
}

}  // namespace
}  // namespace herald::http

#include "domain/weighted_text.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "domain/links.h"
#include "domain/normal_form.h"
#include "domain/text.h"

namespace herald {
namespace {

namespace json = boost::json;

// The conformance cases of twitter-text (tests/vectors/twitter-text).
json::object vectors(const std::string& name) {
  std::ifstream file(HERALD_SOURCE_DIR "/tests/vectors/twitter-text/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return json::parse(text.str()).as_object();
}

std::string text_of(const json::object& one, const char* name = "text") {
  return std::string(one.at(name).as_string());
}

std::u16string units_of(const std::string& text) { return to_utf16(code_points_of(text)); }

std::vector<std::string> links_of(const std::string& text) {
  const auto units = units_of(text);
  std::vector<std::string> found;
  for (const Link& link : links_in(units)) {
    std::u32string points;
    for (const char16_t unit : units.substr(link.begin, link.size)) points += unit;
    found.push_back(to_utf8(points));  // No link of the cases leaves the basic plane.
  }
  return found;
}

TEST(WeightedText, every_conformance_case_has_its_length) {
  int cases = 0;
  for (const auto& [section, list] : vectors("validate.json")) {
    for (const auto& item : list.as_array()) {
      const auto& one = item.as_object();
      ++cases;
      EXPECT_EQ(weighted_length(text_of(one)), one.at("expected").at("weightedLength").as_int64())
          << std::string(section) << ": " << text_of(one, "description");
    }
  }
  EXPECT_GE(cases, 24);
}

TEST(WeightedText, every_conformance_case_has_its_links) {
  const auto cases = vectors("extract.json");
  int played = 0;
  for (const char* section : {"urls", "tco_urls_with_params"}) {
    for (const auto& item : cases.at(section).as_array()) {
      const auto& one = item.as_object();
      ++played;
      std::vector<std::string> expected;
      for (const auto& url : one.at("expected").as_array()) expected.emplace_back(url.as_string());
      EXPECT_EQ(links_of(text_of(one)), expected) << text_of(one, "description");
    }
  }
  EXPECT_GE(played, 96);
}

TEST(WeightedText, every_link_of_the_conformance_cases_stands_where_it_is_said) {
  const auto cases = vectors("extract.json");
  int played = 0;
  for (const char* section : {"urls_with_indices", "urls_with_directional_markers"}) {
    for (const auto& item : cases.at(section).as_array()) {
      const auto& one = item.as_object();
      ++played;
      const std::u32string points = code_points_of(text_of(one));
      std::vector<std::pair<std::size_t, std::size_t>> expected;
      for (const auto& url : one.at("expected").as_array()) {
        // Theirs are in code points.
        const auto place = [&](std::size_t i) {
          const auto index = url.at("indices").at(i).to_number<std::size_t>();
          return to_utf16(std::u32string_view(points).substr(0, index)).size();
        };
        expected.emplace_back(place(0), place(1));
      }
      std::vector<std::pair<std::size_t, std::size_t>> found;
      for (const Link& link : links_in(to_utf16(points))) {
        found.emplace_back(link.begin, link.begin + link.size);
      }
      EXPECT_EQ(found, expected) << text_of(one, "description");
    }
  }
  EXPECT_GE(played, 12);
}

TEST(WeightedText, X_counts_as_its_rules_say) {
  EXPECT_EQ(weighted_length(""), 0);
  EXPECT_EQ(weighted_length("Hi http://test.co"), 26);
  EXPECT_EQ(weighted_length("cafe\u0301"), 4);
  EXPECT_EQ(weighted_length("\u65E5\u672C\u8A9E"), 6);
  EXPECT_EQ(weighted_length("\u2026"), 2);
  EXPECT_EQ(weighted_length("\u2014\u201C\u201D"), 3);
  EXPECT_EQ(weighted_length("\u20AC"), 2);
  EXPECT_EQ(weighted_length("\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466"), 2);
  EXPECT_EQ(weighted_length("\U0001F44D\U0001F3FD"), 2);
  // OV is no flag, VN is.
  EXPECT_EQ(weighted_length("\U0001F1F4\U0001F1FB\U0001F1F3"), 4);
  EXPECT_EQ(weighted_length("http://a.co/a(b)"), 23);
  EXPECT_EQ(weighted_length("http://a.co/%(b)"), 27);
  EXPECT_EQ(weighted_length(std::string(64, 'a') + ".com"), 68);
  EXPECT_EQ(weighted_length(std::string(63, 'a') + ".com"), 23);
}

// Names that X could take for links a thousand times over must not stop the server.
TEST(WeightedText, what_was_made_to_be_slow_is_not) {
  std::string dots;
  std::string ends;
  std::string opened;
  for (int i = 0; i < 100'000; ++i) {
    dots += "a.";
    ends += "_a.co";
    opened += "(";
  }
  EXPECT_EQ(weighted_length(dots), 200'000);
  EXPECT_GT(weighted_length(ends), 0);
  EXPECT_EQ(weighted_length("http://a.co/" + opened), 100'023);
}

TEST(NormalForm, a_letter_and_its_marks_become_one) {
  EXPECT_EQ(to_normal_form(U"e\u0301"), U"\u00E9");
  EXPECT_EQ(to_normal_form(U"\u1112\u1161\u11AB"), U"\uD55C");
  EXPECT_EQ(to_normal_form(U"\uD558\u11AB"), U"\uD55C");
  EXPECT_EQ(to_normal_form(U"a\u0323\u0307"), to_normal_form(U"a\u0307\u0323"));
  EXPECT_EQ(to_normal_form(U"\u1E9B\u0323"), U"\u1E9B\u0323");
  EXPECT_EQ(to_normal_form(U"\u212B\u2126"), U"\u00C5\u03A9");
  EXPECT_EQ(to_normal_form(U"\u0958"), U"\u0915\u093C");  // Stays apart.
  EXPECT_EQ(to_normal_form(U"\uF900\U0002F800"), U"\u8C48\u4E3D");
  EXPECT_EQ(to_normal_form(U"\u0301e"), U"\u0301e");
  EXPECT_EQ(to_normal_form(U"a\u0315\u0300\u05AE\u0062"), U"\u00E0\u05AE\u0315b");
}

TEST(Text, goes_over_to_other_encodings_and_back) {
  const std::string text = "a\u00E9\u20AC\U0001F35E";
  EXPECT_EQ(code_points_of(text), U"a\u00E9\u20AC\U0001F35E");
  EXPECT_EQ(to_utf16(code_points_of(text)), u"a\u00E9\u20AC\U0001F35E");
  EXPECT_EQ(to_utf8(code_points_of(text)), text);
  EXPECT_EQ(length(text, Counting::weighted), 6);
  EXPECT_FALSE(length("\xFF", Counting::weighted));
}

}  // namespace
}  // namespace herald

// The house rules, held against the tree, and each held against an example that breaks it.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/tidy/functions.h"
#include "tests/tidy/rooms.h"
#include "tests/tidy/rules.h"
#include "tests/tidy/tree.h"

namespace herald::tidy {
namespace {

const std::vector<Source>& tree() {
  static const auto all = tree_at(HERALD_SOURCE_DIR);
  return all;
}

std::string shown(const std::vector<Finding>& findings) {
  std::string text;
  for (const auto& one : findings) {
    text += "  " + one.path + (one.line > 0 ? ":" + std::to_string(one.line) : "") + ": " +
            one.message + "\n";
  }
  return text;
}

Source sample(const Sample& one) { return source_of(std::string(one.path), std::string(one.text)); }

class HouseRule : public ::testing::TestWithParam<Rule> {};

TEST_P(HouseRule, HoldsInTheTree) {
  std::vector<Finding> findings;
  for (const auto& source : tree()) {
    const auto some = GetParam().check(source);
    findings.insert(findings.end(), some.begin(), some.end());
  }
  EXPECT_TRUE(findings.empty()) << shown(findings);
}

TEST_P(HouseRule, FindsWhatBreaksIt) {
  const auto& rule = GetParam();
  EXPECT_FALSE(rule.check(sample(rule.breaks)).empty());
  EXPECT_EQ(shown(rule.check(sample(rule.keeps))), "");
}

INSTANTIATE_TEST_SUITE_P(All, HouseRule, ::testing::ValuesIn(rules()),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(PlatformNames, ThatAreWordsOfOursAreFoundWhereTheyStandAlone) {
  const auto all = rules();
  const auto rule = std::ranges::find(all, "a_platform_is_named_in_its_own_files", &Rule::name);
  ASSERT_NE(rule, all.end());
  const auto found = [&](std::string text) {
    return rule->check(source_of("src/net/a.cc", std::move(text))).size();
  };
  EXPECT_EQ(found("if (id == \"threads\") return;\n"), 1u);
  EXPECT_EQ(found("join(threads_, \"4 threads\");\n"), 0u);
  EXPECT_EQ(found("if (is_reddit(\"www.reddit.com\")) return;\n"), 2u);
}

TEST(Tree, IsSeen) {
  EXPECT_GT(tree().size(), 500u);
  EXPECT_NE(file_of(tree(), "src/domain/post.h"), nullptr);
  EXPECT_EQ(file_of(tree(), "src/domain/no_such.h"), nullptr);
  for (const auto& source : tree()) {
    EXPECT_FALSE(source.is_in("build") || source.path.contains("node_modules")) << source.path;
  }
}

TEST(Tree, NeedsEveryExceptionItHas) {
  const auto stale = stale_exceptions(tree());
  EXPECT_TRUE(stale.empty()) << shown(stale);
  EXPECT_FALSE(stale_exceptions({}).empty());
  const auto looks = stale_looks_across(tree());
  EXPECT_TRUE(looks.empty()) << shown(looks);
}

TEST(Tree, LinksItsRoomsByTheTable) {
  const auto* lists = file_of(tree(), "src/CMakeLists.txt");
  ASSERT_NE(lists, nullptr);
  const auto found = links_kept(*lists);
  EXPECT_TRUE(found.empty()) << shown(found);
  const auto bad = source_of("src/CMakeLists.txt", "herald_room(domain LINK herald_app)\n");
  EXPECT_FALSE(links_kept(bad).empty());
  const auto good = source_of("src/CMakeLists.txt",
                              "herald_room(http LINK herald_http_server TEST_LINK herald_media)");
  EXPECT_TRUE(links_kept(good).empty());
}

TEST(Tree, DocumentsEverySetting) {
  const auto found = settings_documented(tree());
  EXPECT_TRUE(found.empty()) << shown(found);
}

TEST(Documents, NameWhatTheProgramReadsAndNothingElse) {
  const auto config = source_of("src/config/config.cc", "text(\"HERALD_NEW\");\n");
  const auto named = source_of(".env.example", "# HERALD_NEW=1\n");
  const auto manual = source_of("docs/OPERATIONS.md", "| `HERALD_OLD` | |\n");
  const auto found = settings_documented({config, named, manual});
  ASSERT_EQ(found.size(), 2u) << shown(found);
  EXPECT_EQ(found[0].message, "does not name HERALD_NEW");
  EXPECT_EQ(found[1].message, "HERALD_OLD is read by nobody");
}

TEST(Tree, HasNoDeadLinks) {
  const auto found = links_lead_somewhere(HERALD_SOURCE_DIR, tree());
  EXPECT_TRUE(found.empty()) << shown(found);
  const auto bad = source_of("docs/a.md", "[a](no_such.md) [b](../run#x) [c](https://x.test)\n");
  EXPECT_EQ(links_lead_somewhere(HERALD_SOURCE_DIR, {bad}).size(), 1u);
}

TEST(Tree, NumbersItsDecisions) {
  const auto found = decisions_numbered(tree());
  EXPECT_TRUE(found.empty()) << shown(found);
  const auto first = source_of("docs/adr/0001-a.md", "# A\n");
  const auto gap = source_of("docs/adr/0003-b.md", "B\n");
  EXPECT_TRUE(decisions_numbered({first}).empty());
  EXPECT_EQ(decisions_numbered({first, gap}).size(), 2u);
}

TEST(Tree, DrawsTheStatesAsTheyAre) {
  const auto* drawing = file_of(tree(), "docs/states.md");
  const auto* delivery = file_of(tree(), "src/domain/delivery.cc");
  ASSERT_TRUE(drawing != nullptr && delivery != nullptr);
  const auto found = states_drawn(*drawing, *delivery);
  EXPECT_TRUE(found.empty()) << shown(found);
  const auto code =
      source_of("src/domain/delivery.cc", "Move kMoves[] = {\n    {a, b}, {b, c},\n};\n");
  const auto drawn = source_of("docs/states.md", "  [*] --> a\n  a --> b\n  a --> c\n");
  EXPECT_EQ(states_drawn(drawn, code).size(), 2u);
}

// What tools/planted-faults plants must not rot while the code goes on.
TEST(Tree, TakesEveryPlantedFault) {
  const std::string check = HERALD_SOURCE_DIR "/tools/planted-faults --check ";
  EXPECT_EQ(std::system(check.c_str()), 0);
  const std::string stale = ::testing::TempDir() + "herald_stale_fault.patch";
  std::ofstream(stale) << "--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-# No such line\n+#\n";
  EXPECT_NE(std::system((check + stale + " >/dev/null 2>&1").c_str()), 0);
  std::filesystem::remove(stale);
}

TEST(Source, TellsCodeFromCommentsAndQuotes) {
  const auto source = source_of("src/app/a.cc",
                                "f(\"// a \\\" b\"); // c\n"
                                "/* d\n e */ g('\"', R\"x(h \" )\" i)x\"); n = 4'096;\n"
                                "#include <vector>\n");
  EXPECT_EQ(source.code.size(), source.text.size());
  for (const char hidden : {'b', 'c', 'd', 'h', 'i'}) {
    EXPECT_TRUE(places_of(source.code, std::string(1, hidden)).empty()) << hidden;
  }
  EXPECT_FALSE(places_of(source.code, "g").empty());
  EXPECT_FALSE(places_of(source.code, "n").empty());
  EXPECT_FALSE(places_of(source.plain, "h").empty());
  EXPECT_TRUE(places_of(source.plain, "c").empty());
  ASSERT_EQ(source.includes.size(), 1u);
  EXPECT_EQ(source.includes[0].path, "vector");
  EXPECT_EQ(source.includes[0].line, 4);
}

TEST(Source, FindsWholeWords) {
  EXPECT_TRUE(places_of("threads thread_ a.threaded", "thread").empty());
  EXPECT_EQ(places_of("std::thread t;", "thread").size(), 1u);
  EXPECT_TRUE(places_of("mystd::thread", "std::thread").empty());
}

TEST(Source, KnowsItsRoomAndWhetherItIsATest) {
  EXPECT_EQ(source_of("src/main.cc", "").room(), "main");
  EXPECT_EQ(source_of("src/http/server/a.cc", "").room(), "http/server");
  EXPECT_EQ(source_of("sandbox/a.cc", "").room(), "sandbox");
  EXPECT_TRUE(source_of("src/app/a_test.cc", "").is_test());
  EXPECT_TRUE(source_of("src/app/rig.h", "// A rig. For tests.\n#pragma once\n").is_test());
  EXPECT_FALSE(source_of("src/app/a.h", "// Contests.\n#pragma once\n").is_test());
}

TEST(Functions, AreFoundAndMeasured) {
  const auto source = source_of("src/app/a.cc", R"(namespace a {
struct S {
  int f() const { return g({1, 2}); }
 private:
  int x = 0;
};
template <class T>
std::vector<T> long_one(const T& t = {}) {
  if (t) {
    for (;;) {}
  }
  auto l = [] { return 1; };
}
const std::map<int, int> kTable = make({
    {1, 2},
});
S::S(int a) : x_{a}, y_(a) {
  f();
}
bool operator==(S a, S b) {
  return true;
}
}
)");
  std::vector<std::pair<std::string, int>> found;
  for (const auto& one : functions_in(source.code)) {
    if (one.name != "x_") found.emplace_back(one.name, one.lines);
  }
  const std::vector<std::pair<std::string, int>> wanted{
      {"f", 1}, {"long_one", 6}, {"S::S", 1}, {"y_", 3}, {"operator==", 3}};
  EXPECT_EQ(found, wanted);
}

// The walk itself, over a folder made for it.
TEST(Tree, LeavesOutWhatIsBuiltFetchedOrBinary) {
  namespace fs = std::filesystem;
  const auto root = fs::path(::testing::TempDir()) / "herald_tidy_tree";
  fs::remove_all(root);
  for (const auto* folder : {"build", "web/node_modules", "web/dist", "src"}) {
    fs::create_directories(root / folder);
    std::ofstream(root / folder / "a.cc") << "x\n";
  }
  std::ofstream(root / "photo.bin", std::ios::binary) << std::string(3, '\0');
  const auto seen = tree_at(root.string());
  fs::remove_all(root);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].path, "src/a.cc");
}

}  // namespace
}  // namespace herald::tidy

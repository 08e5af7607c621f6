#include "config/environment.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace herald {
namespace {

Environment environment_of(std::vector<std::string> entries) {
  std::vector<char*> list;
  for (auto& entry : entries) list.push_back(entry.data());
  list.push_back(nullptr);
  return Environment::from(list.data());
}

// A settings file for the length of a test.
class SettingsFile {
 public:
  explicit SettingsFile(std::string_view text, mode_t mode = 0600) {
    std::string name = (std::filesystem::temp_directory_path() / "herald_settings_XXXXXX").string();
    ::close(::mkstemp(name.data()));
    path_ = name;
    std::ofstream(path_, std::ios::binary) << text;
    ::chmod(path_.c_str(), mode);
  }
  ~SettingsFile() { std::filesystem::remove(path_); }
  SettingsFile(const SettingsFile&) = delete;
  SettingsFile& operator=(const SettingsFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

Environment read(std::string_view text, mode_t mode = 0600) {
  const SettingsFile file(text, mode);
  Environment environment;
  EXPECT_TRUE(environment.add_file(file.path()));
  return environment;
}

TEST(Environment, entries_are_split_at_the_first_equals_sign) {
  const auto environment = environment_of({"A=1", "B=x=y=z", "C=", "D"});
  EXPECT_EQ(environment.text("A"), "1");
  EXPECT_EQ(environment.text("B"), "x=y=z");
  EXPECT_FALSE(environment.has("C"));
  EXPECT_FALSE(environment.has("D"));
  EXPECT_EQ(environment.text("C", "otherwise"), "otherwise");
}

TEST(Environment, a_file_has_comments_blanks_and_quotes) {
  const auto environment = read(
      "# A comment\n\n"
      "  A = 1 \n"
      "B=\"two words \"\r\n"
      "C='it is # kept'\n"
      "D=no#comment\n"
      "\t# E=5\n"
      "F=\"unbalanced\n"
      "G=\"\n"
      "H=a=\"b\"\n"
      "I=");
  EXPECT_EQ(environment.text("A"), "1");
  EXPECT_EQ(environment.text("B"), "two words ");
  EXPECT_EQ(environment.text("C"), "it is # kept");
  EXPECT_EQ(environment.text("D"), "no#comment");
  EXPECT_FALSE(environment.has("E"));
  EXPECT_EQ(environment.text("F"), "\"unbalanced");
  EXPECT_EQ(environment.text("G"), "\"");
  EXPECT_EQ(environment.text("H"), "a=\"b\"");
  EXPECT_FALSE(environment.has("I"));
  EXPECT_TRUE(environment.faults().empty());
}

TEST(Environment, what_the_process_has_wins_over_the_file) {
  const SettingsFile file("A=file\nB=file\n");
  auto environment = environment_of({"A=process", "B="});
  ASSERT_TRUE(environment.add_file(file.path()));
  EXPECT_EQ(environment.text("A"), "process");
  EXPECT_EQ(environment.text("B"), "file");  // Empty counts as not set.
}

TEST(Environment, a_line_that_means_nothing_is_named) {
  const SettingsFile file("A=1\nexport\n=5\n A B = 2\n");
  Environment environment;
  ASSERT_TRUE(environment.add_file(file.path()));
  ASSERT_EQ(environment.faults().size(), 3u);
  EXPECT_TRUE(environment.faults()[0].contains(file.path() + ", line 2"));
  EXPECT_TRUE(environment.faults()[1].contains("line 3"));
  EXPECT_TRUE(environment.faults()[2].contains("line 4"));
}

TEST(Environment, a_name_that_stands_twice_in_a_file_is_a_fault) {
  const SettingsFile file("A=1\nB=2\nA=3\n");
  Environment environment;
  ASSERT_TRUE(environment.add_file(file.path()));
  ASSERT_EQ(environment.faults().size(), 1u);
  EXPECT_TRUE(environment.faults()[0].contains("line 3"));
}

TEST(Environment, a_file_that_cannot_be_read_is_an_error) {
  Environment environment;
  for (const char* path : {"/no/such/file", "/tmp"}) {
    const auto read = environment.add_file(path);
    ASSERT_FALSE(read) << path;
    EXPECT_TRUE(read.error().message.contains(path));
  }
}

TEST(Environment, V19_a_file_with_secrets_that_others_may_read_is_a_fault) {
  for (const mode_t mode : {0644u, 0640u, 0604u, 0660u, 0606u, 0602u, 0610u}) {
    EXPECT_EQ(read("HERALD_VAULT_KEYS=k1:x\n", mode).faults().size(), 1u) << std::oct << mode;
    EXPECT_EQ(read("X_CLIENT_SECRET=x\n", mode).faults().size(), 1u) << std::oct << mode;
    EXPECT_TRUE(read("HERALD_EDGE_PORT=1\nX_SECRET=\n", mode).faults().empty());
  }
  for (const mode_t mode : {0600u, 0400u}) {
    EXPECT_TRUE(read("HERALD_VAULT_KEYS=k1:x\nX_CLIENT_SECRET=x\n", mode).faults().empty());
  }
}

TEST(Environment, numbers_are_whole_and_within_their_range) {
  for (const char* text : {"", "1", "10", "5"}) {
    auto environment = environment_of({"N=" + std::string(text)});
    environment.number("N", 3, 1, 10);
    EXPECT_TRUE(environment.faults().empty()) << text;
  }
  for (const char* text : {"0", "11", "-1", "x", "5x", "1.5", "0x5", " 5", "5 ", "+5", "1e3",
                           "99999999999999999999", "\xd9\xa5"}) {
    auto environment = environment_of({"N=" + std::string(text)});
    EXPECT_EQ(environment.number("N", 3, 1, 10), 3) << text;
    ASSERT_EQ(environment.faults().size(), 1u) << text;
    EXPECT_TRUE(environment.faults()[0].starts_with("N must be a whole number from 1 to 10"));
  }
  EXPECT_EQ(environment_of({"N=7"}).number("N", 3, 1, 10), 7);
  EXPECT_EQ(environment_of({}).number("N", 3, 1, 10), 3);
}

TEST(Environment, words_are_those_of_the_list) {
  auto environment = environment_of({"W=error", "V=Error", "U="});
  EXPECT_EQ(environment.word("W", "info", {"info", "error"}), "error");
  EXPECT_EQ(environment.word("U", "info", {"info", "error"}), "info");
  EXPECT_TRUE(environment.faults().empty());
  EXPECT_EQ(environment.word("V", "info", {"info", "error"}), "info");
  ASSERT_EQ(environment.faults().size(), 1u);
  EXPECT_EQ(environment.faults()[0], "V must be one of info, error, not \"Error\"");
}

TEST(Environment, secrets_are_given_as_such) {
  const auto environment = environment_of({"S=hidden"});
  EXPECT_EQ(environment.secret("S").reveal(), "hidden");
  EXPECT_TRUE(environment.secret("T").empty());
}

}  // namespace
}  // namespace herald

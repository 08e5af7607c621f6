// How a file is built: sizes, headers, names, texts that belong nowhere.
#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

#include "tests/tidy/functions.h"
#include "tests/tidy/rooms.h"
#include "tests/tidy/rules.h"

namespace herald::tidy {
namespace {

constexpr int kFileLines = 400;
constexpr int kFunctionLines = 70;
constexpr std::size_t kColumns = 100;
constexpr int kPortMethods = 20;

using Findings = std::vector<Finding>;

std::size_t columns_of(std::string_view line) {
  return static_cast<std::size_t>(std::ranges::count_if(
      line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Findings short_files(const Source& source) {
  const auto lines = lines_of(source.text).size();
  if (!source.is_cpp() || lines <= kFileLines) return {};
  return {{source.path, 0,
           std::to_string(lines) + " lines; split it by noun, at most " +
               std::to_string(kFileLines) + " to a file"}};
}

Findings short_lines(const Source& source) {
  Findings findings;
  if (!source.is_cpp()) return findings;
  int number = 0;
  for (const auto line : lines_of(source.text)) {
    ++number;
    if (columns_of(line) <= kColumns) continue;
    findings.push_back({source.path, number, "a line of more than 100 columns; break it"});
  }
  return findings;
}

Findings short_functions(const Source& source) {
  Findings findings;
  for (const auto& function : functions_in(source.code)) {
    if (function.lines <= kFunctionLines) continue;
    findings.push_back({source.path, function.line,
                        function.name + " has " + std::to_string(function.lines) +
                            " lines; give its parts names, at most 70 to a function"});
  }
  return findings;
}

Findings headers_are_read_once(const Source& source) {
  if (!source.is_header() || !places_of(source.code, "#pragma once").empty()) return {};
  return {{source.path, 1, "write #pragma once"}};
}

Findings headers_explain_themselves(const Source& source) {
  if (!source.is_header() || source.is_in("cmake") || source.text.starts_with("//")) return {};
  return {{source.path, 1,
           "begin with a comment: what it is, who owns what, units, failure, what may block"}};
}

// x.cc begins with x.h where there is one, so that every header stands alone.
Findings own_header_first(const Source& source) {
  if (!source.path.ends_with(".cc") || source.includes.empty()) return {};
  auto own = source.path.substr(0, source.path.size() - 2) + "h";
  if (own.starts_with("src/")) own.erase(0, 4);
  const auto found = std::ranges::find(source.includes, own, &Include::path);
  if (found == source.includes.end() || found == source.includes.begin()) return {};
  return {{source.path, found->line, "include \"" + own + "\" first, before everything else"}};
}

Findings includes_by_path(const Source& source) {
  Findings findings;
  if (source.is_in("cmake")) return findings;
  for (const auto& include : source.includes) {
    if (!include.quoted || (include.path.contains('/') && !include.path.starts_with('.'))) continue;
    findings.push_back({source.path, include.line,
                        "\"" + include.path + "\": name it by its path from src/ or the root"});
  }
  return findings;
}

Findings names_say_the_noun(const Source& source) {
  static constexpr std::array<std::string_view, 11> kSayNothing{
      "util",     "utils", "helper", "helpers", "common", "manager",
      "managers", "base",  "impl",   "misc",    "stuff"};
  if (!source.is_cpp()) return {};
  const std::filesystem::path path(source.path);
  const auto stem = path.stem().string();
  const auto is_snake = [](unsigned char c) {
    return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '_';
  };
  if (!std::ranges::all_of(stem, is_snake)) {
    return {{source.path, 0, "name files in snake_case after the noun inside"}};
  }
  for (std::size_t start = 0; start <= stem.size();) {
    const auto end = std::min(stem.find('_', start), stem.size());
    const auto word = std::string_view(stem).substr(start, end - start);
    if (std::ranges::find(kSayNothing, word) != kSayNothing.end()) {
      return {{source.path, 0,
               "\"" + std::string(word) + "\" says nothing; name the file after its noun"}};
    }
    start = end + 1;
  }
  return {};
}

Findings small_ports(const Source& source) {
  Findings findings;
  if (!source.is_in("src/ports") || !source.is_header()) return findings;
  for (const auto at : places_of(source.code, "class")) {
    const auto open = source.code.find_first_of("{;", at);
    if (open == std::string::npos || source.code[open] == ';') continue;
    const auto close = source.code.find("\n};", open);
    const auto body = std::string_view(source.code).substr(open, close - open);
    const auto methods = std::ranges::count_if(
        places_of(body, "virtual"), [&](std::size_t v) { return body.substr(v + 8, 1) != "~"; });
    if (methods <= kPortMethods) continue;
    findings.push_back({source.path, source.line_of(at),
                        std::to_string(methods) + " methods on one port; split it by noun, at "
                                                  "most 20"});
  }
  return findings;
}

Findings headers_open_no_namespace(const Source& source) {
  if (!source.is_header() || source.is_test()) return {};
  const auto at = source.code.find("using namespace");
  if (at == std::string::npos) return {};
  return {{source.path, source.line_of(at), "name what you use; a header decides for others"}};
}

Findings skips_say_why(const Source& source) {
  Findings findings;
  if (!source.is_cpp()) return findings;
  for (const auto at : places_of(source.code, "GTEST_SKIP")) {
    if (source.code.compare(at, 15, "GTEST_SKIP() <<") == 0) continue;
    findings.push_back({source.path, source.line_of(at), "GTEST_SKIP() << \"why\""});
  }
  if (const auto at = source.code.find("DISABLED"
                                       "_");
      at != std::string::npos) {
    findings.push_back({source.path, source.line_of(at), "mend the test or take it out"});
  }
  return findings;
}

// Written in halves, so that this file does not hold what it looks for.
Findings nothing_of_the_workplace(const Source& source) {
  static const std::array<std::string, 12> kBanned{
      "TO"
      "DO",
      "FIX"
      "ME",
      "X"
      "XX:",
      "coming"
      " soon",
      "/ro"
      "ot/",
      "/ho"
      "me/",
      "/Us"
      "ers/",
      "/wo"
      "rk/",
      "registry."
      "npmjs",
      "registry."
      "yarnpkg",
      "deb."
      "debian.org",
      "pypi."
      "org"};
  Findings findings;
  for (const auto& word : kBanned) {
    for (const auto at : places_of(source.text, word)) {
      findings.push_back({source.path, source.line_of(at),
                          "\"" + word +
                              "\" is of one machine or one moment; finish it, or name "
                              "what it stands for"});
    }
  }
  return findings;
}

constexpr Sample kLongFunction{
    "src/app/a.cc",
    "void f() "
    "{\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
    "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n}\n"};

std::string_view long_text() {
  static const std::string text(kFileLines + 1, '\n');
  return text;
}

std::string_view long_line() {
  static const std::string text = "// " + std::string(kColumns, 'x') + "\n";
  return text;
}

std::string_view wide_port() {
  static const std::string text = [] {
    std::string port = "class Wide {\n  virtual ~Wide() = default;\n";
    for (int i = 0; i <= kPortMethods; ++i) port += "  virtual void f() = 0;\n";
    return port + "};\n";
  }();
  return text;
}

}  // namespace

// Who may include whom.
static std::vector<Rule> includes() {
  return {
      {"rooms_see_only_what_the_table_allows",
       rooms_kept,
       {"src/domain/post.cc", "#include \"app/compose.h\"\n"},
       {"src/app/compose.cc", "#include \"domain/post.h\"\n"}},
      {"sides_of_the_sandbox_do_not_see_each_other",
       rooms_kept,
       {"sandbox/meta/graph.cc", "#include \"sandbox/google/time.h\"\n"},
       {"sandbox/google/list.cc", "#include \"sandbox/google/time.h\"\n"}},
      {"libraries_stay_with_their_rooms",
       libraries_kept,
       {"src/app/queue.cc", "#include <curl/curl.h>\n"},
       {"src/net/curl_transport.cc", "#include <curl/curl.h>\n"}},
      {"libraries_stay_out_of_headers",
       libraries_kept,
       {"src/net/curl_transport.h", "#include <curl/curl.h>\n"},
       {"src/http/json_body.h", "#include <boost/json/fwd.hpp>\n"}},
      {"private_headers_stay_private",
       private_headers_kept,
       {"src/http/posts.cc", "#include \"http/server/session.h\"\n"},
       {"src/http/server/listener.cc", "#include \"http/server/session.h\"\n"}},
  };
}

std::vector<Rule> shapes() {
  return {
      {"files_are_short", short_files, {"src/app/a.cc", long_text()}, {"src/app/a.cc", "\n"}},
      {"lines_are_short", short_lines, {"src/app/a.cc", long_line()}, {"src/app/a.cc", "// x\n"}},
      {"functions_are_short", short_functions, kLongFunction, {"src/app/a.cc", "void f() {}\n"}},
      {"headers_explain_themselves",
       headers_explain_themselves,
       {"src/app/a.h", "#pragma once\n"},
       {"src/app/a.h", "// A noun.\n#pragma once\n"}},
      {"headers_are_read_once",
       headers_are_read_once,
       {"src/app/a.h", "// A noun.\n"},
       {"src/app/a.h", "// A noun.\n#pragma once\n"}},
      {"own_header_comes_first",
       own_header_first,
       {"src/app/a.cc", "#include <string>\n#include \"app/a.h\"\n"},
       {"src/app/a.cc", "#include \"app/a.h\"\n#include <string>\n"}},
      {"includes_name_the_whole_path",
       includes_by_path,
       {"src/app/a.cc", "#include \"../domain/post.h\"\n"},
       {"src/app/a.cc", "#include \"domain/post.h\"\n"}},
      {"names_say_the_noun",
       names_say_the_noun,
       {"src/app/post_helper.cc", ""},
       {"src/store/sqlite/database.cc", ""}},
      {"ports_are_small",
       small_ports,
       {"src/ports/wide.h", wide_port()},
       {"src/ports/slim.h", "class Slim {\n  virtual void f() = 0;\n};\n"}},
      {"headers_open_no_namespace",
       headers_open_no_namespace,
       {"src/app/a.h", "// A noun.\n#pragma once\nusing namespace std;\n"},
       {"src/app/a.h", "// A noun.\n#pragma once\nusing std::swap;\n"}},
      {"skips_say_why",
       skips_say_why,
       {"src/app/a_test.cc", "GTEST_SKIP();\n"},
       {"src/app/a_test.cc", "GTEST_SKIP() << \"no seccomp here\";\n"}},
      {"tests_are_not_switched_off",
       skips_say_why,
       {"src/app/a_test.cc",
        "TEST(A, DISABLED"
        "_b) {}\n"},
       {"src/app/a_test.cc", "TEST(A, b) {}\n"}},
      {"nothing_of_one_machine_or_moment",
       nothing_of_the_workplace,
       {"docs/a.md",
        "TO"
        "DO: write it\n"},
       {"docs/a.md", "All written. The method is todos().\n"}},
  };
}

std::vector<Rule> rules() {
  auto all = includes();
  for (const auto& more : {shapes(), bans(), customers()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace herald::tidy

#include "tests/tidy/tree.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace herald::tidy {
namespace {

namespace fs = std::filesystem;

// Built, fetched, recorded or a person's own data.
constexpr std::array<std::string_view, 5> kNotOurs{".git", "build", "data", "web/dist",
                                                   "tests/vectors"};

bool is_ours(const std::string& path) {
  const auto name = path.substr(path.rfind('/') + 1);
  return name != "node_modules" && !name.ends_with(".log") &&
         std::ranges::find(kNotOurs, path) == kNotOurs.end();
}

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void walk(const fs::path& folder, const std::string& prefix, std::vector<Source>& tree) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    auto path = prefix + entry.path().filename().string();
    if (!is_ours(path) || entry.is_symlink()) continue;
    if (entry.is_directory()) {
      walk(entry.path(), path + "/", tree);
    } else if (entry.is_regular_file()) {
      auto text = content_of(entry.path());
      if (text.contains('\0')) continue;
      tree.push_back(source_of(std::move(path), std::move(text)));
    }
  }
}

bool is_setting_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_setting(std::string_view word) {
  static constexpr std::array<std::string_view, 7> kEnds{
      "_APP_ID",        "_APP_SECRET",   "_CLIENT_ID",      "_CLIENT_KEY",
      "_CLIENT_SECRET", "_REDIRECT_URI", "_SCOPES_LEFT_OUT"};
  if (word.starts_with("HERALD_")) return word.size() > 7 && !word.ends_with('_');
  return std::ranges::any_of(
      kEnds, [&](auto end) { return word.ends_with(end) && word.size() > end.size(); });
}

// Every word of capitals in `text` that could be a setting.
std::set<std::string> settings_in(std::string_view text) {
  std::set<std::string> found;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_setting_letter(text[i])) {
      ++i;
      continue;
    }
    auto end = i;
    while (end < text.size() && is_setting_letter(text[end])) ++end;
    if (is_setting(text.substr(i, end - i))) found.emplace(text.substr(i, end - i));
    i = end;
  }
  return found;
}

std::set<std::string> settings_read(const std::vector<Source>& tree) {
  std::set<std::string> all;
  for (const auto& source : tree) {
    const bool reads =
        source.is_in("src/config") || source.is_in("src/platforms") || source.path == "src/main.cc";
    if (!reads || source.is_test() || !source.is_cpp()) continue;
    const auto some = settings_in(source.plain);
    all.insert(some.begin(), some.end());
  }
  return all;
}

// "a --> b" for every "{a, b}" behind kMoves.
std::set<std::string> moves_of(std::string_view code) {
  std::set<std::string> moves;
  const auto start = std::min(code.find("kMoves[]"), code.size());
  const auto table = code.substr(start, code.find("};", start) - start);
  for (auto at = table.find('{'); at != table.npos; at = table.find('{', at + 1)) {
    const auto close = table.find_first_of("{}", at + 1);
    const auto pair = table.substr(at + 1, close - at - 1);
    const auto comma = pair.find(", ");
    if (close == table.npos || table[close] == '{' || comma == pair.npos) continue;
    moves.insert(std::string(pair.substr(0, comma)) + " --> " +
                 std::string(pair.substr(comma + 2)));
  }
  return moves;
}

std::set<std::string> moves_drawn(std::string_view text) {
  std::set<std::string> moves;
  for (auto line : lines_of(text)) {
    if (!line.contains(" --> ") || line.contains("[*]")) continue;
    moves.emplace(line.substr(line.find_first_not_of(' ')));
  }
  return moves;
}

}  // namespace

std::vector<Source> tree_at(const std::string& root) {
  std::vector<Source> tree;
  walk(root, "", tree);
  std::ranges::sort(tree, {}, &Source::path);
  return tree;
}

const Source* file_of(const std::vector<Source>& tree, const std::string& path) {
  const auto found = std::ranges::find(tree, path, &Source::path);
  return found == tree.end() ? nullptr : &*found;
}

std::vector<Finding> settings_documented(const std::vector<Source>& tree) {
  std::vector<Finding> findings;
  const auto read = settings_read(tree);
  for (const std::string place : {"docs/OPERATIONS.md", ".env.example"}) {
    const auto* source = file_of(tree, place);
    if (source == nullptr) {
      findings.push_back({place, 0, "is not there"});
      continue;
    }
    const auto named = settings_in(source->text);
    for (const auto& name : read) {
      if (!named.contains(name)) findings.push_back({place, 0, "does not name " + name});
    }
    for (const auto& name : named) {
      if (!read.contains(name)) findings.push_back({place, 0, name + " is read by nobody"});
    }
  }
  return findings;
}

std::vector<Finding> links_lead_somewhere(const std::string& root,
                                          const std::vector<Source>& tree) {
  std::vector<Finding> findings;
  for (const auto& source : tree) {
    if (!source.path.ends_with(".md")) continue;
    const std::string_view text = source.text;
    for (auto at = text.find("]("); at != text.npos; at = text.find("](", at + 2)) {
      const auto target = text.substr(at + 2, text.find_first_of(") \n#", at + 2) - at - 2);
      if (target.empty() || target.contains("://") || target.starts_with("mailto:")) continue;
      const auto path = fs::path(root) / fs::path(source.path).parent_path() / target;
      if (fs::exists(path)) continue;
      findings.push_back({source.path, source.line_of(at),
                          "the link to " + std::string(target) + " leads nowhere"});
    }
  }
  return findings;
}

std::vector<Finding> decisions_numbered(const std::vector<Source>& tree) {
  std::vector<Finding> findings;
  int next = 1;
  for (const auto& source : tree) {
    if (!source.is_in("docs/adr") || source.path == "docs/adr/README.md") continue;
    const auto digits = std::to_string(next++);
    const auto wanted = "docs/adr/" + std::string(4 - digits.size(), '0') + digits + "-";
    if (!source.path.starts_with(wanted)) {
      findings.push_back({source.path, 0, "the next decision's name begins with " + wanted});
    }
    if (!source.text.starts_with("# ")) {
      findings.push_back({source.path, 1, "begin with the decision as a title"});
    }
  }
  return findings;
}

std::vector<Finding> states_drawn(const Source& drawing, const Source& delivery) {
  std::vector<Finding> findings;
  const auto allowed = moves_of(delivery.code);
  const auto drawn = moves_drawn(drawing.text);
  for (const auto& move : allowed) {
    if (!drawn.contains(move)) findings.push_back({drawing.path, 0, "does not draw " + move});
  }
  for (const auto& move : drawn) {
    if (!allowed.contains(move)) findings.push_back({drawing.path, 0, "draws " + move});
  }
  return findings;
}

}  // namespace herald::tidy

#include "platforms/twitter_words.h"

#include <functional>
#include <map>
#include <optional>

#include "domain/links.h"
#include "domain/normal_form.h"
#include "domain/text.h"

namespace herald::twitter_flows {
namespace {

constexpr char kMark = '\x01';

std::string utf8_of(std::u16string_view units) {
  std::u32string points;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const char32_t high = units[i];
    const bool pair = high >= 0xD800 && high <= 0xDBFF && i + 1 < units.size();
    points += pair ? 0x10000 + ((high - 0xD800) << 10) + (units[i + 1] - char32_t{0xDC00}) : high;
    i += pair ? 1 : 0;
  }
  return to_utf8(points);
}

// Runs of blanks are one, and none stands at an end.
std::string collapsed(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : c;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// As little of a link as can be relied on: host and path, whatever the case.
std::string plain(std::string link) {
  for (char& c : link) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  for (const std::string scheme : {"https://", "http://"}) {
    if (link.starts_with(scheme)) link.erase(0, scheme.size());
  }
  while (link.ends_with('/')) link.pop_back();
  return link;
}

// What a link leads to; nothing: it is not the writer's own.
using Lead = std::function<std::optional<std::string>(const std::string&)>;

Words words(const std::string& text, const Lead& lead) {
  const std::u16string units = to_utf16(to_normal_form(code_points_of(text)));
  Words found;
  std::size_t at = 0;
  for (const Link& link : links_in(units)) {
    found.text += utf8_of(std::u16string_view(units).substr(at, link.begin - at));
    at = link.begin + link.size;
    const auto target = lead(utf8_of(std::u16string_view(units).substr(link.begin, link.size)));
    if (!target) continue;
    found.text += kMark;
    found.links.push_back(plain(*target));
  }
  found.text = collapsed(found.text + utf8_of(std::u16string_view(units).substr(at)));
  return found;
}

std::string unescaped(std::string text) {
  // The ampersand comes last: "&amp;lt;" stands for "&lt;".
  constexpr std::pair<const char*, char> kEscapes[] = {
      {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}};
  for (const auto& [escape, plain_one] : kEscapes) {
    const std::string_view name = escape;
    for (auto at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
      text.replace(at, name.size(), 1, plain_one);
    }
  }
  return text;
}

}  // namespace

Words words_sent(const std::string& text) {
  return words(text, [](const std::string& link) { return std::optional(link); });
}

Words words_seen(const JsonAnswer& answer, const std::string& pointer, const std::string& quoted) {
  // A long post has its whole text beside the short one.
  const bool is_long = answer.has(pointer + "/note_tweet/text");
  const std::string body = is_long ? pointer + "/note_tweet" : pointer;
  const std::string id = answer.text(pointer + "/id");
  std::map<std::string, std::optional<std::string>> leads;
  for (std::size_t i = 0; i < answer.size(body + "/entities/urls"); ++i) {
    const auto field = [&](const char* name) {
      return answer.text(at(body + "/entities/urls", i, name));
    };
    const std::string full = field("/expanded_url");
    const bool own_media = full.find("/status/" + id + "/") != full.npos;
    const bool quotes = !quoted.empty() && full.ends_with("/status/" + quoted);
    leads[field("/url")] = own_media || quotes ? std::nullopt : std::optional(full);
  }
  return words(unescaped(answer.text(body + "/text")), [&](const std::string& link) {
    const auto found = leads.find(link);
    return found == leads.end() ? std::optional(link) : found->second;
  });
}

}  // namespace herald::twitter_flows

#include "sandbox/mastodon/text.h"

#include <unicode/ubrk.h>

#include <algorithm>
#include <functional>

#include "sandbox/regex.h"

namespace herald::sandbox::mastodon {

namespace {

constexpr std::size_t kLinkLength = 23;
constexpr std::size_t kLinkMost = 4096;
constexpr std::size_t kDomainMost = 253;

// Nothing that is glued to a letter; a host with a dot; a path that ends in no punctuation.
constexpr std::string_view kLink =
    R"re((?<![\p{L}\p{N}_@.])(?:https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini)://)re"
    R"re((?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,}(?::\d+)?)re"
    R"re((?:[/?#](?:[^\s<>"]*[^\s<>".,;:!?')\]])?)?)re";
constexpr std::string_view kMention =
    R"re((?<![=/\w])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)(?:@([\p{L}\p{N}_.-]+[\p{L}\p{N}_]))?)re";

// Compiled once; a side is called from one thread at a time.
Regex& link_regex() {
  static Regex regex(kLink);
  return regex;
}
Regex& mention_regex() {
  static Regex regex(kMention);
  return regex;
}

using Rewrite = std::function<std::u16string(const Regex&, std::u16string_view)>;

std::u16string rewritten(Regex& regex, const std::u16string& text, const Rewrite& rewrite) {
  regex.look_at(text);
  std::u16string out;
  std::size_t at = 0;
  while (regex.find_next()) {
    const auto whole = regex.group(0);
    out += text.substr(at, whole.begin - at) + rewrite(regex, text);
    at = whole.end;
  }
  return out + text.substr(at);
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

// Whom a mention names; null: nobody here.
const Account* mentioned(const Context& x, const Regex& mention, std::u16string_view text) {
  const auto name = lower(to_utf8(mention.group(1).of(text)));
  const auto behind = mention.group(2);
  const auto domain = behind.found ? lower(to_utf8(behind.of(text))) : x.state.host;
  if (domain != x.state.host && domain != handle_domain(x)) return nullptr;
  const auto found = std::ranges::find_if(
      x.state.accounts, [&](const auto& entry) { return entry.second.username == name; });
  return found == x.state.accounts.end() ? nullptr : &found->second;
}

std::int64_t graphemes_of(std::u16string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  auto* breaks =
      ubrk_open(UBRK_CHARACTER, "en", text.data(), static_cast<std::int32_t>(text.size()), &status);
  if (U_FAILURE(status)) return 0;
  std::int64_t count = 0;
  while (ubrk_next(breaks) != UBRK_DONE) ++count;
  ubrk_close(breaks);
  return count;
}

}  // namespace

std::string stripped(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n\v\f";
  const auto from = text.find_first_not_of(kBlank);
  if (from == text.npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(kBlank) - from + 1));
}

std::int64_t graphemes(std::string_view text) { return graphemes_of(to_utf16(text)); }

std::int64_t letters(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; });
}

std::int64_t counted(std::string_view text) {
  const auto without_links =
      rewritten(link_regex(), to_utf16(text), [](const Regex& link, std::u16string_view whole) {
        const auto found = link.group(0).of(whole);
        return found.size() > kLinkMost ? std::u16string(found) : std::u16string(kLinkLength, u'x');
      });
  return graphemes_of(rewritten(mention_regex(), without_links,
                                [](const Regex& mention, std::u16string_view whole) {
                                  const auto domain = mention.group(2);
                                  if (domain.found && domain.end - domain.begin > kDomainMost)
                                    return std::u16string(mention.group(0).of(whole));
                                  return u"@" + std::u16string(mention.group(1).of(whole));
                                }));
}

std::string with_full_mentions(const Context& x, const std::string& text) {
  if (x.choice("mentions") == "kept") return text;
  return to_utf8(rewritten(mention_regex(), to_utf16(text), [&](const Regex& mention, auto whole) {
    const auto* account = mentioned(x, mention, whole);
    return account == nullptr ? std::u16string(mention.group(0).of(whole))
                              : to_utf16("@" + account->username + "@" + handle_domain(x));
  }));
}

bool mentions(const Context& x, const std::string& text, const Account& account) {
  bool found = false;
  rewritten(mention_regex(), to_utf16(text), [&](const Regex& mention, auto whole) {
    const auto* named = mentioned(x, mention, whole);
    found = found || (named != nullptr && named->id == account.id);
    return std::u16string();
  });
  return found;
}

std::string html_of_text(const std::string& text) {
  if (text.empty()) return {};
  std::string out = "<p>";
  std::size_t breaks = 0;
  const auto end_breaks = [&] {
    if (breaks == 1) out += "<br />";
    if (breaks > 1) out += "</p><p>";
    breaks = 0;
  };
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') {
      ++breaks;
      continue;
    }
    end_breaks();
    out += html_escaped(std::string_view(&c, 1));
  }
  return out + "</p>";
}

std::string handle_domain(const Context& x) {
  const auto& domain = x.choice("handle_domain");
  return domain.empty() ? x.state.host : domain;
}

}  // namespace herald::sandbox::mastodon

#include "domain/links.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "domain/link_characters.h"
#include "domain/punycode.h"
#include "domain/top_level_domains.h"

namespace herald {
namespace {

using namespace link_characters;

constexpr std::size_t kNone = std::u16string_view::npos;
constexpr std::size_t kLinkMax = 4096;
constexpr std::size_t kLabelMax = 63;
constexpr std::size_t kShortNameMax = 40;  // Of a link that X shortened itself.

bool is_plain(char16_t unit) { return unit != '-' && unit <= 0x7F && in_plain_name(unit); }

// Does the text go on with this, in whatever case? `words` is ASCII in lower case.
bool goes_on(std::u16string_view text, std::size_t at, std::u16string_view words) {
  return text.size() - at >= words.size() &&
         std::ranges::equal(words, text.substr(at, words.size()), {}, {}, folded);
}

// Where the top-level domain ends that begins here; kNone: none does.
std::size_t top_level_end(std::u16string_view text, std::size_t at) {
  std::array<char16_t, kTopLevelDomainMax> name{};
  std::size_t longest = 0;
  while (longest < name.size() && at + longest < text.size()) {
    name[longest] = folded(text[at + longest]);
    ++longest;
  }
  for (std::size_t size = longest; size > 0; --size) {
    const std::size_t end = at + size;
    const bool goes_on = end < text.size() && (is_plain(text[end]) || text[end] == '@' ||
                                               text[end] == '+' || text[end] == '-');
    if (!goes_on && is_top_level_domain({name.data(), size})) return end;
  }
  constexpr std::u16string_view kEncoded = u"xn--";
  if (!herald::goes_on(text, at, kEncoded)) return kNone;
  std::size_t end = at + kEncoded.size();
  while (end < text.size() && (is_plain(text[end]) || text[end] == '-')) ++end;
  return end > at + kEncoded.size() ? end : kNone;
}

// Host names, from wherever they begin. What they share is found once, from the back.
class Names {
 public:
  explicit Names(std::u16string_view text) : text_(text), at_(text.size() + 1) {
    for (std::size_t i = text.size(); i-- > 0;) at_[i] = seen_from(i);
  }

  // Where the longest name ends that begins here: labels with dots, and a top-level domain.
  std::size_t end_of(std::size_t begin) const {
    const std::size_t dot = label_end(begin);
    if (dot == kNone) return kNone;
    const Place& place = at_[dot];
    if (place.farther != kNone) return place.farther;
    // An underscore may not stand in the last label before the end.
    return at_[begin].underscore < dot ? kNone : place.ends;
  }

 private:
  struct Place {
    std::size_t run_end = 0;         // The next unit that no label holds.
    std::size_t underscore = kNone;  // The next one.
    std::size_t ends = kNone;        // Of a dot: where the top-level domain behind it ends.
    std::size_t farther = kNone;     // Of a dot: where a name ends that has more labels behind it.
  };

  bool is_label(char16_t unit) const { return unit == '-' || unit == '_' || in_name(unit); }

  Place seen_from(std::size_t i) const {
    Place place = at_[i + 1];
    place.ends = place.farther = kNone;
    if (i + 1 == text_.size()) place.run_end = text_.size();
    if (!is_label(text_[i])) place.run_end = i;
    if (text_[i] == '_') place.underscore = i;
    if (text_[i] != '.') return place;
    place.ends = top_level_end(text_, i + 1);
    const std::size_t next = i + 1 < text_.size() ? label_end(i + 1) : kNone;
    if (next == kNone) return place;
    place.farther = at_[next].farther;
    const bool has_underscore = at_[i + 1].underscore < next;
    if (place.farther == kNone && !has_underscore) place.farther = at_[next].ends;
    return place;
  }

  // The dot behind the label that begins here; kNone: this is no label.
  std::size_t label_end(std::size_t begin) const {
    const std::size_t end = at_[begin].run_end;
    const bool ended = end < text_.size() && text_[end] == '.' && end > begin;
    return ended && in_name(text_[begin]) && in_name(text_[end - 1]) ? end : kNone;
  }

  std::u16string_view text_;
  std::vector<Place> at_;
};

// With the other full stops that stand for a dot.
std::size_t label_size(std::u16string_view label) {
  std::size_t size = 0;
  while (true) {
    const auto stop = std::min(label.find_first_of(u"\u3002\uFF0E\uFF61"), label.size());
    size += encoded_label_size(label.substr(0, stop));
    if (stop == label.size()) return size;
    label.remove_prefix(stop + 1);
    ++size;
  }
}

// Names within a name that are in plain letters: those are linked where there is no scheme.
std::vector<Link> plain_names(std::u16string_view name) {
  std::vector<Link> found;
  for (std::size_t i = 0; i < name.size();) {
    std::size_t end = i;
    std::size_t best = kNone;
    for (std::size_t label = i;; label = ++end) {
      while (end < name.size() && in_plain_name(name[end])) ++end;
      if (end == label || end == name.size() || name[end] != '.') break;
      if (const auto top = top_level_end(name, end + 1); top != kNone) best = top;
    }
    if (best != kNone) found.push_back({i, best - i});
    i = best != kNone ? best : std::max(end, i + 1);
  }
  return found;
}

bool is_valid(std::u16string_view url, std::u16string_view scheme, std::u16string_view name) {
  if (name.starts_with(u"xn--") && plain_names(name).empty()) return false;
  for (std::u16string_view rest = name;;) {
    const auto dot = std::min(rest.find(u'.'), rest.size());
    const auto size = label_size(rest.substr(0, dot));
    if (size < 1 || size > kLabelMax) return false;
    if (dot == rest.size()) break;
    rest.remove_prefix(dot + 1);
  }
  constexpr std::size_t kUsualScheme = 8;  // "https://"
  return (scheme.empty() ? kUsualScheme : scheme.size()) + url.size() <= kLinkMax;
}

// ---------------------------------------------------------------- What stands behind a name

// "(...)" with at most one more pair inside; kNone: there is none.
std::size_t parentheses_end(std::u16string_view text, std::size_t at) {
  const auto run = [&](std::size_t from) {
    while (from < text.size() && in_path(text[from])) ++from;
    return from;
  };
  const auto is = [&](std::size_t place, char16_t unit) {
    return place < text.size() && text[place] == unit;
  };
  if (!is(at, u'(')) return kNone;
  const std::size_t outer = run(at + 1);
  if (is(outer, u')')) return outer > at + 1 ? outer + 1 : kNone;
  if (!is(outer, u'(')) return kNone;
  const std::size_t inner = run(outer + 1);
  if (inner == outer + 1 || !is(inner, u')')) return kNone;
  const std::size_t rest = run(inner + 1);
  return is(rest, u')') ? rest + 1 : kNone;
}

// Of the path that begins with the slash at `at`: up to the last character that may end one, and
// parentheses right behind that.
std::size_t path_end(std::u16string_view text, std::size_t at) {
  std::size_t end = at + 1;
  for (std::size_t i = at + 1; i < text.size();) {
    if (const auto behind = parentheses_end(text, i); behind != kNone) {
      i = behind;
    } else if (in_path(text[i])) {
      ++i;
      if (ends_path(text[i - 1])) end = i;
    } else {
      break;
    }
  }
  for (std::size_t behind = end; behind != kNone; behind = parentheses_end(text, end)) end = behind;
  return end;
}

// Of the query that begins with the question mark at `at`; `at` itself: it is none.
std::size_t query_end(std::u16string_view text, std::size_t at) {
  std::size_t end = at;
  for (std::size_t i = at + 1; i < text.size() && in_query(text[i]); ++i) {
    if (ends_query(text[i])) end = i + 1;
  }
  return end;
}

struct Candidate {
  std::size_t begin = 0;
  std::size_t name = 0;  // Behind the scheme, if there is one.
  std::size_t name_end = 0;
  std::size_t end = 0;
  bool has_path = false;
};

class Search {
 public:
  explicit Search(std::u16string_view text) : text_(text), names_(text) {}

  std::vector<Link> run() {
    for (std::size_t i = 0; i < text_.size();) {
      auto found = may_precede(text_[i]) ? candidate(i + 1) : std::nullopt;
      if (!found && i == 0) found = candidate(0);
      if (found) accept(*found);
      i = found ? found->end : i + 1;
    }
    return std::move(links_);
  }

 private:
  std::optional<Candidate> candidate(std::size_t begin) const {
    Candidate found{.begin = begin, .name = begin};
    for (const std::u16string_view scheme : {u"http://", u"https://"}) {
      if (goes_on(text_, begin, scheme)) found.name = begin + scheme.size();
    }
    if (found.name >= text_.size()) return std::nullopt;
    found.end = found.name_end = names_.end_of(found.name);
    if (found.end == kNone) return std::nullopt;
    const auto is = [&](char16_t unit) {
      return found.end < text_.size() && text_[found.end] == unit;
    };
    if (is(u':')) {
      std::size_t port = found.end + 1;
      while (port < text_.size() && text_[port] >= '0' && text_[port] <= '9') ++port;
      if (port > found.end + 1) found.end = port;
    }
    found.has_path = is(u'/');
    if (found.has_path) found.end = path_end(text_, found.end);
    if (is(u'?')) found.end = query_end(text_, found.end);
    return found;
  }

  void accept(const Candidate& found) {
    const auto url = text_.substr(found.begin, found.end - found.begin);
    const auto scheme = text_.substr(found.begin, found.name - found.begin);
    const auto name = text_.substr(found.name, found.name_end - found.name);
    if (!is_valid(url, scheme, name)) return;
    if (!scheme.empty()) return accept_with_scheme(found.begin, url);
    const bool glued = found.begin > 0 && is_glue(text_[found.begin - 1]);
    if (glued) return;
    const auto plain = plain_names(name);
    for (const Link& link : plain) links_.push_back({found.begin + link.begin, link.size});
    // What stands behind the name belongs to the last of them, if it begins with a path.
    if (!plain.empty() && found.has_path) links_.back().size += url.size() - name.size();
  }

  static bool is_glue(char16_t unit) {
    return unit == '-' || unit == '_' || unit == '.' || unit == '/';
  }

  // A link that X shortened itself ends with its short name, or a query right behind it.
  void accept_with_scheme(std::size_t begin, std::u16string_view url) {
    for (const std::u16string_view own : {u"http://t.co/", u"https://t.co/"}) {
      if (!goes_on(url, 0, own)) continue;
      std::size_t end = own.size();
      while (end < url.size() && is_plain(url[end])) ++end;
      if (end == own.size()) break;
      if (end - own.size() > kShortNameMax) return;
      if (end < url.size() && url[end] == '?') end = query_end(url, end);
      url = url.substr(0, end);
      break;
    }
    links_.push_back({begin, url.size()});
  }

  std::u16string_view text_;
  Names names_;
  std::vector<Link> links_;
};

}  // namespace

std::vector<Link> links_in(std::u16string_view text) {
  if (!text.contains(u'.')) return {};
  return Search(text).run();
}

}  // namespace herald

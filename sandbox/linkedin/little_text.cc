#include "sandbox/linkedin/little_text.h"

#include <optional>

#include "sandbox/linkedin/urn.h"

namespace herald::sandbox::linkedin {

namespace {

constexpr std::string_view kReserved = R"(\|{}@[]()<>#*_~)";

struct Element {
  std::size_t size = 0;
  std::string shown;
};

bool reserved(char c) { return kReserved.find(c) != kReserved.npos; }

bool begins_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    out += text[i];
  }
  return out;
}

// @[Blue Bakery](urn:li:organization:5550001)
std::optional<Element> mention(std::string_view text) {
  const auto middle = text.find("](");
  const auto end = text.find(')', middle);
  if (!text.starts_with("@[") || middle == text.npos || end == text.npos) return {};
  const auto urn = read_urn(text.substr(middle + 2, end - middle - 2));
  if (!urn || (urn->type != "person" && !urn->type.starts_with("organization"))) return {};
  return Element{.size = end + 1, .shown = unescaped(text.substr(2, middle - 2))};
}

// {hashtag|\#|baking}
std::optional<Element> hashtag(std::string_view text) {
  constexpr std::string_view kBegin = R"({hashtag|\#|)";
  const auto end = text.find('}');
  if (!text.starts_with(kBegin) || end == text.npos || end == kBegin.size()) return {};
  return Element{.size = end + 1,
                 .shown = "#" + unescaped(text.substr(kBegin.size(), end - kBegin.size()))};
}

// What stands at the front. Empty: a sign that had to be escaped.
std::optional<Element> element(std::string_view text) {
  const auto c = text.front();
  if (!reserved(c)) return Element{.size = 1, .shown = std::string(1, c)};
  if (c == '\\' && text.size() > 1 && reserved(text[1]))
    return Element{.size = 2, .shown = std::string(1, text[1])};
  if (c == '@') return mention(text);
  if (c == '{') return hashtag(text);
  if (c == '#' && text.size() > 1 && begins_word(text[1])) return Element{.size = 1, .shown = "#"};
  return {};
}

}  // namespace

LittleText read_little_text(std::string_view text) {
  LittleText out;
  bool broken = false;
  while (!text.empty()) {
    const auto found = element(text);
    broken = broken || !found;
    const auto size = found ? found->size : 1;
    const auto shown = found ? found->shown : std::string(text.substr(0, 1));
    if (!broken) {
      out.kept += text.substr(0, size);
      out.shown += shown;
    }
    out.whole += shown;
    text.remove_prefix(size);
  }
  return out;
}

}  // namespace herald::sandbox::linkedin

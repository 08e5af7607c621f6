// LinkedIn's little text and its URNs.
// Source: learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format
#include <algorithm>

#include "platforms/linkedin.h"

namespace herald::linkedin_flows {
namespace {

constexpr std::string_view kReserved = R"(\|{}@[]()<>#*_~)";

bool is_reserved(char c) { return kReserved.find(c) != kReserved.npos; }

// Letters of any alphabet count: whatever is not ASCII.
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool begins_hashtag(std::string_view text, std::size_t i) {
  if (text[i] != '#' || i + 1 >= text.size() || !is_word(text[i + 1])) return false;
  return i == 0 || (!is_word(text[i - 1]) && text[i - 1] != '#' && text[i - 1] != '_');
}

int hex_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// "{hashtag|\#|baking}", as LinkedIn may write "#baking", from `at` on: the word, and where it
// ends.
std::optional<std::pair<std::string_view, std::size_t>> hashtag_at(std::string_view text,
                                                                   std::size_t at) {
  constexpr std::string_view kOpening = "{hashtag|\\#|";
  if (!text.substr(at).starts_with(kOpening)) return std::nullopt;
  const std::size_t begins = at + kOpening.size();
  const std::size_t ends = text.find('}', begins);
  if (ends == text.npos) return std::nullopt;
  return std::pair(text.substr(begins, ends - begins), ends + 1);
}

}  // namespace

std::string little_text(std::string_view text) {
  std::string little;
  little.reserve(text.size() + text.size() / 8);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_reserved(text[i]) && !begins_hashtag(text, i)) little += '\\';
    little += text[i];
  }
  return little;
}

std::string plain_text(std::string_view little) {
  std::string text;
  for (std::size_t i = 0; i < little.size();) {
    if (const auto tag = hashtag_at(little, i)) {
      text += '#';
      text += tag->first;
      i = tag->second;
      continue;
    }
    const bool escape = little[i] == '\\' && i + 1 < little.size() && is_reserved(little[i + 1]);
    if (escape) ++i;
    text += little[i++];
  }
  text.erase(text.find_last_not_of(" \t\r\n") + 1);
  return text;
}

std::string post_urn_in(std::string_view text, bool or_activity) {
  constexpr std::string_view kPrefix = "urn:li:";
  for (std::size_t at = text.find(kPrefix); at != text.npos; at = text.find(kPrefix, at + 1)) {
    const std::string_view rest = text.substr(at + kPrefix.size());
    for (const std::string_view type : {"share:", "ugcPost:", "activity:"}) {
      if (!rest.starts_with(type) || (type == "activity:" && !or_activity)) continue;
      const auto digits = rest.substr(type.size());
      const auto length = std::min(digits.find_first_not_of("0123456789"), digits.size());
      if (length > 0) return std::string(text.substr(at, kPrefix.size() + type.size() + length));
    }
  }
  return {};
}

std::string percent_decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && hex_of(text[i + 1]) >= 0 &&
                       hex_of(text[i + 2]) >= 0;
    plain += coded ? static_cast<char>(hex_of(text[i + 1]) * 16 + hex_of(text[i + 2])) : text[i];
    if (coded) i += 2;
  }
  return plain;
}

}  // namespace herald::linkedin_flows

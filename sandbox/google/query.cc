#include "sandbox/google/query.h"

#include <algorithm>
#include <charconv>

#include "sandbox/google/crypto.h"

namespace herald::sandbox::google {

namespace {

constexpr std::string_view kPageMark = "offset:";

std::optional<std::size_t> number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return {};
  return value;
}

// items(id,snippet/title),nextPageToken: names, slashes, commas, balanced brackets.
bool field_mask(std::string_view mask) {
  int depth = 0;
  char before = ',';
  for (const char c : mask) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '*';
    const bool fresh = before == ',' || before == '(' || before == '/';
    if (!word && (std::string_view("(),/").find(c) == std::string_view::npos || fresh))
      return false;
    if (word && before == ')') return false;
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (depth < 0) return false;
    before = c;
  }
  return depth == 0 && before != ',' && before != '/';
}

}  // namespace

std::optional<std::string> parameter(const Call& call, std::string_view name) {
  for (const auto& field : call.query)
    if (field.name == name) return field.value;
  return {};
}

std::vector<std::string> listed(const Call& call, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& field : call.query) {
    if (field.name != name) continue;
    std::string_view rest = field.value;
    while (!rest.empty()) {
      const auto end = std::min(rest.find(','), rest.size());
      auto value = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      while (value.starts_with(' ')) value.remove_prefix(1);
      while (value.ends_with(' ')) value.remove_suffix(1);
      if (!value.empty()) values.emplace_back(value);
    }
  }
  return values;
}

Checked<Parts> read_parts(const Call& call, std::initializer_list<std::string_view> known) {
  const auto sent = listed(call, "part");
  if (sent.empty()) return std::unexpected(missing_parameter("part"));
  for (const auto& part : sent)
    if (part != "id" && std::ranges::find(known, part) == known.end())
      return std::unexpected(unknown_part(part));
  return Parts(sent.begin(), sent.end());
}

Checked<std::string> read_filter(const Call& call, std::initializer_list<std::string_view> filters,
                                 std::string_view expected) {
  std::vector<std::string> sent;
  for (const auto name : filters)
    if (const auto value = parameter(call, name); value && *value != "false")
      sent.emplace_back(name);
  if (sent.empty()) return std::unexpected(no_filter(std::string(expected)));
  if (sent.size() == 1) return sent.front();
  std::string names;
  for (const auto& name : sent) names += (names.empty() ? "" : ", ") + name;
  return std::unexpected(two_filters(names));
}

Checked<Page> read_page(const Call& call, std::size_t usual, std::size_t least, std::size_t most) {
  Page page{.size = usual};
  if (const auto sent = parameter(call, "maxResults")) {
    const auto size = number(*sent);
    if (!size || *size < least || *size > most)
      return std::unexpected(bad_parameter(
          "maxResults", "Invalid value '" + *sent + "'. Values must be within the range: [" +
                            std::to_string(least) + ", " + std::to_string(most) + "]"));
    page.size = *size;
  }
  if (const auto token = parameter(call, "pageToken"); token && !token->empty()) {
    const auto mark = base64_decoded(*token);
    const auto offset = mark.starts_with(kPageMark)
                            ? number(std::string_view(mark).substr(kPageMark.size()))
                            : std::nullopt;
    if (!offset) return std::unexpected(bad_page_token());
    page.offset = *offset;
  }
  return page;
}

std::string page_token(std::size_t offset) {
  return base64url(std::string(kPageMark) + std::to_string(offset));
}

Checked<Done> check_common(const Call& call) {
  const auto alt = parameter(call, "alt").value_or("json");
  if (alt != "json" && alt != "media" && alt != "proto")
    return std::unexpected(
        bad_parameter("alt", "Invalid value '" + alt + "'. Allowed values: [json, media, proto]"));
  const auto pretty = parameter(call, "prettyPrint").value_or("true");
  if (pretty != "true" && pretty != "false" && pretty != "1" && pretty != "0" && !pretty.empty())
    return std::unexpected(
        bad_parameter("prettyPrint", "Invalid boolean value: '" + pretty + "'."));
  if (const auto mask = parameter(call, "fields"); mask && !mask->empty() && !field_mask(*mask))
    return std::unexpected(bad_parameter("fields", "Invalid field selection " + *mask));
  return Done{};
}

}  // namespace herald::sandbox::google

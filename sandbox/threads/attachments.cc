// The parameters that are JSON inside a value.
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <optional>

#include "sandbox/threads/draft.h"
#include "sandbox/threads/text.h"

namespace herald::sandbox::threads {

namespace json = boost::json;

namespace {

constexpr std::size_t kOptionMax = 25;
constexpr std::size_t kLongTextMax = 10'000;
constexpr std::size_t kEntitiesMax = 10;

Refused no(const Request& request) { return Refused(invalid_parameter(request.x)); }

std::optional<json::value> json_in(const std::string& text) {
  boost::system::error_code error;
  auto value = json::parse(text, error);
  if (error) return {};
  return value;
}

std::string text_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

// From 0 up; -1: no whole number.
std::int64_t count_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : -1;
}

Checked<Done> read_poll(const Request& request, Words& words) {
  const auto text = request.call.get("poll_attachment");
  if (text.empty()) return Done{};
  const auto value = json_in(text);
  if (!value || !value->is_object()) return no(request);
  const auto& poll = value->get_object();
  // The post goes out without its poll: seen with {"options":[..]}.
  const bool ignored = request.x.choice("unknown_parameters") == "ignored";
  if (ignored && poll.contains("options")) return Done{};
  static constexpr std::array kNames = {"option_a", "option_b", "option_c", "option_d"};
  for (const char* name : kNames) {
    if (!poll.contains(name)) break;
    words.poll.push_back(text_in(poll, name));
  }
  const bool good = words.poll.size() >= 2 && words.poll.size() == poll.size() &&
                    std::ranges::all_of(words.poll, [](const std::string& option) {
                      return !option.empty() && letters_in(option) <= kOptionMax;
                    });
  if (!good) return no(request);
  return Done{};
}

// Styled ranges that lie inside the text and not over each other.
bool styled_well(const json::value& list, std::size_t length) {
  static constexpr std::array kStyles = {"bold", "italic", "highlight", "underline",
                                         "strikethrough"};
  if (!list.is_array()) return false;
  std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
  for (const auto& entry : list.get_array()) {
    if (!entry.is_object()) return false;
    const auto from = count_in(entry.get_object(), "offset");
    const auto size = count_in(entry.get_object(), "length");
    const auto* styles = entry.get_object().if_contains("styling_info");
    if (from < 0 || size < 1 || styles == nullptr || !styles->is_array()) return false;
    for (const auto& style : styles->get_array())
      if (!style.is_string() || std::ranges::count(kStyles, style.get_string()) == 0) return false;
    ranges.emplace_back(from, from + size);
  }
  std::ranges::sort(ranges);
  std::int64_t end = 0;
  for (const auto& [from, until] : ranges) {
    if (from < end || until > static_cast<std::int64_t>(length)) return false;
    end = until;
  }
  return true;
}

Checked<Done> read_long_text(const Request& request, Words& words) {
  const auto text = request.call.get("text_attachment");
  if (text.empty()) return Done{};
  const auto value = json_in(text);
  if (!value || !value->is_object() || !words.poll.empty()) return no(request);
  const auto& attachment = value->get_object();
  words.long_text = text_in(attachment, "plaintext");
  const auto length = letters_in(words.long_text);
  if (length == 0 || length > kLongTextMax) return no(request);
  if (const auto link = text_in(attachment, "link_attachment_url"); !link.empty()) {
    if (!words.link.empty()) return no(request);
    words.link = link;
  }
  const auto* styles = attachment.if_contains("text_with_styling_info");
  if (styles != nullptr && !styled_well(*styles, words.long_text.size())) return no(request);
  return Done{};
}

Checked<Done> read_gif(const Request& request, Words& words) {
  const auto text = request.call.get("gif_attachment");
  if (text.empty()) return Done{};
  const auto value = json_in(text);
  if (!value || !value->is_object()) return no(request);
  words.gif = text_in(value->get_object(), "gif_id");
  if (words.gif.empty() || text_in(value->get_object(), "provider") != "GIPHY") return no(request);
  return Done{};
}

Checked<Done> check_entities(const Request& request, const Words& words) {
  const auto text = request.call.get("text_entities");
  if (text.empty()) return Done{};
  const auto value = json_in(text);
  if (!value || !value->is_array() || value->get_array().size() > kEntitiesMax) return no(request);
  for (const auto& entry : value->get_array()) {
    if (!entry.is_object()) return no(request);
    const auto& entity = entry.get_object();
    const auto from = count_in(entity, "offset");
    const auto size = count_in(entity, "length");
    // In which unit nobody says: bytes are the longest.
    const bool inside =
        from >= 0 && size >= 1 && from + size <= static_cast<std::int64_t>(words.text.size());
    if (text_in(entity, "entity_type") != "SPOILER" || !inside) return no(request);
  }
  return Done{};
}

}  // namespace

Checked<Done> read_attachments(const Request& request, Words& words) {
  HERALD_CHECK(read_poll(request, words));
  HERALD_CHECK(read_long_text(request, words));
  HERALD_CHECK(read_gif(request, words));
  return check_entities(request, words);
}

}  // namespace herald::sandbox::threads

#include "store/sqlite/json_columns.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <stdexcept>
#include <variant>

#include "store/sqlite/names.h"

namespace herald {
namespace {

namespace json = boost::json;

// A value read from text and the memory that it stands in: most columns need no more than this.
class Parsed {
 public:
  explicit Parsed(std::string_view text)
      : arena_(room_.data(), room_.size()),
        parser_(json::storage_ptr(), {}, parser_room_.data(), parser_room_.size()),
        value_(json::storage_ptr(&arena_)) {
    parser_.reset(&arena_);
    parser_.write(json::string_view(text.data(), text.size()));
    value_ = parser_.release();
  }
  Parsed(const Parsed&) = delete;
  Parsed& operator=(const Parsed&) = delete;
  const json::value& value() const { return value_; }

 private:
  std::array<unsigned char, 2048> room_;
  std::array<unsigned char, 1024> parser_room_;
  json::monotonic_resource arena_;
  json::parser parser_;
  json::value value_;
};

std::string text_of(const json::value& value) { return std::string(value.as_string()); }

const json::value& member(const json::value& value, std::string_view name) {
  return value.as_object().at(json::string_view(name.data(), name.size()));
}

template <class List, class ToJson>
std::string array_text(const List& list, ToJson to_json) {
  json::array array;
  array.reserve(list.size());
  for (const auto& item : list) array.push_back(to_json(item));
  return json::serialize(array);
}

template <class T, class FromJson>
void read_array(std::string_view text, std::vector<T>& list, FromJson from_json) {
  list.clear();
  const Parsed parsed(text);
  const json::value& array = parsed.value();
  list.reserve(array.as_array().size());
  for (const json::value& item : array.as_array()) list.push_back(from_json(item));
}

// Most lists are as to_json_text() writes them, without a character that had to be escaped: then no
// parser is needed. False: this one is not.
bool read_plain_texts(std::string_view text, std::vector<std::string>& list) {
  list.clear();
  if (!text.starts_with("[\"") || !text.ends_with("\"]") || text.contains('\\')) return false;
  text = text.substr(2, text.size() - 4);
  list.reserve(static_cast<std::size_t>(std::ranges::count(text, ',')) + 1);
  constexpr std::string_view kBetween = "\",\"";
  for (;;) {
    const auto end = std::min(text.find('"'), text.size());
    list.emplace_back(text.substr(0, end));
    if (end == text.size()) return true;
    text.remove_prefix(end);
    if (!text.starts_with(kBetween)) return false;
    text.remove_prefix(kBetween.size());
  }
}

std::int64_t signed_of(std::uint64_t size) { return static_cast<std::int64_t>(size); }
std::uint64_t size_of(const json::value& value) {
  return static_cast<std::uint64_t>(value.as_int64());
}

// As text, because the parser may round a number in its last digit.
std::string exact(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return std::string(digits.data(), end);
}

double double_of(const json::value& value) {
  const json::string& digits = value.as_string();
  double result = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), result);
  return result;
}

json::value json_of(const OptionValue& option) {
  if (const auto* flag = std::get_if<bool>(&option)) return *flag;
  if (const auto* text = std::get_if<std::string>(&option)) return json::string(*text);
  json::array list;
  for (const std::string& item : std::get<std::vector<std::string>>(option)) {
    list.push_back(json::string(item));
  }
  return list;
}

OptionValue option_of(const json::value& value) {
  if (value.is_bool()) return value.as_bool();
  if (value.is_string()) return text_of(value);
  std::vector<std::string> list;
  for (const json::value& item : value.as_array()) list.push_back(text_of(item));
  return list;
}

json::value json_of(const Target& target) {
  json::object options;
  for (const auto& [name, value] : target.options) options[name] = json_of(value);
  json::object object{{"account", target.account.value},
                      {"kind", target.kind},
                      {"key", target.key},
                      {"options", std::move(options)}};
  if (target.text) object["text"] = *target.text;
  return object;
}

Target target_of(const json::value& value) {
  Target target{.account = AccountId(text_of(member(value, "account"))),
                .kind = text_of(member(value, "kind")),
                .key = text_of(member(value, "key")),
                .text = std::nullopt,
                .options = {}};
  if (const json::value* text = value.as_object().if_contains("text")) {
    target.text = text_of(*text);
  }
  for (const auto& [name, option] : member(value, "options").as_object()) {
    target.options.emplace(std::string(name), option_of(option));
  }
  return target;
}

}  // namespace

std::string to_json_text(const std::vector<std::string>& list) {
  return array_text(list, [](const std::string& item) { return json::value(item); });
}

void from_json_text(std::string_view text, std::vector<std::string>& list) {
  if (!read_plain_texts(text, list)) read_array(text, list, text_of);
}

std::string to_json_text(const std::vector<AccountId>& list) {
  return array_text(list, [](const AccountId& id) { return json::value(id.value); });
}

void from_json_text(std::string_view text, std::vector<AccountId>& list) {
  read_array(text, list, [](const json::value& id) { return AccountId(text_of(id)); });
}

std::string to_json_text(const std::map<std::string, std::string>& map) {
  json::object object;
  for (const auto& [name, value] : map) object[name] = value;
  return json::serialize(object);
}

void from_json_text(std::string_view text, std::map<std::string, std::string>& map) {
  map.clear();
  const Parsed parsed(text);
  const json::value& object = parsed.value();
  for (const auto& [name, value] : object.as_object()) {
    map.emplace(std::string(name), text_of(value));
  }
}

std::string to_json_text(const std::map<std::string, std::int64_t>& map) {
  json::object object;
  for (const auto& [name, value] : map) object[name] = value;
  return json::serialize(object);
}

void from_json_text(std::string_view text, std::map<std::string, std::int64_t>& map) {
  map.clear();
  const json::value object = json::parse(json::string_view(text.data(), text.size()));
  for (const auto& [name, value] : object.as_object()) {
    map.emplace(std::string(name), value.to_number<std::int64_t>());
  }
}

std::string to_json_text(const std::map<std::string, std::vector<OptionChoice>>& choices) {
  json::object object;
  for (const auto& [name, list] : choices) {
    json::array array;
    for (const auto& one : list) array.push_back({{"value", one.value}, {"label", one.label}});
    object[name] = std::move(array);
  }
  return json::serialize(object);
}

void from_json_text(std::string_view text,
                    std::map<std::string, std::vector<OptionChoice>>& choices) {
  choices.clear();
  const Parsed parsed(text);
  const json::value& object = parsed.value();
  for (const auto& [name, list] : object.as_object()) {
    auto& into = choices[std::string(name)];
    for (const json::value& one : list.as_array()) {
      into.push_back({text_of(member(one, "value")), text_of(member(one, "label"))});
    }
  }
}

std::string to_json_text(const std::vector<MediaUse>& media) {
  return array_text(media, [](const MediaUse& use) {
    return json::object{{"medium", use.medium.value}, {"alt_text", use.alt_text}};
  });
}

void from_json_text(std::string_view text, std::vector<MediaUse>& media) {
  read_array(text, media, [](const json::value& use) {
    return MediaUse{MediaId(text_of(member(use, "medium"))), text_of(member(use, "alt_text"))};
  });
}

std::string to_json_text(const std::vector<Target>& targets) {
  return array_text(targets, [](const Target& target) { return json_of(target); });
}

void from_json_text(std::string_view text, std::vector<Target>& targets) {
  read_array(text, targets, target_of);
}

std::string to_json_text(const MediaFacts& facts) {
  const std::string_view type = stored_name(facts.type);
  return json::serialize(json::object{{"type", json::string_view(type.data(), type.size())},
                                      {"content_type", facts.content_type},
                                      {"size_bytes", signed_of(facts.size_bytes)},
                                      {"width", facts.width},
                                      {"height", facts.height},
                                      {"frames", facts.frames},
                                      {"duration_ms", facts.duration_ms},
                                      {"video_codec", facts.video_codec},
                                      {"audio_codec", facts.audio_codec},
                                      {"frames_per_second", exact(facts.frames_per_second)},
                                      {"has_audio", facts.has_audio},
                                      {"moov_first", facts.moov_first},
                                      {"sha256_hex", facts.sha256_hex}});
}

void from_json_text(std::string_view text, MediaFacts& facts) {
  const Parsed parsed(text);
  const json::value& value = parsed.value();
  facts.type = enum_of<MediaType>(text_of(member(value, "type")));
  facts.content_type = text_of(member(value, "content_type"));
  facts.size_bytes = size_of(member(value, "size_bytes"));
  facts.width = static_cast<int>(member(value, "width").as_int64());
  facts.height = static_cast<int>(member(value, "height").as_int64());
  // Rows from before frames were counted have none.
  const auto* frames = value.as_object().if_contains("frames");
  facts.frames = frames != nullptr ? static_cast<int>(frames->as_int64()) : 0;
  facts.duration_ms = member(value, "duration_ms").as_int64();
  facts.video_codec = text_of(member(value, "video_codec"));
  facts.audio_codec = text_of(member(value, "audio_codec"));
  facts.frames_per_second = double_of(member(value, "frames_per_second"));
  facts.has_audio = member(value, "has_audio").as_bool();
  facts.moov_first = member(value, "moov_first").as_bool();
  facts.sha256_hex = text_of(member(value, "sha256_hex"));
}

std::string to_json_text(const Meter& meter) {
  return json::serialize(json::object{{"step", meter.step},
                                      {"done_bytes", signed_of(meter.done_bytes)},
                                      {"total_bytes", signed_of(meter.total_bytes)}});
}

void from_json_text(std::string_view text, Meter& meter) {
  const Parsed parsed(text);
  const json::value& value = parsed.value();
  meter.step = text_of(member(value, "step"));
  meter.done_bytes = size_of(member(value, "done_bytes"));
  meter.total_bytes = size_of(member(value, "total_bytes"));
}

std::string to_json_text(const Fence& fence) {
  json::object object{{"call", fence.call},
                      {"attempt", fence.attempt},
                      {"begun_at", to_ms(fence.begun_at)},
                      {"send_before", to_ms(fence.send_before)},
                      {"settled_by", to_ms(fence.settled_by)}};
  if (fence.platform_time) object["platform_time"] = to_ms(*fence.platform_time);
  return json::serialize(object);
}

void from_json_text(std::string_view text, Fence& fence) {
  const Parsed parsed(text);
  const json::value& value = parsed.value();
  fence.call = static_cast<int>(member(value, "call").as_int64());
  fence.attempt = static_cast<int>(member(value, "attempt").as_int64());
  fence.begun_at = from_ms(member(value, "begun_at").as_int64());
  fence.send_before = from_ms(member(value, "send_before").as_int64());
  fence.settled_by = from_ms(member(value, "settled_by").as_int64());
  const auto& object = value.as_object();
  if (const auto* said = object.if_contains("platform_time")) {
    fence.platform_time = from_ms(said->as_int64());
  }
}

}  // namespace herald

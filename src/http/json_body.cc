#include "http/json_body.h"

#include <date/date.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <sstream>

#include "http/server/problem.h"
#include "json/strict_json.h"

namespace herald::http {

namespace json = boost::json;

namespace {

Error malformed(std::string message) {
  return {ErrorKind::invalid, std::move(message), {}, {}, "malformed_request"};
}

// Takes the text before the next ';' away, without blanks around it.
std::string_view take_part(std::string_view& text) {
  const auto end = std::min(text.find(';'), text.size());
  auto part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  while (part.starts_with(' ') || part.starts_with('\t')) part.remove_prefix(1);
  while (part.ends_with(' ') || part.ends_with('\t')) part.remove_suffix(1);
  return part;
}

// JSON in the one encoding that there is for it (RFC 8259 section 8.1).
bool is_json(std::string_view type) {
  if (!same_name(take_part(type), "application/json")) return false;
  while (!type.empty()) {
    const auto parameter = take_part(type);
    const auto equals = std::min(parameter.find('='), parameter.size());
    if (!same_name(parameter.substr(0, equals), "charset")) continue;
    const auto value = parameter.substr(std::min(equals + 1, parameter.size()));
    if (!same_name(value, "utf-8") && !same_name(value, "\"utf-8\"")) return false;
  }
  return true;
}

}  // namespace

Fields::Fields(const json::object& object, std::string path)
    : object_(object), path_(std::move(path)) {}

const json::value* Fields::take(std::string_view name) {
  taken_.emplace(name);
  const auto* value = object_.if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

void Fields::fault(std::string_view name, std::string message) {
  if (!fault_) fault_ = malformed("\"" + path_ + std::string(name) + "\" " + std::move(message));
}

void Fields::adopt(Error error) {
  if (!fault_) fault_ = std::move(error);
}

void Fields::refuse(std::string_view name, std::string message) {
  adopt({ErrorKind::invalid,
         "\"" + path_ + std::string(name) + "\": " + std::move(message),
         {},
         {},
         "not_acceptable"});
}

std::optional<std::string> Fields::optional_text(std::string_view name, std::size_t bytes_max) {
  const auto* value = take(name);
  if (value == nullptr) return std::nullopt;
  const auto* text = value->if_string();
  if (text == nullptr) {
    fault(name, "must be a text.");
  } else if (text->size() > bytes_max) {
    fault(name, "is too long: at most " + std::to_string(bytes_max) + " bytes.");
  } else if (text->find('\0') != json::string::npos) {
    fault(name, "must not hold a NUL character.");
  } else {
    return std::string(*text);
  }
  return std::nullopt;
}

std::string Fields::text(std::string_view name, std::size_t bytes_max) {
  auto found = optional_text(name, bytes_max);
  if (!found) fault(name, "is missing.");
  return found.value_or(std::string());
}

std::optional<std::int64_t> Fields::optional_integer(std::string_view name, std::int64_t min,
                                                     std::int64_t max) {
  const auto* value = take(name);
  if (value == nullptr) return std::nullopt;
  const auto* number = value->if_int64();
  if (number == nullptr || *number < min || *number > max) {
    fault(name, "must be a whole number from " + std::to_string(min) + " to " +
                    std::to_string(max) + ".");
    return std::nullopt;
  }
  return *number;
}
bool Fields::flag(std::string_view name) {
  const auto* value = take(name);
  if (value == nullptr) return false;
  if (!value->is_bool()) fault(name, "must be true or false.");
  return value->is_bool() && value->get_bool();
}

std::optional<Time> Fields::optional_time(std::string_view name) {
  const auto text = optional_text(name, 64);
  if (!text) return std::nullopt;
  const auto time = time_of(*text);
  if (!time) fault(name, "must be a time such as 2026-11-22T09:30:00Z.");
  return time;
}

const json::array* Fields::list(std::string_view name, std::size_t items_max) {
  const auto* value = take(name);
  if (value == nullptr) return nullptr;
  const auto* list = value->if_array();
  if (list == nullptr) {
    fault(name, "must be a list.");
  } else if (list->size() > items_max) {
    fault(name, "has too many entries: at most " + std::to_string(items_max) + ".");
    return nullptr;
  }
  return list;
}

const json::object* Fields::object(std::string_view name) {
  const auto* value = take(name);
  if (value == nullptr) return nullptr;
  const auto* object = value->if_object();
  if (object == nullptr) fault(name, "must be an object.");
  return object;
}

Result<Done> Fields::done() {
  for (const auto& member : object_) {
    if (!taken_.contains(member.key())) fault(member.key(), "is not a field of this request.");
  }
  if (fault_) return std::unexpected(*fault_);
  return Done{};
}

Result<Done> read_json(const Request& request, json::object& out) {
  const auto* type = request.headers.find("content-type");
  if (type == nullptr || !is_json(*type)) {
    Error error{ErrorKind::invalid,
                "The body must be JSON: Content-Type: application/json.",
                {},
                {},
                "unsupported_media_type"};
    return std::unexpected(std::move(error));
  }
  auto read = read_strict_json(request.body, out);
  if (read) return read;
  Error error = malformed("The body is not sound JSON.");
  error.detail = read.error().detail;
  error.code = "malformed_json";
  return std::unexpected(std::move(error));
}

Response json_answer(int status, const json::value& value) {
  return json_text_answer(status, json::serialize(value));
}

Response json_text_answer(int status, std::string text) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "application/json");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.body = std::move(text);
  return response;
}

Response empty_answer(int status) {
  Response response;
  response.status = status;
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Response not_ready(const std::string& request_id) {
  const Error error{ErrorKind::unavailable,
                    "Herald is not ready. Try again in a moment.",
                    {},
                    std::chrono::seconds(1),
                    "not_ready"};
  return problem(error, request_id);
}

namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

int number_of(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

// Takes ".123456" away, one to nine digits, as whole milliseconds. Nothing there is zero.
std::optional<Duration> take_fraction(std::string_view& text) {
  if (!text.starts_with('.')) return Duration{};
  text.remove_prefix(1);
  const auto size = std::min(text.find_first_not_of("0123456789"), text.size());
  if (size < 1 || size > 9) return {};
  std::string digits(text.substr(0, size));
  text.remove_prefix(size);
  digits.resize(3, '0');
  return Duration(number_of(digits));
}

// "Z", "+01:00", "+0100": how far ahead of UTC.
std::optional<std::chrono::minutes> offset_of(std::string_view text) {
  if (text == "Z" || text == "z") return std::chrono::minutes(0);
  if (text.size() < 5 || (text[0] != '+' && text[0] != '-')) return {};
  const auto hours = text.substr(1, 2);
  auto minutes = text.substr(3);
  if (minutes.starts_with(':')) minutes.remove_prefix(1);
  if (minutes.size() != 2 || !all_digits(hours) || !all_digits(minutes)) return {};
  if (number_of(hours) > 23 || number_of(minutes) > 59) return {};
  const std::chrono::minutes ahead(number_of(hours) * 60 + number_of(minutes));
  return text[0] == '-' ? -ahead : ahead;
}

}  // namespace

std::string to_text(Time time) {
  // By hand: a stream with its locale takes fifty times as long, and every answer is full of times.
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 24> text{"0000-00-00T00:00:00.000"};
  const auto put = [&](std::size_t end, auto number) {
    for (; number != 0; number /= 10) text[--end] = static_cast<char>('0' + number % 10);
  };
  put(4, std::clamp(static_cast<int>(date.year()), 0, 9999));
  put(7, static_cast<unsigned>(date.month()));
  put(10, static_cast<unsigned>(date.day()));
  put(13, clock.hours().count());
  put(16, clock.minutes().count());
  put(19, clock.seconds().count());
  put(23, clock.subseconds().count());
  const std::size_t size = clock.subseconds().count() != 0 ? 23 : 19;
  text[size] = 'Z';
  return {text.data(), size + 1};
}

std::optional<Time> time_of(std::string_view text) {
  constexpr std::size_t kWhole = std::string_view("2026-11-22T09:30:00").size();
  if (text.size() <= kWhole || (text[10] != 'T' && text[10] != 't')) return {};
  std::string whole(text.substr(0, kWhole));
  whole[10] = 'T';
  text.remove_prefix(kWhole);
  const auto fraction = take_fraction(text);
  const auto offset = offset_of(text);
  std::istringstream in(whole);
  std::chrono::sys_seconds time;
  in >> date::parse("%FT%T", time);
  const bool read = !in.fail() && in.peek() == std::istringstream::traits_type::eof();
  if (!read || !fraction || !offset) return {};
  return time + *fraction - *offset;
}

json::value or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value or_null(const std::optional<Time>& time) {
  return time ? json::value(to_text(*time)) : json::value(nullptr);
}

}  // namespace herald::http

#include "http/json_body.h"

#include <date/date.h>

#include <boost/json.hpp>
#include <sstream>

#include "json/strict_json.h"

namespace herald::http {

namespace json = boost::json;

namespace {

Error malformed(std::string message) {
  return {ErrorKind::invalid, std::move(message), {}, {}, "malformed_request"};
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
  if (type == nullptr || !(*type == "application/json" || type->starts_with("application/json;"))) {
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
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "application/json");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.body = json::serialize(value);
  return response;
}

Response empty_answer(int status) {
  Response response;
  response.status = status;
  response.headers.add("Cache-Control", "no-store");
  return response;
}

std::string to_text(Time time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const bool whole = seconds == time;
  return whole ? date::format("%FT%TZ", seconds) : date::format("%FT%TZ", time);
}

std::optional<Time> time_of(std::string_view text) {
  if (text.size() < 20 || text.size() > 40 || (text[10] != 'T' && text[10] != 't')) return {};
  std::string copy(text);
  const char* format = "%FT%T%Ez";
  if (copy.back() == 'Z' || copy.back() == 'z') {
    copy.pop_back();
    format = "%FT%T";
  }
  std::istringstream in(copy);
  Time time;
  in >> date::parse(format, time);
  if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) return {};
  return time;
}

json::value or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value or_null(const std::optional<Time>& time) {
  return time ? json::value(to_text(*time)) : json::value(nullptr);
}

}  // namespace herald::http

#include "json/strict_json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>
#include <cstdint>

namespace herald {
namespace {

namespace json = boost::json;
using json::error_code;
using json::string_view;

constexpr std::size_t kMostDepth = 16;

// Builds the value as Boost's own parser does, and counts the members that the text has. Boost
// keeps the last of two members with one name; then the value has fewer.
struct Builder {
  static constexpr std::size_t max_object_size = 1024;
  static constexpr std::size_t max_array_size = 1024;
  static constexpr std::size_t max_key_size = 1024;
  static constexpr std::size_t max_string_size = 256 * 1024;

  json::value_stack values;
  std::size_t members = 0;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return true; }
  bool on_object_end(std::size_t count, error_code&) {
    members += count;
    values.push_object(count);
    return true;
  }
  bool on_array_begin(error_code&) { return true; }
  bool on_array_end(std::size_t count, error_code&) {
    values.push_array(count);
    return true;
  }
  bool on_key_part(string_view part, std::size_t, error_code&) {
    values.push_chars(part);
    return true;
  }
  bool on_key(string_view last, std::size_t, error_code&) {
    values.push_key(last);
    return true;
  }
  bool on_string_part(string_view part, std::size_t, error_code&) {
    values.push_chars(part);
    return true;
  }
  bool on_string(string_view last, std::size_t, error_code&) {
    values.push_string(last);
    return true;
  }
  bool on_number_part(string_view, error_code&) { return true; }
  bool on_int64(std::int64_t number, string_view, error_code&) {
    values.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, string_view, error_code&) {
    values.push_uint64(number);
    return true;
  }
  bool on_double(double number, string_view, error_code&) {
    values.push_double(number);
    return true;
  }
  bool on_bool(bool truth, error_code&) {
    values.push_bool(truth);
    return true;
  }
  bool on_null(error_code&) {
    values.push_null();
    return true;
  }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }
};

std::size_t members_of(const json::value& value) {  // As deep as the parser allowed.
  std::size_t count = 0;
  if (const auto* object = value.if_object()) {
    count += object->size();
    for (const auto& member : *object) count += members_of(member.value());
  } else if (const auto* array = value.if_array()) {
    for (const auto& item : *array) count += members_of(item);
  }
  return count;
}

std::unexpected<Error> refused(std::string reason) {
  return fail(ErrorKind::invalid, "This is not the JSON that was expected.", std::move(reason));
}

}  // namespace

Result<Done> read_strict_json(std::string_view text, json::object& out) {
  json::parse_options options;
  options.max_depth = kMostDepth;
  json::basic_parser<Builder> parser(options);
  parser.handler().values.reset();
  error_code error;
  const auto used = parser.write_some(false, text.data(), text.size(), error);
  if (error) return refused("json: " + error.message());
  if (used < text.size()) return refused("json: text after the value");

  const auto value = parser.handler().values.release();
  if (!value.is_object()) return refused("json: not an object");
  if (members_of(value) != parser.handler().members) return refused("json: a name stands twice");
  out = value.get_object();
  return Done{};
}

}  // namespace herald

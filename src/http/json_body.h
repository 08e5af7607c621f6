// JSON request bodies, read strictly: every field is named by the reader, and one that nobody asked
// for is refused, as is one of the wrong type. JSON answers.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "domain/result.h"
#include "domain/time.h"
#include "http/server/message.h"

namespace herald::http {

// Reads one object. The first fault is kept; done() tells it, and every field that was not read.
// The values mean something only if done() said yes. A null counts as absent.
class Fields {
 public:
  // `object` must outlive it. `path` names the object in messages: "targets/0/".
  explicit Fields(const boost::json::object& object, std::string path = {});

  std::string text(std::string_view name, std::size_t bytes_max);  // Required.
  std::optional<std::string> optional_text(std::string_view name, std::size_t bytes_max);
  std::optional<std::int64_t> optional_integer(std::string_view name, std::int64_t min,
                                               std::int64_t max);
  bool flag(std::string_view name);                          // False when absent.
  std::optional<Time> optional_time(std::string_view name);  // RFC 3339 with any offset.
  const boost::json::array* list(std::string_view name, std::size_t items_max);
  const boost::json::object* object(std::string_view name);

  // For the reader of a nested value: what is wrong with it.
  void fault(std::string_view name, std::string message);
  void adopt(Error error);  // A nested reader's fault, as it is.
  // Well-formed, yet not acceptable (422).
  void refuse(std::string_view name, std::string message);
  Result<Done> done();

 private:
  const boost::json::value* take(std::string_view name);

  const boost::json::object& object_;
  std::string path_;
  std::set<std::string, std::less<>> taken_;
  std::optional<Error> fault_;
};

// malformed_json (400): not one strict JSON object. unsupported_media_type (415).
Result<Done> read_json(const Request& request, boost::json::object& out);

Response json_answer(int status, const boost::json::value& value);
Response json_text_answer(int status, std::string text);  // Of JSON that is written already.
Response empty_answer(int status);
// 503, Retry-After: a second.
Response not_ready(const std::string& request_id);

// RFC 3339 in UTC, with milliseconds only where there are any: "2026-11-22T09:30:00Z".
std::string to_text(Time time);
// Any offset. Nothing if it is not a real date and time.
std::optional<Time> time_of(std::string_view text);

// Null for what is empty.
boost::json::value or_null(const std::string& text);
boost::json::value or_null(const std::optional<Time>& time);

}  // namespace herald::http

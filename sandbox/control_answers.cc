#include "sandbox/control_answers.h"

#include <boost/json.hpp>
#include <charconv>

namespace herald::sandbox {

Answer done() { return {.response = json_answer(200, R"({"done":true})")}; }

Answer refused(std::string_view why) {
  return {.response =
              json_answer(400, boost::json::serialize(boost::json::object{{"error", why}}))};
}

Answer no_such_verb() { return {.response = json_answer(404, R"({"error":"no such verb"})")}; }

bool truthy(std::string_view text) { return text == "true" || text == "1" || text == "on"; }

std::int64_t number_in(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace herald::sandbox

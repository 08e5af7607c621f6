// JSON written part by part, for answers that are asked for all the time: to build values first and
// to write them out then takes four times as long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace herald {

// Whoever writes sees to it that the parts are one sound value: brackets that match, a name before
// each member of an object. Commas come by themselves. Texts are UTF-8; names are plain words.
class JsonText {
 public:
  explicit JsonText(std::size_t bytes_expected = 0) { written_.reserve(bytes_expected); }

  JsonText& open(char bracket);
  JsonText& close(char bracket);
  JsonText& name(std::string_view name);
  JsonText& text(std::string_view value);
  JsonText& text_or_null(std::string_view value);  // Null for an empty one.
  JsonText& number(std::int64_t value);

  std::string take() { return std::move(written_); }

 private:
  void separate();
  void quote(std::string_view value);

  std::string written_;
  bool follows_ = false;  // A value stands before, so that a comma comes next.
};

}  // namespace herald

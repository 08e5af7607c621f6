// An answer's JSON, read without trust: every question has an answer for what is absent or of
// another type. Fields are named by JSON pointers ("/data/0/id").
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace herald {

class JsonAnswer {
 public:
  // Bounded in depth. What is not JSON is read as null.
  explicit JsonAnswer(std::string_view body);
  ~JsonAnswer();
  JsonAnswer(const JsonAnswer&) = delete;
  JsonAnswer& operator=(const JsonAnswer&) = delete;

  bool is_object() const;
  bool is_array() const;
  // Also when a key of the outermost object stands there twice.
  bool has_doubled_keys() const { return doubled_keys_; }
  bool has(std::string_view pointer) const;
  // Strings as they are; whole numbers in decimals, so that ids stay text. Else empty.
  std::string text(std::string_view pointer) const;
  // Whole numbers, also when written as a string. Nothing for fractions and the rest.
  std::optional<std::int64_t> number(std::string_view pointer) const;
  // As above, but only when it is a JSON number.
  std::optional<std::int64_t> strict_number(std::string_view pointer) const;
  // Any JSON number, fractions too: for times and waits.
  std::optional<double> decimal(std::string_view pointer) const;
  std::optional<bool> flag(std::string_view pointer) const;
  // Items of an array; 0 when it is none.
  std::size_t size(std::string_view pointer) const;
  // The strings of an array.
  std::vector<std::string> texts(std::string_view pointer) const;
  // The members of an object as text() reads them, with their names, in the order they stand there:
  // for what is only handed on.
  std::vector<std::pair<std::string, std::string>> members(std::string_view pointer) const;

 private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
  bool doubled_keys_ = false;
};

// "/data/3" + "/id".
std::string at(std::string_view array, std::size_t index, std::string_view rest = {});

// A JSON array of strings.
std::string json_list(const std::vector<std::string>& items);

}  // namespace herald

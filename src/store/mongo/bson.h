// Documents as the database keeps them: built field by field, read without a copy.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct _bson_t;

namespace herald::mongo {

// One field's value; text, bytes and documents are borrowed.
struct Value {
  enum class Type { null, boolean, integer, number, date, text, binary, document, array, other };

  Type type = Type::null;
  std::int64_t integer = 0;  // Of a boolean 0 or 1, of a date its milliseconds since 1970.
  double number = 0;
  std::string_view bytes;  // Text, binary, or the document itself.
};

struct Field {
  std::string_view name;
  Value value;
};
// The fields in their order; they live as long as `document`, the bytes of a document or array.
std::vector<Field> fields_of(std::string_view document);

// Owns a document.
class Bson {
 public:
  Bson();
  explicit Bson(std::string_view bytes);  // A copy. Empty, where they are no document.
  explicit Bson(_bson_t* taken) : document_(taken) {}

  // MongoDB's extended JSON, of a file that is part of the program. nullopt: it is none.
  static std::optional<Bson> from_json(std::string_view text);
  std::string to_json() const;  // The same, canonical: no type is lost.

  Bson clone() const { return Bson(bytes()); }
  bool empty() const;
  std::string_view bytes() const;  // Until the next change.
  std::vector<Field> fields() const { return fields_of(bytes()); }
  // Null where there is none.
  Value at(std::string_view name) const;
  // Any field of this name, or of a part of it ("name.part"), at any depth.
  bool mentions(std::string_view name) const;
  _bson_t* get() const { return document_.get(); }

  void add_null(std::string_view name);
  void add_bool(std::string_view name, bool value);
  void add_integer(std::string_view name, std::int64_t value);
  void add_number(std::string_view name, double value);
  void add_date(std::string_view name, std::int64_t ms);
  void add_text(std::string_view name, std::string_view value);
  void add_binary(std::string_view name, std::string_view value);
  void add_document(std::string_view name, const Bson& value);
  // `items` has the fields "0", "1", ...
  void add_array(std::string_view name, const Bson& items);
  void add_all(const Bson& other);
  // A field of another document, whatever its type.
  void add_copy(std::string_view name, const Bson& other, std::string_view field);

 private:
  struct Free {
    void operator()(_bson_t* document) const;
  };
  std::unique_ptr<_bson_t, Free> document_;
};

}  // namespace herald::mongo

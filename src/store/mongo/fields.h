// One description of each collection (which field holds which member) serves reading and writing.
//
//   template <> struct Fields<Thing> {
//     static constexpr const char* kCollection = "things";
//     static void key(auto& row, auto&& field);     // What names it within its customer.
//     static void fixed(auto& row, auto&& field);   // Written once.
//     static void moving(auto& row, auto&& field);
//   };
//
// The customer's field is not in it: Rows writes and reads it. A field that a document lacks leaves
// its member as it is by default; one that no member knows is ignored.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "domain/user.h"
#include "store/mongo/values.h"

namespace herald::mongo {

inline constexpr std::string_view kCustomerField = "customer_id";

template <class T>
struct Fields;

auto& customer_of(auto& row) { return row.customer; }
inline const CustomerId& customer_of(const Customer& row) { return row.id; }
inline CustomerId& customer_of(Customer& row) { return row.id; }

// {the key's fields}
template <class T>
Bson key_of(const T& row) {
  Bson made;
  Fields<T>::key(row, [&](std::string_view name, const auto& member) { put(made, name, member); });
  return made;
}
template <class T>
Bson moving_of(const T& row) {
  Bson made;
  Fields<T>::moving(row,
                    [&](std::string_view name, const auto& member) { put(made, name, member); });
  return made;
}
template <class T>
Bson all_of(const T& row) {
  Bson made;
  const auto add = [&](std::string_view name, const auto& member) { put(made, name, member); };
  Fields<T>::key(row, add);
  Fields<T>::fixed(row, add);
  Fields<T>::moving(row, add);
  return made;
}

// A document's fields, looked up in about the order in which they were written.
class FieldReader {
 public:
  explicit FieldReader(const Bson& document) : fields_(document.fields()) {}

  template <class Member>
  void read(std::string_view name, Member&& member) {
    const Value* value = find(name);
    if (value == nullptr || (value->type == Value::Type::null && !has_null<Member>)) return;
    if (!take(*value, member) && fault_.empty()) fault_ = name;
  }
  // The first field that has another type than it should; empty: none has.
  const std::string& fault() const { return fault_; }

 private:
  template <class Member>
  static constexpr bool has_null = requires(Member member) { member.reset(); };

  const Value* find(std::string_view name);

  std::vector<Field> fields_;
  std::size_t next_ = 0;
  std::string fault_;
};

std::unexpected<Error> field_fault(std::string_view collection, const std::string& field);

template <class T>
Result<T> row_of(const Bson& document) {
  T row{};
  FieldReader reader(document);
  const auto read = [&](std::string_view name, auto&& member) { reader.read(name, member); };
  reader.read(kCustomerField, customer_of(row));
  Fields<T>::key(row, read);
  Fields<T>::fixed(row, read);
  Fields<T>::moving(row, read);
  if (!reader.fault().empty()) return field_fault(Fields<T>::kCollection, reader.fault());
  return row;
}

}  // namespace herald::mongo

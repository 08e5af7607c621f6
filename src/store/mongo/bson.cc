#include "store/mongo/bson.h"

#include <bson/bson.h>

#include <algorithm>

namespace herald::mongo {
namespace {

int length(std::string_view text) { return static_cast<int>(text.size()); }
std::uint32_t size32(std::string_view bytes) { return static_cast<std::uint32_t>(bytes.size()); }
const std::uint8_t* data_of(std::string_view bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}
std::string_view view_of(const std::uint8_t* data, std::uint32_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

Value value_of(const bson_iter_t& at) {
  Value value;
  std::uint32_t size = 0;
  const std::uint8_t* data = nullptr;
  switch (bson_iter_type(&at)) {
    case BSON_TYPE_NULL:
    case BSON_TYPE_UNDEFINED:
      break;
    case BSON_TYPE_BOOL:
      value = {Value::Type::boolean, bson_iter_bool(&at) ? 1 : 0, 0, {}};
      break;
    case BSON_TYPE_INT32:
    case BSON_TYPE_INT64:
      value = {Value::Type::integer, bson_iter_as_int64(&at), 0, {}};
      break;
    case BSON_TYPE_DOUBLE:
      value = {Value::Type::number, 0, bson_iter_double(&at), {}};
      break;
    case BSON_TYPE_DATE_TIME:
      value = {Value::Type::date, bson_iter_date_time(&at), 0, {}};
      break;
    case BSON_TYPE_UTF8: {
      const char* text = bson_iter_utf8(&at, &size);
      value = {Value::Type::text, 0, 0, {text, size}};
      break;
    }
    case BSON_TYPE_BINARY:
      bson_iter_binary(&at, nullptr, &size, &data);
      value = {Value::Type::binary, 0, 0, view_of(data, size)};
      break;
    case BSON_TYPE_DOCUMENT:
      bson_iter_document(&at, &size, &data);
      value = {Value::Type::document, 0, 0, view_of(data, size)};
      break;
    case BSON_TYPE_ARRAY:
      bson_iter_array(&at, &size, &data);
      value = {Value::Type::array, 0, 0, view_of(data, size)};
      break;
    default:
      value.type = Value::Type::other;
  }
  return value;
}

}  // namespace

std::vector<Field> fields_of(std::string_view document) {
  std::vector<Field> fields;
  bson_t view;
  bson_iter_t at;
  if (document.empty()) return fields;
  if (!bson_init_static(&view, data_of(document), document.size())) return fields;
  if (!bson_iter_init(&at, &view)) return fields;
  while (bson_iter_next(&at)) {
    fields.push_back({{bson_iter_key(&at), bson_iter_key_len(&at)}, value_of(at)});
  }
  return fields;
}

void Bson::Free::operator()(_bson_t* document) const { bson_destroy(document); }

Bson::Bson() : document_(bson_new()) {}
Bson::Bson(std::string_view bytes) {
  if (!bytes.empty()) document_.reset(bson_new_from_data(data_of(bytes), bytes.size()));
  if (!document_) document_.reset(bson_new());
}

std::optional<Bson> Bson::from_json(std::string_view text) {
  bson_error_t ignored;
  bson_t* read = bson_new_from_json(data_of(text), static_cast<ssize_t>(text.size()), &ignored);
  if (read == nullptr) return std::nullopt;
  return Bson(read);
}

std::string Bson::to_json() const {
  std::size_t size = 0;
  const std::unique_ptr<char, decltype(&bson_free)> text(
      bson_as_canonical_extended_json(get(), &size), bson_free);
  return text ? std::string(text.get(), size) : std::string();
}

bool Bson::empty() const { return bson_empty(document_.get()); }
std::string_view Bson::bytes() const {
  return view_of(bson_get_data(document_.get()), document_->len);
}

Value Bson::at(std::string_view name) const {
  bson_iter_t at;
  if (bson_iter_init_find_w_len(&at, document_.get(), name.data(), length(name))) {
    return value_of(at);
  }
  return {};
}

namespace {

bool mentioned(std::string_view document, std::string_view name) {
  for (const Field& field : fields_of(document)) {
    // "name.part" names a part of it.
    const std::string_view rest = field.name.substr(std::min(name.size(), field.name.size()));
    const bool is_it = field.name.starts_with(name) && (rest.empty() || rest.front() == '.');
    if (is_it) return true;
    const auto type = field.value.type;
    const bool has_fields = type == Value::Type::document || type == Value::Type::array;
    if (has_fields && mentioned(field.value.bytes, name)) return true;
  }
  return false;
}

}  // namespace

bool Bson::mentions(std::string_view name) const { return mentioned(bytes(), name); }

void Bson::add_null(std::string_view name) { bson_append_null(get(), name.data(), length(name)); }
void Bson::add_bool(std::string_view name, bool value) {
  bson_append_bool(get(), name.data(), length(name), value);
}
void Bson::add_integer(std::string_view name, std::int64_t value) {
  bson_append_int64(get(), name.data(), length(name), value);
}
void Bson::add_number(std::string_view name, double value) {
  bson_append_double(get(), name.data(), length(name), value);
}
void Bson::add_date(std::string_view name, std::int64_t ms) {
  bson_append_date_time(get(), name.data(), length(name), ms);
}
void Bson::add_text(std::string_view name, std::string_view value) {
  const char* text = value.data() != nullptr ? value.data() : "";
  bson_append_utf8(get(), name.data(), length(name), text, length(value));
}
void Bson::add_binary(std::string_view name, std::string_view value) {
  bson_append_binary(get(), name.data(), length(name), BSON_SUBTYPE_BINARY, data_of(value),
                     size32(value));
}
void Bson::add_document(std::string_view name, const Bson& value) {
  bson_append_document(get(), name.data(), length(name), value.get());
}
void Bson::add_array(std::string_view name, const Bson& items) {
  bson_append_array(get(), name.data(), length(name), items.get());
}
void Bson::add_all(const Bson& other) { bson_concat(get(), other.get()); }
void Bson::add_copy(std::string_view name, const Bson& other, std::string_view field) {
  bson_iter_t at;
  if (bson_iter_init_find_w_len(&at, other.get(), field.data(), length(field))) {
    bson_append_iter(get(), name.data(), length(name), &at);
  }
}

}  // namespace herald::mongo

// herald-promises OPENAPI_YAML HEADER: writes what docs/openapi.yaml promises as C++, with a
// static_assert for every operation, and for every name in it that may carry an id, that the table
// in rows.h knows it. So a route without a row does not build.
#include <yaml-cpp/yaml.h>

#include <boost/json.hpp>
#include <cctype>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace herald::isolation {
namespace {

namespace json = boost::json;

const json::value kNothing;

// As JSON, every scalar as text.
json::value read(const YAML::Node& node) {
  if (node.IsScalar()) return json::value(node.Scalar());
  if (node.IsSequence()) {
    json::array made;
    for (const auto& one : node) made.push_back(read(one));
    return made;
  }
  json::object made;
  for (const auto& one : node) made[one.first.Scalar()] = read(one.second);
  return made;
}

// A field of an object; null where there is none.
const json::value& in(const json::value& value, std::string_view name) {
  const auto* object = value.if_object();
  const auto* found = object == nullptr ? nullptr : object->if_contains(name);
  return found == nullptr ? kNothing : *found;
}

std::string text(const json::value& value) {
  return value.is_string() ? json::value_to<std::string>(value) : std::string();
}

struct Field {
  std::string place;  // "path", "query", "header" or "body".
  std::string name;   // In a body with the names it stands under: "targets/account_id".
  auto operator<=>(const Field&) const = default;
};

class Contract {
 public:
  explicit Contract(json::value all) : all_(std::move(all)) {}

  void write(std::ostream& promises, std::ostream& rules) {
    for (const auto& path : in(all_, "paths").as_object()) {
      for (const auto& method : path.value().as_object()) {
        if (method.key() == "parameters") continue;
        const auto fields = fields_of(in(path.value(), "parameters"), method.value());
        write_one(promises, rules, std::string(path.key()), upper(method.key()), method.value(),
                  fields);
      }
    }
  }

 private:
  static std::string upper(std::string_view word) {
    std::string made;
    for (const char c : word) made += static_cast<char>(std::toupper(c));
    return made;
  }

  const json::value& resolved(const json::value& value) const {
    const auto target = text(in(value, "$ref"));
    if (target.empty()) return value;
    const json::value* at = &all_;
    std::istringstream parts(target.substr(2));
    for (std::string part; std::getline(parts, part, '/');) at = &in(*at, part);
    if (at->is_null()) throw std::runtime_error(target + " leads nowhere");
    return resolved(*at);
  }

  std::set<Field> fields_of(const json::value& shared, const json::value& operation) const {
    std::set<Field> fields;
    for (const auto* list : {&shared, &in(operation, "parameters")}) {
      if (!list->is_array()) continue;
      for (const auto& one : list->as_array()) {
        const auto& parameter = resolved(one);
        add(fields, text(in(parameter, "in")), text(in(parameter, "name")),
            in(parameter, "schema"));
      }
    }
    const auto& content = in(resolved(in(operation, "requestBody")), "content");
    if (!content.is_object()) return fields;
    for (const auto& type : content.as_object())
      add(fields, "body", "", in(type.value(), "schema"));
    return fields;
  }

  // What of a value could be an id: neither a choice of words, a date, nor yes or no.
  void add(std::set<Field>& fields, const std::string& place, const std::string& name,
           const json::value& given) const {
    const auto& schema = resolved(given);
    for (const char* several : {"allOf", "oneOf", "anyOf"}) {
      if (!in(schema, several).is_array()) continue;
      for (const auto& one : in(schema, several).as_array()) add(fields, place, name, one);
      return;
    }
    if (in(schema, "items").is_object()) return add(fields, place, name, in(schema, "items"));
    if (in(schema, "properties").is_object()) {
      for (const auto& one : in(schema, "properties").as_object()) {
        const std::string inner = (name.empty() ? "" : name + "/") + std::string(one.key());
        add(fields, place, inner, one.value());
      }
      return;
    }
    const auto format = text(in(schema, "format"));
    const bool date = format.starts_with("date") || format == "binary";
    const bool chosen = !in(schema, "enum").is_null() || !in(schema, "const").is_null();
    if (date || chosen || text(in(schema, "type")) == "boolean") return;
    fields.insert({place, name});
  }

  static void write_one(std::ostream& promises, std::ostream& rules, const std::string& path,
                        const std::string& method, const json::value& operation,
                        const std::set<Field>& fields) {
    const auto id = text(in(operation, "operationId"));
    promises << "    {\"" << method << "\", \"" << path << "\", \"" << id << "\", {";
    for (const auto& [place, name] : fields) {
      promises << "{\"" << place << "\", \"" << name << "\"}, ";
      rules << "static_assert(is_known(\"" << id << "\", \"" << name << "\"), \"" << method << " "
            << path << " (" << id << ") takes '" << name
            << "': if it can name something of a customer's, give it a row in "
               "tests/isolation/rows.h, else a line in kNoIds there\");\n";
    }
    promises << "}},\n";
    rules << "static_assert(has_row(\"" << id << "\"), \"" << method << " " << path << " (" << id
          << ") has no row: add one to tests/isolation/rows.h\");\n";
  }

  const json::value all_;
};

int run(const std::string& from, const std::string& to) {
  std::ostringstream promises, rules;
  Contract(read(YAML::LoadFile(from))).write(promises, rules);
  std::ofstream header(to);
  header
      << "// Written from docs/openapi.yaml by tests/isolation/promises_main.cc.\n#pragma once\n\n"
         "#include <array>\n\n#include \"tests/isolation/rows.h\"\n\n"
         "namespace herald::isolation {\n\n"
         "inline const auto kPromises = std::to_array<Promise>({\n"
      << promises.str() << "});\n\n"
      << rules.str() << "\n}  // namespace herald::isolation\n";
  return header.flush() ? 0 : 1;
}

}  // namespace
}  // namespace herald::isolation

int main(int argc, char** argv) {
  try {
    if (argc == 3) return herald::isolation::run(argv[1], argv[2]);
    std::cerr << "herald-promises OPENAPI_YAML HEADER\n";
  } catch (const std::exception& error) {
    std::cerr << argv[1] << ": " << error.what() << "\n";
  }
  return 1;
}

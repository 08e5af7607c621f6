#include "sandbox/meta/fields.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

constexpr std::size_t kLimitMax = 100;
constexpr int kDepthMax = 6;

class FieldParser {
 public:
  explicit FieldParser(std::string_view text) : left_(text) {}

  bool list(std::vector<FieldRequest>& out, int depth) {
    if (depth > kDepthMax) return false;
    do {
      FieldRequest field;
      if (!one(field, depth)) return false;
      out.push_back(std::move(field));
    } while (take(','));
    return true;
  }
  bool done() const { return left_.empty(); }

 private:
  bool take(char c) {
    while (left_.starts_with(' ')) left_.remove_prefix(1);
    if (!left_.starts_with(c)) return false;
    left_.remove_prefix(1);
    return true;
  }

  std::string word(std::string_view stops) {
    while (left_.starts_with(' ')) left_.remove_prefix(1);
    const auto end = std::min(left_.find_first_of(stops), left_.size());
    std::string out(left_.substr(0, end));
    left_.remove_prefix(end);
    while (out.ends_with(' ')) out.pop_back();
    return out;
  }

  bool one(FieldRequest& field, int depth) {
    field.name = word(",.{}()");
    if (field.name.empty()) return false;
    while (take('.')) {
      const auto name = word(",.{}()");
      if (name.empty() || !take('(')) return false;
      field.args[name] = word(")");
      if (!take(')')) return false;
    }
    return !take('{') || (list(field.inner, depth + 1) && take('}'));
  }

  std::string_view left_;
};

std::string cursor_of(const std::string& id) { return "QVFI" + id; }

std::string next_link(const GraphCall& graph, const std::string& after) {
  std::string query;
  for (const auto& field : graph.call.query)
    if (field.name != "after" && field.name != "before")
      query += percent_encoded(field.name) + "=" + percent_encoded(field.value) + "&";
  return graph.call.link(graph.call.host, graph.call.path + "?" + query + "after=" + after);
}

}  // namespace

Graph<std::vector<FieldRequest>> parse_fields(std::string_view text) {
  std::vector<FieldRequest> fields;
  if (text.empty()) return fields;
  FieldParser parser(text);
  if (parser.list(fields, 0) && parser.done()) return fields;
  return std::unexpected(refuse(
      Refusal{"", 400, "Syntax error \"Expected end of string instead of ...\" in fields", 2500}));
}

Graph<json::object> project(const std::vector<FieldRequest>& asked, std::string_view defaults,
                            const ShowField& show) {
  std::vector<FieldRequest> fields = asked;
  if (fields.empty())
    for (auto& name : split(defaults, ",")) fields.push_back({.name = std::move(name)});
  if (std::ranges::none_of(fields, [](const auto& field) { return field.name == "id"; }))
    fields.push_back({.name = "id"});
  json::object node;
  for (const auto& field : fields) {
    HERALD_TRY(auto value, show(field));
    if (!value.is_null()) node[field.name] = std::move(value);
  }
  return node;
}

Graph<json::object> project_call(const GraphCall& graph, std::string_view defaults,
                                 const ShowField& show) {
  HERALD_TRY(const auto fields, parse_fields(graph.get("fields")));
  return project(fields, defaults, show);
}

std::unexpected<GraphError> unknown_field(const FieldRequest& field, std::string_view node_type) {
  return std::unexpected(refuse_parameter("Tried accessing nonexisting field (" + field.name +
                                          ") on node type (" + std::string(node_type) + ")"));
}

Graph<json::object> list_page(const GraphCall& graph, const std::vector<std::string>& ids,
                              std::size_t limit_default, const ShowNode& show) {
  std::size_t limit = limit_default;
  if (const auto text = graph.get("limit"); !text.empty()) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || limit > kLimitMax)
      return std::unexpected(refuse_parameter("Param limit must be a number of at most 100"));
  }
  auto from = ids.begin();
  if (const auto after = graph.get("after"); !after.empty()) {
    from = std::ranges::find_if(ids, [&](const auto& id) { return cursor_of(id) == after; });
    if (from == ids.end()) return std::unexpected(refuse_parameter("Invalid cursor"));
    ++from;
  }
  const auto to =
      from + std::min<std::ptrdiff_t>(ids.end() - from, static_cast<std::ptrdiff_t>(limit));
  json::array data;
  for (auto it = from; it != to; ++it) {
    HERALD_TRY(auto node, show(*it));
    data.push_back(std::move(node));
  }
  json::object page{{"data", std::move(data)}};
  if (from == to) return page;
  json::object paging{{"cursors", {{"before", cursor_of(*from)}, {"after", cursor_of(*(to - 1))}}}};
  if (to != ids.end()) paging["next"] = next_link(graph, cursor_of(*(to - 1)));
  page["paging"] = std::move(paging);
  return page;
}

Answer json_result(const json::object& object) {
  return {.response = json_answer(200, json::serialize(object))};
}

}  // namespace herald::sandbox::meta

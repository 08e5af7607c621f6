#include "sandbox/threads/fields.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <boost/json.hpp>
#include <map>

#include "sandbox/threads/posts.h"

namespace herald::sandbox::threads {

namespace json = boost::json;

namespace {

using Show = json::value (*)(const Request&, const Post&);

json::value id_alone(const std::string& id) {
  if (id.empty()) return {};
  return json::object{{"id", id}};
}

json::value text_or_none(std::string_view text) {
  return text.empty() ? json::value() : json::value(text);
}

json::value children(const Request&, const Post& post) {
  if (post.children.empty()) return {};
  json::array ids;
  for (const auto& id : post.children) ids.push_back(id_alone(id));
  return json::object{{"data", std::move(ids)}};
}

json::value timestamp(const Request&, const Post& post) {
  return json::string(fmt::format("{:%Y-%m-%dT%H:%M:%S}+0000",
                                  fmt::gmtime(static_cast<std::time_t>(post.at_ms / 1000))));
}

json::value permalink(const Request& request, const Post& post) {
  return json::string(
      request.call.link(request.x.choice("permalink_host"), post_path(request.state(), post)));
}

// Null: a post has no such field.
Show find_field(std::string_view name) {
  static const std::map<std::string_view, Show> all = {
      {"id", [](const Request&, const Post& p) { return json::value(p.id); }},
      {"permalink", permalink},
      {"text", [](const Request&, const Post& p) { return text_or_none(p.words.text); }},
      {"timestamp", timestamp},
      {"media_type", [](const Request&, const Post& p) { return json::value(media_type_of(p)); }},
      {"shortcode", [](const Request&, const Post& p) { return json::value(p.shortcode); }},
      {"children", children},
      {"is_reply", [](const Request&, const Post& p) { return json::value(!p.root.empty()); }},
      {"replied_to", [](const Request&, const Post& p) { return id_alone(p.words.reply_to); }},
      {"root_post", [](const Request&, const Post& p) { return id_alone(p.root); }},
      {"is_quote_post",
       [](const Request&, const Post& p) { return json::value(!p.words.quote.empty()); }},
      {"quoted_post", [](const Request&, const Post& p) { return id_alone(p.words.quote); }},
      {"topic_tag", [](const Request&, const Post& p) { return text_or_none(p.words.topic_tag); }},
      {"owner", [](const Request&, const Post& p) { return id_alone(p.profile); }}};
  const auto found = all.find(name);
  return found == all.end() ? nullptr : found->second;
}

}  // namespace

std::vector<std::string> asked_fields(const Request& request) {
  std::vector<std::string> names(1);
  int depth = 0;
  for (const char c : request.call.get("fields", "id")) {
    if (c == '}') --depth;
    if (depth == 0 && c == ',') names.emplace_back();
    if (depth == 0 && c != ',' && c != '{' && c != '}' && c != ' ') names.back() += c;
    if (c == '{') ++depth;
  }
  std::erase(names, "");
  return names;
}

Checked<Done> only_known_fields(const Request& request) {
  for (const auto& name : asked_fields(request))
    if (find_field(name) == nullptr)
      return Refused(
          invalid_parameter(request.x, "Tried accessing nonexisting field (" + name + ")"));
  return Done{};
}

json::object show_post(const Request& request, const Post& post) {
  json::object shown{{"id", post.id}};
  for (const auto& name : asked_fields(request))
    if (auto value = find_field(name)(request, post); !value.is_null())
      shown[name] = std::move(value);
  return shown;
}

}  // namespace herald::sandbox::threads

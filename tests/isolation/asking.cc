#include "tests/isolation/asking.h"

#include <optional>

namespace herald::isolation {
namespace {

using http::HttpHeaders;

// A body that is in order, of the asker's own things. A route that takes one has a line here.
std::optional<json::value> body_of(std::string_view operation, const Belongings& own) {
  if (operation == "login") {
    return json::value{{"email", own.ids.at(Kind::email)}, {"password", "wrong"}};
  }
  if (operation == "finish") return json::value{{"flow_id", own.ids.at(Kind::flow)}};
  if (operation == "resolve_delivery") return json::value{{"outcome", "published"}};
  if (operation == "create_post" || operation == "check_post" || operation == "plan_post") {
    return own.draft;
  }
  if (operation == "edit_post") {
    json::object edit = own.draft;
    edit["revision"] = 1;
    return edit;
  }
  if (operation == "upload") {
    json::object upload = own.draft.at("targets").at(0).as_object();
    for (const char* name : {"text", "media", "allow_repeat"}) upload[name] = own.draft.at(name);
    return upload;
  }
  return std::nullopt;
}

// "targets/account_id": of the first target. Among options it is what they call a thumbnail.
void put(json::value& body, std::string_view field, const std::string& value) {
  const auto slash = field.find('/');
  if (slash != field.npos) {
    return put(body.at(field.substr(0, slash)).at(0), field.substr(slash + 1), value);
  }
  json::value& place = body.as_object()[field];
  if (field == "options") {
    place.as_object()["thumbnail"] = value;
  } else if (field == "choices") {
    place = json::array{json::value(value)};
  } else {
    place = value;
  }
}

// What a path must say and nobody has asked about.
std::string own_part(const Promise& promise, std::string_view name, const Belongings& own) {
  if (name == "platform") return "youtube";
  if (name == "registration") return "main";
  if (name == "name") return own.link_name;
  for (const Row& row : kRows) {
    if (row.operation == promise.operation && row.field == name) return own.ids.at(row.kind);
  }
  return "none";
}

HttpHeaders headers_of(const Promise& promise, const Belongings& own) {
  HttpHeaders headers{{"Cookie", own.cookie}, {"Tus-Resumable", "1.0.0"}};
  if (promise.operation == "create_upload") {
    headers.insert(headers.end(),
                   {{"Upload-Length", "4"}, {"Upload-Metadata", "filename YS5qcGc="}});
  }
  if (promise.operation == "append_upload") {
    headers.insert(headers.end(),
                   {{"Upload-Offset", "0"}, {"Content-Type", "application/offset+octet-stream"}});
  }
  return headers;
}

}  // namespace

http::HttpAnswer ask(const http::DoorRig& rig, const http::Person& person, const Belongings& own,
                     const Promise& promise, const Values& values) {
  std::string path(promise.path), query;
  HttpHeaders headers = headers_of(promise, own);
  auto body = body_of(promise.operation, own);
  for (const auto& [place, name] : promise.fields) {
    const auto given = values.find(name);
    if (place == "path") {
      const std::string hole = "{" + std::string(name) + "}";
      const auto part = given == values.end() ? own_part(promise, name, own) : given->second;
      path.replace(path.find(hole), hole.size(), part);
    } else if (given == values.end()) {
      continue;
    } else if (place == "query") {
      query += (query.empty() ? "?" : "&") + std::string(name) + "=" + given->second;
    } else if (place == "header") {
      headers.emplace_back(name, given->second);
    } else {
      put(*body, name, given->second);
    }
  }
  if (promise.operation.starts_with("oauth_callback"))
    query += (query.empty() ? "?" : "&") + std::string("code=c0de");
  if (body) headers.emplace_back("Content-Type", "application/json");
  const std::string upload = promise.operation == "append_upload" ? "JPEG" : "";
  return rig.as(person).send(promise.method, path + query, body ? json::serialize(*body) : upload,
                             headers);
}

}  // namespace herald::isolation

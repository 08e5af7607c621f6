// Calls and outcomes as JSON, to be compared with what was recorded.
#include <boost/json.hpp>
#include <stdexcept>

#include "testing/recorded_exchange.h"

namespace herald {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr const char* kFound[] = {"live", "accepted", "absent", "cannot_tell"};

std::string shown(const Reference& reference) {
  static constexpr const char* kNames[] = {"user_token", "account_token", "refresh_token",
                                           "app_token",  "app_secret",    "proof",
                                           "media_link", "named"};
  const std::string name = kNames[static_cast<std::size_t>(reference.kind)];
  return "{" + name + (reference.name.empty() ? "" : " " + reference.name) + "}";
}

std::string shown(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? *text : shown(std::get<Reference>(value));
}

json::object shown(const std::vector<Field>& fields) {
  json::object object;
  for (const auto& [name, value] : fields) {
    if (object.contains(name)) throw std::runtime_error("field " + name + " stands there twice");
    object[name] = shown(value);
  }
  return object;
}

std::string shown(const MediaBytes& bytes) {
  return bytes.medium.value + (bytes.rendition.empty() ? "" : "/" + bytes.rendition) + " " +
         std::to_string(bytes.offset) + "+" + std::to_string(bytes.length) + " " +
         bytes.content_type;
}

json::object shown(const Published& published) {
  return {{"remote_id", published.remote_id}, {"url", published.url}, {"note", published.note}};
}

json::object shown(const Granted& granted, Time now) {
  const auto days_left = [&](const std::optional<Time>& at) {
    return at ? json::value((*at - now) / 1s) : json::value(nullptr);
  };
  json::object tokens;
  for (const auto& token : granted.tokens) {
    tokens[token.kind] = {{"handle", token.handle}, {"seconds", days_left(token.expires_at)}};
  }
  json::object object{{"tokens", tokens},
                      {"subject", granted.subject},
                      {"refresh_in", days_left(granted.refresh_due_at)}};
  if (granted.scopes)
    object["scopes"] = json::array(granted.scopes->begin(), granted.scopes->end());
  return object;
}

json::array shown(const Discovered& discovered) {
  json::array accounts;
  for (const auto& account : discovered.accounts) {
    json::object facts;
    for (const auto& [name, value] : account.facts) facts[name] = value;
    accounts.push_back(json::object{{"remote_id", account.remote_id},
                                    {"name", account.name},
                                    {"username", account.username},
                                    {"kind", account.kind},
                                    {"product", account.product},
                                    {"facts", facts},
                                    {"token", account.token_handle},
                                    {"usable", account.usable}});
  }
  return accounts;
}

json::object shown(const Outcome& outcome, Time now) {
  if (const auto* published = std::get_if<Published>(&outcome)) {
    return {{"published", shown(*published)}};
  }
  if (const auto* granted = std::get_if<Granted>(&outcome))
    return {{"granted", shown(*granted, now)}};
  if (const auto* found = std::get_if<Discovered>(&outcome)) return {{"discovered", shown(*found)}};
  if (const auto* facts = std::get_if<LookedUp>(&outcome)) {
    json::object object;
    for (const auto& [name, value] : facts->facts) object[name] = value;
    for (const auto& [name, choices] : facts->choices) {
      json::array list;
      for (const auto& one : choices) list.push_back({{"value", one.value}, {"label", one.label}});
      object[name] = std::move(list);
    }
    return {{"looked_up", object}};
  }
  if (const auto* found = std::get_if<Found>(&outcome)) {
    json::object object = shown(found->published);
    object["what"] = kFound[static_cast<std::size_t>(found->what)];
    object["once_only"] = found->once_only;
    return {{"found", object}};
  }
  return {{"done", true}};
}

}  // namespace

std::string shown_call(const Call& call) {
  json::object object{{"step", call.step},
                      {"effect", call.effect == Effect::publish ? "publish" : "prepare"},
                      {"method", call.method},
                      {"url", call.url},
                      {"query", shown(call.query)},
                      {"headers", shown(call.headers)},
                      {"patience", call.patience == Patience::upload ? "upload" : "brief"}};
  static constexpr const char* kCarriers[] = {"none", "Bearer ", "OAuth ", "Basic {client}"};
  std::string authorization = kCarriers[static_cast<std::size_t>(call.carrier)];
  if (authorization.ends_with(' ')) authorization += shown(call.token);
  object["authorization"] = authorization;
  if (const auto* form = std::get_if<FormBody>(&call.body)) object["form"] = shown(form->fields);
  if (const auto* body = std::get_if<JsonBody>(&call.body))
    object["json"] = json::parse(body->text);
  if (const auto* bytes = std::get_if<MediaBytes>(&call.body)) object["media"] = shown(*bytes);
  if (const auto* body = std::get_if<MultipartBody>(&call.body)) {
    json::object fields = shown(body->fields);
    if (!body->file_field.empty()) fields[body->file_field] = shown(body->file);
    object["multipart"] = std::move(fields);
  }
  if (std::holds_alternative<EmptyBody>(call.body)) object["empty"] = true;
  return json::serialize(object);
}

std::string shown_outcome(const Outcome& outcome, Time now) {
  return json::serialize(shown(outcome, now));
}

std::string shown_error(const Error& error) {
  json::object object{
      {"kind", name_of(error.kind)}, {"code", error.code}, {"message", error.message}};
  object["retry_after"] = error.retry_after ? json::value(error.retry_after->count()) : nullptr;
  return json::serialize(json::object{{"error", object}});
}

}  // namespace herald

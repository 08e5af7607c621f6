#include <boost/json.hpp>

#include "testing/recorded_exchange.h"

namespace herald {
namespace {

namespace json = boost::json;

std::string text_in(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t number_in(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? 0 : value->to_number<std::int64_t>();
}

std::vector<std::string> texts_in(const json::object& object, const char* name) {
  std::vector<std::string> texts;
  const auto* value = object.if_contains(name);
  if (value == nullptr) return texts;
  for (const auto& item : value->as_array()) texts.emplace_back(item.as_string());
  return texts;
}

std::map<std::string, std::string> pairs_in(const json::object& object, const char* name) {
  std::map<std::string, std::string> pairs;
  const auto* value = object.if_contains(name);
  if (value == nullptr) return pairs;
  for (const auto& member : value->as_object()) {
    pairs.emplace(member.key(), std::string(member.value().as_string()));
  }
  return pairs;
}

MediaType type_of(std::string_view content_type) {
  if (content_type.starts_with("video/")) return MediaType::video;
  if (content_type == "text/vtt" || content_type == "application/x-subrip") {
    return MediaType::captions;
  }
  return content_type.starts_with("application/") ? MediaType::document : MediaType::image;
}

MediaFacts facts_from(const json::object& object) {
  MediaFacts facts;
  facts.content_type = text_in(object, "content_type");
  facts.type = type_of(facts.content_type);
  facts.size_bytes = static_cast<std::uint64_t>(number_in(object, "size_bytes"));
  facts.width = static_cast<int>(number_in(object, "width"));
  facts.height = static_cast<int>(number_in(object, "height"));
  facts.frames = static_cast<int>(number_in(object, "frames"));
  facts.duration_ms = number_in(object, "duration_ms");
  return facts;
}

MediumInput medium_from(const json::object& object) {
  MediumInput medium;
  medium.id = MediaId(text_in(object, "id"));
  medium.filename = text_in(object, "filename");
  medium.original = facts_from(object);
  if (const auto* jpeg = object.if_contains("jpeg")) medium.jpeg = facts_from(jpeg->as_object());
  medium.alt_text = text_in(object, "alt_text");
  return medium;
}

OptionValue option_from(const json::value& value) {
  if (const auto* flag = value.if_bool()) return *flag;
  if (const auto* text = value.if_string()) return std::string(*text);
  std::vector<std::string> tags;
  for (const auto& tag : value.as_array()) tags.emplace_back(tag.as_string());
  return tags;
}

}  // namespace

Input input_from(const std::string& json_text) {
  const json::object object = json::parse(json_text).as_object();
  Input input;
  const auto& app = object.at("app").as_object();
  input.app = {
      text_in(app, "client_id"), text_in(app, "api_version"), {}, text_in(app, "instance")};
  const auto& account = object.at("account").as_object();
  input.account = {text_in(account, "remote_id"), text_in(account, "name"),
                   text_in(account, "username"),  text_in(account, "kind"),
                   text_in(account, "product"),   texts_in(account, "scopes"),
                   pairs_in(account, "facts")};
  input.kind = text_in(object, "kind");
  input.text = text_in(object, "text");
  input.target_key = text_in(object, "target_key");
  if (const auto* media = object.if_contains("media")) {
    for (const auto& medium : media->as_array()) {
      input.media.push_back(medium_from(medium.as_object()));
    }
  }
  if (const auto* options = object.if_contains("options")) {
    for (const auto& option : options->as_object()) {
      input.options.emplace(option.key(), option_from(option.value()));
    }
  }
  if (const auto* media = object.if_contains("option_media")) {
    for (const auto& medium : media->as_object()) {
      input.option_media.emplace(medium.key(), medium_from(medium.value().as_object()));
    }
  }
  input.looked_up.facts = pairs_in(object, "looked_up");
  if (const auto* progress = object.if_contains("publish_progress")) {
    input.publish_progress = json::serialize(*progress);
  }
  input.follow_up = text_in(object, "follow_up");
  input.remote_id = text_in(object, "remote_id");
  input.publish_key = text_in(object, "publish_key");
  input.parameters = pairs_in(object, "parameters");
  input.scopes_asked = texts_in(object, "scopes_asked");
  input.now = from_ms(number_in(object, "now"));
  if (object.contains("begun_at")) input.begun_at = from_ms(number_in(object, "begun_at"));
  input.platform_time = input.begun_at;  // The clocks agree.
  return input;
}

}  // namespace herald

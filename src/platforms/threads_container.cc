// What a container is made of, kind by kind.
#include <boost/json.hpp>

#include "domain/check.h"
#include "platforms/threads.h"

namespace herald::threads_flows {
namespace {

namespace json = boost::json;

bool is_video(const MediumInput& medium) { return medium.original.type == MediaType::video; }

void add_medium(const MediumInput& medium, std::vector<Field>& fields) {
  const bool video = is_video(medium);
  const bool rendition = !video && medium.jpeg.has_value();
  fields.push_back({"media_type", video ? "VIDEO" : "IMAGE"});
  fields.push_back(
      {video ? "video_url" : "image_url",
       Reference{Reference::Kind::media_link, medium.id.value + (rendition ? "/jpeg" : "")}});
  if (!medium.alt_text.empty()) fields.push_back({"alt_text", medium.alt_text});
}

// Other shapes were ignored in silence: the post went out without its poll.
std::string poll_of(const Input& input) {
  constexpr const char* kNames[] = {"option_a", "option_b", "option_c", "option_d"};
  json::object poll;
  std::size_t index = 0;
  for (const auto& answer : tags_of(input.options, "poll_answers")) {
    if (index < std::size(kNames)) poll[kNames[index++]] = answer;
  }
  return json::serialize(poll);
}

// What stands on the post itself and never on a carousel's children.
void add_post(const Input& input, std::vector<Field>& fields) {
  if (!input.text.empty()) fields.push_back({"text", input.text});
  if (const auto topic = text_of(input.options, "topic_tag"); !topic.empty()) {
    fields.push_back({"topic_tag", topic});
  }
  const auto control = text_of(input.options, "reply_control");
  if (!control.empty() && control != "everyone") fields.push_back({"reply_control", control});
  if (input.kind == "text") {
    if (const auto link = text_of(input.options, "link_attachment"); !link.empty()) {
      fields.push_back({"link_attachment", link});
    }
  }
  if (input.kind == "poll") fields.push_back({"poll_attachment", poll_of(input)});
  if (flag_of(input.options, "is_spoiler_media")) fields.push_back({"is_spoiler_media", "true"});
}

}  // namespace

std::size_t containers_needed(const Input& input) {
  return input.kind == "carousel" ? input.media.size() + 1 : 1;
}

std::vector<Field> container_fields(const Input& input, const Notes& notes, std::size_t index) {
  std::vector<Field> fields;
  if (input.kind == "carousel" && index < input.media.size()) {
    fields.push_back({"is_carousel_item", "true"});
    add_medium(input.media[index], fields);
    return fields;
  }
  if (input.kind == "carousel") {
    std::string children;
    for (const auto& id : notes.list(kItems)) children += (children.empty() ? "" : ",") + id;
    fields = {{"media_type", "CAROUSEL"}, {"children", children}};
  } else if (input.media.empty()) {
    fields = {{"media_type", "TEXT"}};
  } else {
    add_medium(input.media.front(), fields);
  }
  add_post(input, fields);
  return fields;
}

}  // namespace herald::threads_flows

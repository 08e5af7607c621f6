// What a container is made of, kind by kind.
#include "platforms/instagram.h"
#include "platforms/json_answer.h"
#include "platforms/steps.h"

#include "domain/check.h"

namespace herald::instagram_flows {
namespace {

bool is_video(const MediumInput& medium) { return medium.original.type == MediaType::video; }

Value link(const MediumInput& medium) {
  const bool rendition = !is_video(medium) && medium.jpeg.has_value();
  return Reference{Reference::Kind::media_link, medium.id.value + (rendition ? "/jpeg" : "")};
}

void add_medium(const MediumInput& medium, std::vector<Field>& fields) {
  fields.push_back({is_video(medium) ? "video_url" : "image_url", link(medium)});
}

// What stands on the post itself and never on a carousel's children.
void add_post(const Input& input, std::vector<Field>& fields) {
  if (input.kind != "story") {
    if (!input.text.empty()) fields.push_back({"caption", input.text});
    if (const auto names = tags_of(input.options, "collaborators"); !names.empty()) {
      fields.push_back({"collaborators", json_list(names)});
    }
    if (const auto place = text_of(input.options, "location_id"); !place.empty()) {
      fields.push_back({"location_id", place});
    }
  }
  // Older versions of the API do not know it: sent only when asked for.
  if (flag_of(input.options, "is_ai_generated")) fields.push_back({"is_ai_generated", "true"});
}

void add_reel(const Input& input, std::vector<Field>& fields) {
  fields.push_back(
      {"share_to_feed", flag_of(input.options, "share_to_feed", true) ? "true" : "false"});
  if (const auto cover = input.option_media.find("cover"); cover != input.option_media.end()) {
    fields.push_back({"cover_url", link(cover->second)});
  }
  if (const auto offset = text_of(input.options, "thumb_offset"); !offset.empty()) {
    fields.push_back({"thumb_offset", offset});
  }
}

std::vector<Field> child_fields(const MediumInput& medium) {
  std::vector<Field> fields{{"is_carousel_item", "true"}};
  if (is_video(medium)) fields.push_back({"media_type", "VIDEO"});
  add_medium(medium, fields);
  if (!is_video(medium) && !medium.alt_text.empty())
    fields.push_back({"alt_text", medium.alt_text});
  return fields;
}

std::vector<Field> carousel_fields(const Input& input, const Notes& notes) {
  std::string children;
  for (const auto& id : notes.list(kItems)) children += (children.empty() ? "" : ",") + id;
  std::vector<Field> fields{{"media_type", "CAROUSEL"}, {"children", children}};
  add_post(input, fields);
  return fields;
}

}  // namespace

std::size_t containers_needed(const Input& input) {
  return input.kind == "carousel" ? input.media.size() + 1 : 1;
}

std::vector<Field> container_fields(const Input& input, const Notes& notes, std::size_t index) {
  if (input.kind == "carousel") {
    return index < input.media.size() ? child_fields(input.media[index])
                                      : carousel_fields(input, notes);
  }
  const MediumInput& medium = input.media.front();
  std::vector<Field> fields;
  if (input.kind == "reel") fields.push_back({"media_type", "REELS"});
  if (input.kind == "story") fields.push_back({"media_type", "STORIES"});
  add_medium(medium, fields);
  if (input.kind == "reel") add_reel(input, fields);
  if (input.kind == "image" && !medium.alt_text.empty()) {
    fields.push_back({"alt_text", medium.alt_text});
  }
  add_post(input, fields);
  return fields;
}

}  // namespace herald::instagram_flows

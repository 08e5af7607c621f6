// The chunked upload: initialize, append, finalize, STATUS.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <optional>

#include "sandbox/encoding.h"
#include "sandbox/twitter/endpoint.h"
#include "sandbox/twitter/media.h"
#include "sandbox/twitter/members.h"

namespace herald::sandbox::twitter {

namespace json = boost::json;

namespace {

constexpr std::int64_t kTotalMax = 17'179'869'184;
constexpr std::int64_t kSessionS = 1'295'999;
constexpr std::size_t kSegmentBytesMax = 5 * 1024 * 1024;
constexpr std::int64_t kSegmentMax = 999;

// An upload of this person that is not over. Null: there is none.
Medium* open_upload(Request& request) {
  const auto found = request.state().media.find(request.id);
  if (found == request.state().media.end()) return nullptr;
  auto& medium = found->second;
  const bool over = request.x.now_ms() >= medium.expires_ms;
  return over || medium.owner != request.user->id ? nullptr : &medium;
}

struct Segment {
  std::int64_t index = 0;
  std::string decoded;     // Of a JSON body; else empty.
  std::string_view bytes;  // In it, or in the call's body.
};

Checked<Done> read_json_segment(const Call& call, Segment& segment) {
  HERALD_TRY(const auto body, read_body(call));
  std::optional<http::Response> fault;
  Members members(body, "$", fault);
  members.only({"media", "segment_index"});
  members.require({"media", "segment_index"});
  segment.index = members.number("segment_index", 0, kSegmentMax).value_or(0);
  auto decoded = from_base64(members.text_or("media"));
  if (!decoded) members.refuse("$.media: is no base64");
  if (fault) return Refused(*std::move(fault));
  segment.decoded = std::move(*decoded);
  segment.bytes = segment.decoded;
  return Done{};
}

Checked<Done> read_multipart_segment(const Call& call, Segment& segment) {
  const Field* media = nullptr;
  const Field* index = nullptr;
  for (const auto& field : call.fields) {
    if (field.name != "media" && field.name != "segment_index")
      return Refused(invalid("$." + field.name +
                             ": is not defined in the schema and the schema does not allow "
                             "additional properties"));
    (field.name == "media" ? media : index) = &field;
  }
  if (media == nullptr) return Refused(invalid("$.media: is missing but it is required"));
  if (index == nullptr) return Refused(invalid("$.segment_index: is missing but it is required"));
  const auto text = call.part(*index);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), segment.index);
  if (error != std::errc() || end != text.data() + text.size() || segment.index < 0 ||
      segment.index > kSegmentMax)
    return Refused(
        invalid("$.segment_index: must have a value between 0 and 999", "segment_index", text));
  segment.bytes = call.part(*media);
  return Done{};
}

std::string index_text(std::int64_t index) { return fmt::format("{:03}", index); }

}  // namespace

Checked<Answer> initialize_upload(Request& request) {
  HERALD_TRY(const auto body, read_body(request.call));
  std::optional<http::Response> fault;
  Members members(body, "$", fault);
  members.only({"media_type", "total_bytes", "media_category", "shared", "additional_owners"});
  Medium medium{.owner = request.user->id};
  medium.type = members.word(
      "media_type", {"video/mp4", "video/webm", "video/mp2t", "video/quicktime", "text/srt",
                     "text/vtt", "image/jpeg", "image/gif", "image/bmp", "image/png", "image/webp",
                     "image/pjpeg", "image/tiff", "model/gltf-binary"});
  medium.total = members.number("total_bytes", 0, kTotalMax).value_or(0);
  medium.category =
      members.word("media_category", {"tweet_image", "tweet_gif", "tweet_video", "amplify_video",
                                      "dm_image", "dm_gif", "dm_video", "subtitles"});
  members.flag("shared");
  medium.other_owners = members.ids("additional_owners", 0, 100);
  const std::string usual(usual_category(medium.type));
  if (medium.category.empty()) medium.category = usual;
  if (medium.category.empty()) members.refuse("$.media_type: is not known");
  const auto kind = [](std::string_view name) { return name.substr(name.find('_') + 1); };
  const bool still = medium.category.ends_with("image") && usual == "tweet_gif";
  if (!usual.empty() && kind(usual) != kind(medium.category) && !still)
    members.refuse("$.media_category: does not fit the media_type");
  if (fault) return Refused(*std::move(fault));
  HERALD_CHECK(check_size(medium.category, medium.total, request.user->premium()));
  medium.id = request.state().next_id(request.x.now_ms());
  medium.expires_ms = request.x.now_ms() + kSessionS * 1000;
  const json::object data{
      {"id", medium.id}, {"media_key", media_key(medium)}, {"expires_after_secs", kSessionS}};
  request.state().media[medium.id] = std::move(medium);
  return answer_with(json::serialize(json::object{{"data", data}}));
}

Checked<Answer> append_upload(Request& request) {
  auto* medium = open_upload(request);
  if (medium == nullptr || medium->finalized) return Refused(unknown_upload());
  Segment segment;
  const bool parts = request.call.content_type == "multipart/form-data";
  HERALD_CHECK(parts ? read_multipart_segment(request.call, segment)
                     : read_json_segment(request.call, segment));
  if (segment.bytes.empty() || segment.bytes.size() > kSegmentBytesMax)
    return Refused(invalid("$.media: a segment has 1 to 5242880 bytes"));
  const auto index = index_text(segment.index);
  if (request.x.choice("segment_order") == "strict" && !medium->segments.contains(index) &&
      segment.index != static_cast<std::int64_t>(medium->segments.size()))
    return Refused(invalid("Segments must be sent in order.", "segment_index", index));
  if (!request.x.segments.keep(medium->id, index, segment.bytes))
    return Refused(problem(503, "Service Unavailable", "Service Unavailable"));
  medium->segments[index] = static_cast<std::int64_t>(segment.bytes.size());
  if (request.x.choice("append_answer") == "204") return Answer{.response = {.status = 204}};
  return answer_with(
      json::serialize(json::object{{"data", {{"expires_at", medium->expires_ms / 1000}}}}));
}

Checked<Answer> finalize_upload(Request& request) {
  auto* medium = open_upload(request);
  if (medium == nullptr) return Refused(unknown_upload());
  if (medium->finalized) return answer_with(media_status(request.x, *medium));
  std::vector<std::string> indices;
  std::int64_t sum = 0;
  for (const auto& [index, bytes] : medium->segments) {
    indices.push_back(index);
    sum += bytes;
  }
  const bool gapless = !indices.empty() &&
                       indices.back() == index_text(static_cast<std::int64_t>(indices.size()) - 1);
  if (!gapless || (medium->total != 0 && sum != medium->total))
    return Refused(invalid("Segments do not add up to provided total file size."));
  const auto whole = request.x.segments.joined(medium->id, indices);
  if (whole == nullptr) return Refused(problem(503, "Service Unavailable", "Service Unavailable"));
  HERALD_CHECK(check_size(medium->category, sum, request.user->premium()));
  HERALD_CHECK(take_file(request.x, *medium, whole->view()));
  request.x.segments.drop(medium->id);
  medium->segments.clear();
  return answer_with(media_status(request.x, *medium));
}

Checked<Answer> upload_status(Request& request) {
  for (const auto& field : request.call.query) {
    if (field.name == "command" && field.value != "STATUS")
      return Refused(invalid(
          "The `command` query parameter value [" + field.value + "] is not one of [STATUS]",
          "command", field.value));
    if (field.name == "media_id") request.id = field.value;
  }
  if (!is_id(request.id))
    return Refused(invalid("The `media_id` query parameter value [" + request.id + "] is not valid",
                           "media_id", request.id));
  const auto* medium = open_upload(request);
  if (medium == nullptr || !medium->finalized) return Refused(unknown_upload());
  return answer_with(media_status(request.x, *medium));
}

}  // namespace herald::sandbox::twitter

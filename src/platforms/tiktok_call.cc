// The calls of the Content Posting API and what goes in them.
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "domain/check.h"
#include "domain/full_hd.h"
#include "platforms/steps.h"
#include "platforms/tiktok.h"

namespace herald::tiktok_flows {
namespace {

namespace json = boost::json;

constexpr const char* kApi = "https://open.tiktokapis.com/v2/";

// The platform's MB may be decimal or binary: these keep both readings of "5 to 64 MB".
constexpr std::uint64_t kChunkMin = 10'000'000;
constexpr std::uint64_t kChunkMax = 64'000'000;
constexpr std::uint64_t kChunkGrain = 1'000'000;
constexpr std::uint64_t kChunksWanted = 16;  // Enough for a progress bar that moves.

bool disabled(const Input& input, const char* what) {
  const std::string option = std::string("allow_") + what;
  return input.looked_up.facts.contains("off." + option) || !flag_of(input.options, option);
}

std::int64_t number_of(const Input& input, const char* option, std::int64_t otherwise) {
  const std::string text = text_of(input.options, option);
  std::int64_t number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

json::object shared_info(const Input& input) {
  return {{"privacy_level", text_of(input.options, "privacy")},
          {"disable_comment", disabled(input, "comment")},
          {"brand_content_toggle", flag_of(input.options, "branded_content")},
          {"brand_organic_toggle", flag_of(input.options, "your_brand")}};
}

json::object video_info(const Input& input) {
  json::object info = shared_info(input);
  if (!input.text.empty()) info["title"] = input.text;
  info["disable_duet"] = disabled(input, "duet");
  info["disable_stitch"] = disabled(input, "stitch");
  info["is_aigc"] = flag_of(input.options, "ai_generated");
  if (!text_of(input.options, "cover_moment").empty()) {
    info["video_cover_timestamp_ms"] = number_of(input, "cover_moment", 0);
  }
  return info;
}

json::object photo_info(const Input& input) {
  json::object info = is_draft(input) ? json::object() : shared_info(input);
  const std::string title = text_of(input.options, "title");
  if (!title.empty()) info["title"] = title;
  if (!input.text.empty()) info["description"] = input.text;
  if (!is_draft(input)) info["auto_add_music"] = flag_of(input.options, "auto_add_music");
  return info;
}

// A link stands in the body by this name until the transport makes it.
std::string link_name(std::size_t index) { return "{link " + std::to_string(index) + "}"; }

// TikTok takes no photo that is larger than 1080p; Herald has each of them smaller as well.
std::string rendition_of(const MediumInput& medium) {
  if (!medium.jpeg) return "";
  return fits_full_hd(*medium.jpeg) ? "/jpeg" : "/preview";
}

std::map<std::string, Reference> links_to(const Input& input) {
  std::map<std::string, Reference> links;
  for (std::size_t i = 0; i < input.media.size(); ++i) {
    const MediumInput& medium = input.media[i];
    links[link_name(i)] = {Reference::Kind::media_link, medium.id.value + rendition_of(medium)};
  }
  return links;
}

json::object source_of(const Input& input) {
  if (is_photo(input)) {
    json::array images;
    for (std::size_t i = 0; i < input.media.size(); ++i) images.emplace_back(link_name(i));
    return {{"source", "PULL_FROM_URL"},
            {"photo_cover_index", number_of(input, "cover_photo", 1) - 1},
            {"photo_images", std::move(images)}};
  }
  if (pulls(input)) return {{"source", "PULL_FROM_URL"}, {"video_url", link_name(0)}};
  const Chunks chunks = chunks_of(input);
  return {{"source", "FILE_UPLOAD"},
          {"video_size", chunks.total},
          {"chunk_size", chunks.size},
          {"total_chunk_count", chunks.count}};
}

}  // namespace

bool is_draft(const Input& input) { return input.kind.ends_with("_draft"); }
bool is_photo(const Input& input) { return input.kind.starts_with("photo"); }
bool pulls(const Input& input) {
  return is_photo(input) || text_of(input.options, "transfer") == "pull";
}

bool has_scope(const Input& input, std::string_view scope) {
  const auto& granted = input.account.scopes;
  return granted.empty() || std::ranges::find(granted, scope) != granted.end();
}

Call get(std::string step, std::string_view path, std::vector<Field> query) {
  Call call;
  call.step = std::move(step);
  call.url = kApi + std::string(path);
  call.query = std::move(query);
  call.carrier = TokenCarrier::bearer;
  call.token = {Reference::Kind::user_token, ""};
  return call;
}

Call post(std::string step, std::string_view path, std::string json) {
  Call call = get(std::move(step), path, {});
  call.method = "POST";
  call.body = JsonBody{std::move(json), {}};
  return call;
}

Call creator_info() {
  return post("read what the account allows", "post/publish/creator_info/query/", "{}");
}

Call status_of(const std::string& publish_id) {
  return post("read how far it is", "post/publish/status/fetch/",
              json::serialize(json::object{{"publish_id", publish_id}}));
}

Call init(const Input& input) {
  const char* path = is_photo(input)   ? "post/publish/content/init/"
                     : is_draft(input) ? "post/publish/inbox/video/init/"
                                       : "post/publish/video/init/";
  json::object body{{"source_info", source_of(input)}};
  if (is_photo(input)) {
    body["media_type"] = "PHOTO";
    body["post_mode"] = is_draft(input) ? "MEDIA_UPLOAD" : "DIRECT_POST";
    body["post_info"] = photo_info(input);
  } else if (!is_draft(input)) {
    body["post_info"] = video_info(input);
  }
  Call call = post(pulls(input) ? "publish" : "start upload", path, json::serialize(body));
  if (pulls(input)) {
    std::get<JsonBody>(call.body).references = links_to(input);
    call.effect = Effect::publish;
  }
  return call;
}

Chunks chunks_of(std::uint64_t total) {
  const std::uint64_t wanted = total / kChunksWanted / kChunkGrain * kChunkGrain;
  const std::uint64_t size = std::clamp(wanted, kChunkMin, kChunkMax);
  // A single chunk has the size of the file.
  if (total < 2 * size) return {total, total, 1};
  return {total, size, total / size};
}

Chunks chunks_of(const Input& input) {
  return chunks_of(input.media.empty() ? 0 : input.media.front().original.size_bytes);
}

std::optional<std::uint64_t> stored_by(const std::string* content_range, const Chunks& chunks) {
  constexpr std::string_view kPrefix = "bytes 0-";
  if (content_range == nullptr || !content_range->starts_with(kPrefix)) return std::nullopt;
  const char* end = content_range->data() + content_range->size();
  std::uint64_t number = 0;
  const auto [stopped, error] =
      std::from_chars(content_range->data() + kPrefix.size(), end, number);
  if (error != std::errc() || stopped == end || *stopped != '/') return std::nullopt;
  if (number + 1 >= chunks.total) return chunks.total;
  return (number + 1) % chunks.size == 0 ? number + 1 : number;
}

std::string link_of(const Input& input, const std::string& post_id) {
  const auto fact = input.looked_up.facts.find("username");
  const std::string& name =
      fact == input.looked_up.facts.end() ? input.account.username : fact->second;
  if (name.empty() || post_id.empty()) return {};
  return "https://www.tiktok.com/@" + segment(name) + (is_photo(input) ? "/photo/" : "/video/") +
         segment(post_id);
}

}  // namespace herald::tiktok_flows

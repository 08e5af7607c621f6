#include "sandbox/mastodon/files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sandbox/gif.h"
#include "sandbox/image_facts.h"
#include "sandbox/video_facts.h"

namespace herald::sandbox::mastodon {

namespace {

struct Facts {
  Medium medium;
  double frames_per_second = 0;
};

struct Magic {
  std::string_view bytes;
  std::size_t at;
  std::string_view mime;
};

constexpr std::array kMagics = {
    Magic{"ftypheic", 4, "image/heic"}, Magic{"ftypheix", 4, "image/heic"},
    Magic{"ftypmif1", 4, "image/heif"}, Magic{"ftypavif", 4, "image/avif"},
    Magic{"ftypM4A ", 4, "audio/mp4"},  Magic{"\x1A\x45\xDF\xA3", 0, "video/webm"},
    Magic{"OggS", 0, "audio/ogg"},      Magic{"ID3", 0, "audio/mpeg"},
    Magic{"\xFF\xFB", 0, "audio/mpeg"}, Magic{"WAVE", 8, "audio/wav"},
    Magic{"fLaC", 0, "audio/flac"},
};

Facts image_of(const ImageFacts& facts, std::string_view bytes) {
  const auto format = facts.format == "mpo" ? std::string("jpeg") : facts.format;
  Facts out{.medium = {.mime = "image/" + format,
                       .type = "image",
                       .width = facts.width,
                       .height = facts.height}};
  if (format != "gif") return out;
  if (const auto gif = gif_facts(bytes)) {
    out.medium.width = gif->width;
    out.medium.height = gif->height;
    if (gif->frames > 1) out.medium.type = "gifv";
  }
  return out;
}

Facts video_of(const VideoFacts& facts, std::string_view bytes) {
  const bool apple = bytes.substr(4, 8) == "ftypqt  ";
  return {.medium = {.mime = apple ? "video/quicktime" : "video/mp4",
                     .type = "video",
                     .width = facts.width,
                     .height = facts.height,
                     .duration_ms = facts.duration_ms},
          .frames_per_second = facts.frames_per_second};
}

// Without a MIME type: nothing that is known.
Facts facts_of(std::string_view bytes) {
  if (const auto facts = image_facts(bytes)) return image_of(*facts, bytes);
  for (const auto& magic : kMagics)
    if (bytes.size() > magic.at && bytes.substr(magic.at).starts_with(magic.bytes))
      return {.medium = {.mime = std::string(magic.mime),
                         .type = std::string(magic.mime.substr(0, magic.mime.find('/')))}};
  if (const auto facts = video_facts(bytes)) return video_of(*facts, bytes);
  return {};
}

std::string_view canonical(std::string_view mime) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kAliases = {
      {{"image/jpg", "image/jpeg"},
       {"audio/mp3", "audio/mpeg"},
       {"audio/x-wav", "audio/wav"},
       {"audio/wave", "audio/wav"},
       {"audio/vnd.wave", "audio/wav"},
       {"audio/x-flac", "audio/flac"},
       {"audio/x-m4a", "audio/mp4"}}};
  for (const auto& [alias, name] : kAliases)
    if (alias == mime) return name;
  return mime;
}

Checked<Done> check_size(const Words& words, const Medium& medium, std::size_t size) {
  const auto most = medium.type == "image" || medium.type == "gifv" ? kImageMost : kVideoMost;
  if (static_cast<std::int64_t>(size) <= most) return Done{};
  return Refused(words.invalid(
      fmt::format("File file size must be less than {0} MB, File must be less than {0} MB",
                  most / kMiB),
      fmt::format("Le fichier doit faire moins de {} Mo", most / kMiB)));
}

Checked<Done> check_shape(const Words& words, const Facts& facts) {
  const auto& medium = facts.medium;
  const auto no = [&](std::string_view what) {
    return Refused(words.error(
        422, fmt::format("{}x{} {} are not supported", medium.width, medium.height, what)));
  };
  const auto pixels = medium.width * medium.height;
  if (medium.mime == "image/gif") {
    if (pixels > kGifPixels) return no("GIF files");
  } else if (medium.type == "image") {
    if (pixels > kImagePixels) return no("images");
  } else if (medium.mime == "video/mp4" || medium.mime == "video/quicktime") {
    if (pixels <= 0) return Refused(words.error(422, "Video files must have a video stream"));
    if (pixels > kVideoPixels) return no("videos");
    if (facts.frames_per_second > static_cast<double>(kFramesASecond))
      return Refused(words.error(
          422, fmt::format("{:.0f}fps videos are not supported", facts.frames_per_second)));
  }
  return Done{};
}

}  // namespace

Checked<Medium> examined(const Context& x, const Words& words, std::string_view bytes,
                         std::string_view mime) {
  auto facts = facts_of(bytes);
  const auto types = supported_types(x);
  const bool same = facts.medium.mime == canonical(mime);
  if (!same || std::ranges::count(types, facts.medium.mime) == 0)
    return Refused(words.wrong_content());
  HERALD_CHECK(check_size(words, facts.medium, bytes.size()));
  HERALD_CHECK(check_shape(words, facts));
  return std::move(facts.medium);
}

std::vector<std::string> supported_types(const Context& x) {
  std::vector<std::string> types = {"image/jpeg", "image/png",  "image/gif",       "image/webp",
                                    "video/webm", "video/mp4",  "video/quicktime", "audio/ogg",
                                    "audio/wav",  "audio/mpeg", "audio/flac",      "audio/mp4"};
  if (release_of(x).heic) types.insert(types.end(), {"image/heic", "image/heif", "image/avif"});
  return types;
}

}  // namespace herald::sandbox::mastodon

#include "media/probe/session.h"

#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <string>

#include "media/byte_source.h"
#include "media/probe/confine.h"
#include "media/probe/frame.h"
#include "media/probe/image.h"
#include "media/probe/video.h"
#include "media/probe_answer.h"

namespace herald::media {
namespace {

constexpr int kWrongWords = 64;  // sysexits.h
constexpr int kBroken = 70;

bool read_number(std::string_view text, auto& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

Container container_of(std::string_view content_type) {
  const bool iso = content_type == "video/mp4" || content_type == "video/quicktime";
  return iso ? Container::iso : Container::matroska;
}

Result<std::string> facts_of(std::string_view content_type) {
  if (content_type.starts_with("image/")) {
    HERALD_TRY(const auto facts, probe_image(STDIN_FILENO));
    return write_facts(facts);
  }
  FileBytes file(STDIN_FILENO);
  HERALD_TRY(const auto facts, probe_video(file, container_of(content_type)));
  return write_facts(facts);
}

Result<std::string> jpeg_of(std::string_view content_type, const JpegLimits& limits) {
  if (content_type.starts_with("image/")) {
    HERALD_TRY(const auto rendition, render_jpeg(STDIN_FILENO, limits));
    return write_rendition(rendition);
  }
  FileBytes file(STDIN_FILENO);
  HERALD_TRY(const auto rendition, render_frame(file, container_of(content_type), limits));
  return write_rendition(rendition);
}

bool say(std::string_view answer) {
  while (!answer.empty()) {
    const auto count = ::write(STDOUT_FILENO, answer.data(), answer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    answer.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

int run_probe(std::span<const std::string_view> words) {
  const bool facts = words.size() == 2 && words[0] == "facts";
  JpegLimits limits;
  const bool jpeg = words.size() == 4 && words[0] == "jpeg" &&
                    read_number(words[2], limits.max_bytes) &&
                    read_number(words[3], limits.max_width) && limits.max_width > 0;
  if (!facts && !jpeg) {
    std::fputs("herald-probe looks into one file for herald; it is not started by hand.\n", stderr);
    return kWrongWords;
  }
  if (auto started = start_images(); !started) return kBroken;
  const auto bounds = facts ? Bounds{} : Bounds{.cpu_seconds = 20, .wall_seconds = 50};
  if (auto confined = confine(bounds); !confined) return kBroken;
  const auto answer = facts ? facts_of(words[1]) : jpeg_of(words[1], limits);
  if (!answer && answer.error().kind != ErrorKind::invalid) return kBroken;
  return say(answer ? *answer : write_refusal(answer.error())) ? 0 : kBroken;
}

}  // namespace herald::media

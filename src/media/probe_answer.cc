#include "media/probe_answer.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>

namespace herald::media {
namespace {

constexpr std::string_view kFacts = "facts\n";
constexpr std::string_view kRefused = "refused\n";
constexpr std::size_t kLineBytesMax = 400;

using Fields = std::map<std::string_view, std::string_view>;

std::string one_line(std::string_view text) {
  std::string line(text.substr(0, kLineBytesMax));
  std::ranges::replace_if(line, [](char c) { return c >= 0 && c < ' '; }, ' ');
  return line;
}

std::unexpected<Error> garbled(const char* detail) {
  return fail(ErrorKind::internal, "The file could not be looked at. Try again.", detail);
}

template <class Number>
bool read(const Fields& fields, std::string_view name, Number least, Number most, Number& into) {
  const auto found = fields.find(name);
  if (found == fields.end()) return false;
  const char* end = found->second.data() + found->second.size();
  const auto [stop, error] = std::from_chars(found->second.data(), end, into);
  return error == std::errc{} && stop == end && into >= least && into <= most;
}

bool read_codec(const Fields& fields, std::string_view name, std::string& into) {
  const auto found = fields.find(name);
  if (found == fields.end() || found->second.size() > 32) return false;
  into = found->second;
  return std::ranges::all_of(into, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
}

// Cuts the lines up to an empty one or the end; `answer` keeps what follows.
Fields take_fields(std::string_view& answer) {
  Fields fields;
  while (!answer.empty()) {
    const auto end = std::min(answer.find('\n'), answer.size());
    const auto line = answer.substr(0, end);
    answer.remove_prefix(std::min(end + 1, answer.size()));
    if (line.empty()) break;
    const auto blank = std::min(line.find(' '), line.size());
    fields[line.substr(0, blank)] = line.substr(std::min(blank + 1, line.size()));
  }
  return fields;
}

Result<MediaFacts> take_facts(std::string_view& answer) {
  if (answer.starts_with(kRefused)) {
    answer.remove_prefix(kRefused.size());
    const Fields fields = take_fields(answer);
    const auto message = fields.find("message");
    const auto detail = fields.find("detail");
    if (message == fields.end() || detail == fields.end()) return garbled("refusal without text");
    auto refusal = fail(ErrorKind::invalid, one_line(message->second), one_line(detail->second));
    refusal.error().code = "media_refused";
    return refusal;
  }
  if (!answer.starts_with(kFacts)) return garbled("the probe program gave no answer");
  answer.remove_prefix(kFacts.size());
  const Fields fields = take_fields(answer);
  MediaFacts facts;
  int has_audio = 0;
  int moov_first = 0;
  constexpr std::int64_t kDayMs = 24 * 3600 * 1000;
  const bool whole = read(fields, "width", 1, 100'000, facts.width) &&
                     read(fields, "height", 1, 100'000, facts.height) &&
                     read(fields, "frames", 0, 100'000, facts.frames) &&
                     read(fields, "duration_ms", std::int64_t{0}, kDayMs, facts.duration_ms) &&
                     read(fields, "fps", 0.0, 1000.0, facts.frames_per_second) &&
                     read(fields, "has_audio", 0, 1, has_audio) &&
                     read(fields, "moov_first", 0, 1, moov_first) &&
                     read_codec(fields, "video_codec", facts.video_codec) &&
                     read_codec(fields, "audio_codec", facts.audio_codec);
  if (!whole) return garbled("the probe program's facts are not well formed");
  facts.has_audio = has_audio == 1;
  facts.moov_first = moov_first == 1;
  return facts;
}

}  // namespace

std::string write_facts(const MediaFacts& facts) {
  std::string text(kFacts);
  const auto line = [&text](std::string_view name, std::string_view value) {
    text.append(name).append(" ").append(value).append("\n");
  };
  line("width", std::to_string(facts.width));
  line("height", std::to_string(facts.height));
  line("frames", std::to_string(facts.frames));
  line("duration_ms", std::to_string(facts.duration_ms));
  line("fps", std::to_string(facts.frames_per_second));
  line("has_audio", facts.has_audio ? "1" : "0");
  line("moov_first", facts.moov_first ? "1" : "0");
  line("video_codec", facts.video_codec);
  line("audio_codec", facts.audio_codec);
  return text;
}

std::string write_rendition(const Rendition& rendition) {
  return write_facts(rendition.facts) + "\n" + rendition.bytes;
}

std::string write_refusal(const Error& error) {
  return std::string(kRefused) + "message " + one_line(error.message) + "\ndetail " +
         one_line(error.detail) + "\n";
}

Result<MediaFacts> read_facts(std::string_view answer) {
  HERALD_TRY(auto facts, take_facts(answer));
  if (!answer.empty()) return garbled("bytes after the facts");
  return facts;
}

Result<Rendition> read_rendition(std::string_view answer) {
  HERALD_TRY(auto facts, take_facts(answer));
  // It will be served as a JPEG; so it must at least begin and end as one.
  if (!answer.starts_with("\xFF\xD8\xFF") || !answer.ends_with("\xFF\xD9")) {
    return garbled("the rendition is not a JPEG");
  }
  facts.content_type = "image/jpeg";
  facts.size_bytes = answer.size();
  return Rendition{std::string(answer), std::move(facts)};
}

}  // namespace herald::media

#include "sandbox/video_facts.h"

namespace herald::sandbox {

namespace {

struct Box {
  std::string_view type;
  std::string_view body;
};

std::uint64_t big_endian(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// Takes the first box off `bytes`; the last one may break off (a file cut short). False: none.
bool next_box(std::string_view& bytes, Box& box) {
  if (bytes.size() < 8) return false;
  std::uint64_t size = big_endian(bytes, 0, 4);
  std::size_t head = 8;
  if (size == 1 && bytes.size() >= 16) {
    size = big_endian(bytes, 8, 8);
    head = 16;
  }
  if (size == 0) size = bytes.size();
  if (size < head || size > bytes.size()) return false;
  box = {bytes.substr(4, 4), bytes.substr(head, size - head)};
  bytes.remove_prefix(size);
  return true;
}

std::string_view child(std::string_view bytes, std::string_view type) {
  for (Box box; next_box(bytes, box);)
    if (box.type == type) return box.body;
  return {};
}

bool read_duration(std::string_view mvhd, VideoFacts& facts) {
  const bool wide = !mvhd.empty() && mvhd[0] == 1;
  const std::size_t at = wide ? 20 : 12;
  if (mvhd.size() < at + 12) return false;
  const auto scale = big_endian(mvhd, at, 4);
  const auto duration = big_endian(mvhd, at + 4, wide ? 8 : 4);
  if (scale == 0 || duration > UINT64_MAX / 1000) return false;
  facts.duration_ms = static_cast<std::int64_t>(duration * 1000 / scale);
  return true;
}

// The track's time scale (mdhd) by the ticks that its first frames take (stts).
double frame_rate(std::string_view media, std::string_view table) {
  const auto head = child(media, "mdhd");
  const auto times = child(table, "stts");
  const std::size_t at = !head.empty() && head[0] == 1 ? 20 : 12;
  if (head.size() < at + 4 || times.size() < 16 || big_endian(times, 12, 4) == 0) return 0;
  return static_cast<double>(big_endian(head, at, 4)) /
         static_cast<double>(big_endian(times, 12, 4));
}

void read_track(std::string_view trak, VideoFacts& facts) {
  const auto media = child(trak, "mdia");
  const auto handler = child(media, "hdlr");
  if (handler.size() < 12 || handler.substr(8, 4) != "vide") return;
  const auto head = child(trak, "tkhd");
  if (head.size() >= 8) {
    facts.width = static_cast<int>(big_endian(head, head.size() - 8, 2));
    facts.height = static_cast<int>(big_endian(head, head.size() - 4, 2));
  }
  const auto table = child(child(media, "minf"), "stbl");
  facts.frames_per_second = frame_rate(media, table);
  const auto entries = child(table, "stsd");
  if (entries.size() >= 16) facts.codec = std::string(entries.substr(12, 4));
}

}  // namespace

std::optional<VideoFacts> video_facts(std::string_view bytes) {
  if (bytes.size() < 8 || bytes.substr(4, 4) != "ftyp") return std::nullopt;
  VideoFacts facts;
  bool seen_media = false;
  for (Box box; next_box(bytes, box);) {
    if (box.type == "mdat") seen_media = true;
    if (box.type != "moov") continue;
    facts.moov_first = !seen_media;
    if (!read_duration(child(box.body, "mvhd"), facts)) return std::nullopt;
    auto tracks = box.body;
    for (Box track; next_box(tracks, track);)
      if (track.type == "trak" && facts.codec.empty()) read_track(track.body, facts);
    return facts;
  }
  return std::nullopt;
}

}  // namespace herald::sandbox

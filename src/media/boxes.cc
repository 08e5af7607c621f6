#include "media/boxes.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace herald::media {
namespace {

// A header is read as 16 bytes, so this many are 64 KiB (M-02).
constexpr int kBoxesMax = 4096;
constexpr int kDepthMax = 8;
constexpr int kTracksMax = 32;
// FFmpeg reads the index into memory; four hours of video need about 8 MiB.
constexpr std::uint64_t kMoovBytesMax = 64ull << 20;

std::unexpected<Error> refuse(const char* message, const char* detail) {
  auto error = fail(ErrorKind::invalid, message, detail);
  error.error().code = "media_refused";
  return error;
}

std::unexpected<Error> damaged(const char* detail) {
  return refuse("The video file is damaged or cut off. Export it anew and upload that.", detail);
}

struct Box {
  std::array<char, 4> type{};
  std::uint64_t begin = 0;  // Of the content.
  std::uint64_t end = 0;

  bool is(std::string_view name) const { return std::string_view(type.data(), 4) == name; }
};

std::uint64_t big_endian(const char* bytes, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    value = value << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return value;
}

class Walk {
 public:
  explicit Walk(ByteSource& file) : file_(file) {}

  Result<MovieLayout> run() {
    for (std::uint64_t offset = 0; offset < file_.size();) {
      HERALD_TRY(const Box box, next(offset, file_.size()));
      if (box.is("moov")) {
        if (found_moov_) return damaged("two moov boxes");
        found_moov_ = true;
        layout_.moov_first = !found_frames_;
        layout_.moov_bytes = box.end - offset;
        if (layout_.moov_bytes > kMoovBytesMax) {
          return refuse("The video's index is too large. Export it anew and upload that.",
                        "moov too large");
        }
        HERALD_CHECK(descend(box, 1));
      }
      found_frames_ = found_frames_ || box.is("mdat") || box.is("moof");
      layout_.fragmented = layout_.fragmented || box.is("moof");
      offset = box.end;
    }
    if (!found_moov_) return damaged("no moov box");
    if (!found_frames_) return damaged("no mdat box");
    return layout_;
  }

 private:
  // Containers on the way to the tracks' tables; what is in others is not looked at.
  static bool is_container(const Box& box) {
    return box.is("trak") || box.is("mdia") || box.is("minf") || box.is("stbl") || box.is("moov");
  }

  Result<Box> next(std::uint64_t offset, std::uint64_t limit) {
    if (++boxes_ > kBoxesMax) {
      return refuse("The video file has too many parts. Export it anew as a plain MP4.",
                    "too many boxes");
    }
    std::array<char, 16> head{};
    HERALD_TRY(const std::size_t count, file_.read_at(offset, head));
    if (count < 8 || limit - offset < 8) return damaged("cut box header");
    Box box;
    std::copy_n(head.data() + 4, 4, box.type.data());
    std::uint64_t size = big_endian(head.data(), 4);
    std::uint64_t head_size = 8;
    if (size == 1) {
      if (count < 16) return damaged("cut box header");
      size = big_endian(head.data() + 8, 8);
      head_size = 16;
    }
    // Size 0, "to the end of the file", is refused too: no finished export has it.
    if (size < head_size) return damaged("box smaller than its header");
    if (size > limit - offset) return damaged("box larger than what holds it");
    box.begin = offset + head_size;
    box.end = offset + size;
    return box;
  }

  Result<Done> descend(const Box& parent, int depth) {
    if (depth > kDepthMax) return damaged("boxes nested too deep");
    for (std::uint64_t offset = parent.begin; offset < parent.end;) {
      HERALD_TRY(const Box box, next(offset, parent.end));
      if (box.is("trak") && ++layout_.tracks > kTracksMax) {
        return refuse("The video has too many tracks. Export it anew with one picture track.",
                      "too many tracks");
      }
      if (is_container(box)) HERALD_CHECK(descend(box, depth + 1));
      offset = box.end;
    }
    return Done{};
  }

  ByteSource& file_;
  MovieLayout layout_;
  int boxes_ = 0;
  bool found_moov_ = false;
  bool found_frames_ = false;
};

}  // namespace

Result<MovieLayout> read_layout(ByteSource& file) { return Walk(file).run(); }

}  // namespace herald::media

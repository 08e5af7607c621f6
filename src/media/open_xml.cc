#include <algorithm>
#include <string>

#include "media/little_endian.h"
#include "media/office.h"

namespace herald::media {
namespace {

constexpr std::size_t kEndSize = 22;    // End of central directory record, without a comment.
constexpr std::size_t kEntrySize = 46;  // One entry of it, without its name.
constexpr std::uint32_t kDirectoryMax = 8u << 20;
constexpr std::string_view kEndMark = "PK\5\6";
constexpr std::string_view kEntryMark = "PK\1\2";

Result<std::string> read(ByteSource& file, std::uint64_t offset, std::size_t length) {
  std::string bytes(length, '\0');
  HERALD_TRY(const std::size_t count, file.read_at(offset, bytes));
  bytes.resize(count);
  return bytes;
}

// The names in the directory, folded into what they say about the whole.
struct Contents {
  bool types = false;
  bool slides = false;
  bool pages = false;
  bool macros = false;
  bool from_the_start = false;  // Some entry begins at byte 0: nothing stands before the archive.

  void add(std::string_view name, std::uint32_t offset) {
    types = types || name == "[Content_Types].xml";
    slides = slides || name.starts_with("ppt/");
    pages = pages || name.starts_with("word/");
    macros = macros || name.ends_with("/vbaProject.bin");
    from_the_start = from_the_start || offset == 0;
  }

  Format format() const {
    if (!types || !from_the_start || slides == pages) return Format::archive;
    if (macros) return Format::macro_document;
    return slides ? Format::pptx : Format::docx;
  }
};

}  // namespace

Result<Format> open_xml_format(ByteSource& file) {
  if (file.size() < kEndSize) return Format::archive;
  const std::uint64_t end_at = file.size() - kEndSize;
  HERALD_TRY(const std::string end, read(file, end_at, kEndSize));
  const auto count = little_endian(end, 10, 2);
  const auto size = little_endian(end, 12, 4);
  const auto offset = little_endian(end, 16, 4);
  // One disk, no comment, and the directory right before: what Office writes.
  if (!end.starts_with(kEndMark) || little_endian(end, 4, 4) != 0 ||
      little_endian(end, 8, 2) != count || little_endian(end, 20, 2) != 0 ||
      std::uint64_t{offset} + size != end_at || size > kDirectoryMax) {
    return Format::archive;
  }
  HERALD_TRY(const std::string directory, read(file, offset, size));
  std::string_view rest(directory);
  Contents contents;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (rest.size() < kEntrySize || !rest.starts_with(kEntryMark)) return Format::archive;
    const std::size_t name = little_endian(rest, 28, 2);
    const std::size_t length =
        kEntrySize + name + little_endian(rest, 30, 2) + little_endian(rest, 32, 2);
    if (length > rest.size()) return Format::archive;
    contents.add(rest.substr(kEntrySize, name), little_endian(rest, 42, 4));
    rest.remove_prefix(length);
  }
  return rest.empty() ? contents.format() : Format::archive;
}

Result<bool> ends_as_archive(ByteSource& file) {
  constexpr std::uint64_t kCommentMax = 65'535;
  const auto length = std::min<std::uint64_t>(file.size(), kEndSize + kCommentMax);
  HERALD_TRY(const std::string tail, read(file, file.size() - length, length));
  for (auto at = tail.find(kEndMark); at != tail.npos; at = tail.find(kEndMark, at + 1)) {
    const auto left = tail.size() - at;
    if (left >= kEndSize && kEndSize + little_endian(tail, at + 20, 2) == left) return true;
  }
  return false;
}

}  // namespace herald::media

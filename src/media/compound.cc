#include <string>
#include <vector>

#include "media/little_endian.h"
#include "media/office.h"

namespace herald::media {
namespace {

constexpr std::size_t kHeaderSize = 512;
constexpr std::size_t kEntrySize = 128;
constexpr std::uint32_t kSectorMax = 0xFFFFFFFA;  // From here on the numbers are marks.
constexpr std::size_t kTableInHeader = 109;
constexpr int kTableSectorsMax = 64;               // More than 100 MB need.
constexpr std::size_t kDirectoryMax = 512 * 1024;  // 4096 entries.

// Sectors of a file and the chains they form ([MS-CFB] 2.2 to 2.5). An empty answer is no sector.
class Sectors {
 public:
  Sectors(ByteSource& file, std::string header)
      : file_(file), header_(std::move(header)), size_(1u << little_endian(header_, 30, 2)) {}

  Result<std::string> read(std::uint32_t sector) {
    if (sector >= kSectorMax) return std::string();
    std::string bytes(size_, '\0');
    HERALD_TRY(const std::size_t count, file_.read_at((std::uint64_t{sector} + 1) * size_, bytes));
    return count == size_ ? bytes : std::string();
  }

  // The sector after this one in its chain, or a mark.
  Result<std::uint32_t> next(std::uint32_t sector) {
    const std::uint32_t per_table = size_ / 4;
    HERALD_TRY(const std::uint32_t table, table_sector(sector / per_table));
    if (table != held_at_) {
      HERALD_TRY(held_, read(table));
      held_at_ = table;
    }
    return held_.empty() ? kSectorMax : little_endian(held_, sector % per_table * 4, 4);
  }

 private:
  // Where the n-th part of the allocation table stands: 109 in the header, the rest in a list.
  Result<std::uint32_t> table_sector(std::uint32_t n) {
    if (n < kTableInHeader) return little_endian(header_, 76 + n * 4, 4);
    const std::uint32_t per_list = size_ / 4 - 1;
    std::uint32_t left = n - kTableInHeader;
    std::uint32_t list = little_endian(header_, 68, 4);
    for (int i = 0; i < kTableSectorsMax; ++i) {
      HERALD_TRY(const std::string bytes, read(list));
      if (bytes.empty()) break;
      if (left < per_list) return little_endian(bytes, left * 4, 4);
      left -= per_list;
      list = little_endian(bytes, per_list * 4, 4);
    }
    return kSectorMax;
  }

  ByteSource& file_;
  std::string header_;
  std::uint32_t size_;
  std::string held_;
  std::uint32_t held_at_ = kSectorMax;
};

Result<std::string> read_directory(Sectors& sectors, std::uint32_t sector) {
  std::string directory;
  while (directory.size() < kDirectoryMax) {
    HERALD_TRY(const std::string bytes, sectors.read(sector));
    if (bytes.empty()) break;
    directory += bytes;
    HERALD_TRY(sector, sectors.next(sector));
  }
  return directory;
}

// An entry's name, as far as it is ASCII.
std::string name_of(std::string_view entry) {
  std::string name;
  for (std::size_t i = 0; i < 64 && little_endian(entry, i, 2) != 0; i += 2) {
    const auto unit = little_endian(entry, i, 2);
    name += unit < 0x80 ? static_cast<char>(unit) : '?';
  }
  return name;
}

// What the streams right under the root say; embedded documents stand deeper ([MS-CFB] 2.6).
Format format_of(std::string_view directory) {
  constexpr std::uint32_t kStream = 2;
  constexpr std::uint32_t kRoot = 5;
  const std::size_t count = directory.size() / kEntrySize;
  if (count == 0 || little_endian(directory, 66, 1) != kRoot) return Format::compound;
  bool slides = false;
  bool pages = false;
  std::vector<bool> seen(count);
  std::vector<std::uint32_t> left{little_endian(directory, 76, 4)};
  while (!left.empty()) {
    const auto number = left.back();
    left.pop_back();
    if (number >= count || seen[number]) continue;
    seen[number] = true;
    const auto entry = directory.substr(number * kEntrySize, kEntrySize);
    const bool stream = little_endian(entry, 66, 1) == kStream;
    slides = slides || (stream && name_of(entry) == "PowerPoint Document");
    pages = pages || (stream && name_of(entry) == "WordDocument");
    left.push_back(little_endian(entry, 68, 4));
    left.push_back(little_endian(entry, 72, 4));
  }
  if (slides == pages) return Format::compound;
  return slides ? Format::ppt : Format::doc;
}

}  // namespace

Result<Format> compound_format(ByteSource& file) {
  std::string header(kHeaderSize, '\0');
  HERALD_TRY(const std::size_t count, file.read_at(0, header));
  const auto shift = little_endian(header, 30, 2);
  if (count < kHeaderSize || (shift != 9 && shift != 12)) return Format::compound;
  const auto first = little_endian(header, 48, 4);
  Sectors sectors(file, std::move(header));
  HERALD_TRY(const std::string directory, read_directory(sectors, first));
  return format_of(directory);
}

}  // namespace herald::media

#include "media/office.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace herald::media {
namespace {

std::string number(std::uint64_t value, int width) {
  std::string bytes;
  for (int i = 0; i < width; ++i) bytes += static_cast<char>(value >> (8 * i));
  return bytes;
}

// An archive of empty files, each stored.
struct Archive {
  std::string prefix;
  std::string gap;  // Between the files and the directory.
  std::string comment;
  int unsaid = 0;  // Entries that the end does not count.

  std::string of(const std::vector<std::string>& names) const {
    std::string files = prefix;
    std::string directory;
    for (const auto& name : names) {
      const auto sizes = std::string(12, '\0') + number(name.size(), 2) + number(0, 2);
      directory += "PK\1\2" + number(20, 2) + number(20, 2) + std::string(8, '\0') + sizes +
                   std::string(10, '\0') + number(files.size(), 4) + name;
      files += "PK\3\4" + number(20, 2) + std::string(8, '\0') + sizes + name;
    }
    const auto count = number(names.size() - static_cast<std::size_t>(unsaid), 2);
    return files + gap + directory + "PK\5\6" + number(0, 4) + count + count +
           number(directory.size(), 4) + number(files.size(), 4) + number(comment.size(), 2) +
           comment;
  }
};

Format open_xml(const std::string& bytes) {
  MemoryBytes file(bytes);
  return open_xml_format(file).value();
}

const std::vector<std::string> kSlides{"[Content_Types].xml", "_rels/.rels",
                                       "ppt/presentation.xml"};
const std::vector<std::string> kPages{"[Content_Types].xml", "word/document2.xml"};

TEST(Office, TheDirectoryOfAnArchiveSaysWhatItIs) {
  EXPECT_EQ(open_xml(Archive{}.of(kSlides)), Format::pptx);
  EXPECT_EQ(open_xml(Archive{}.of(kPages)), Format::docx);
  EXPECT_EQ(open_xml(Archive{}.of({"[Content_Types].xml", "xl/workbook.xml"})), Format::archive);
  EXPECT_EQ(open_xml(Archive{}.of({"ppt/presentation.xml"})), Format::archive);
  EXPECT_EQ(open_xml(Archive{}.of({"[Content_Types].xml", "my/word/document.xml"})),
            Format::archive);
  EXPECT_EQ(open_xml(Archive{}.of({})), Format::archive);
}

TEST(Office, M02_AnArchiveThatIsTwoThingsIsNoDocument) {
  EXPECT_EQ(open_xml(Archive{}.of({"[Content_Types].xml", "ppt/a.xml", "word/b.xml"})),
            Format::archive);
  EXPECT_EQ(open_xml(Archive{}.of({"[Content_Types].xml", "word/a.xml", "word/vbaProject.bin"})),
            Format::macro_document);
  // What another reader would find elsewhere.
  EXPECT_EQ(open_xml(Archive{.prefix = "PK\3\4 first"}.of(kPages)), Format::archive);
  EXPECT_EQ(open_xml(Archive{.gap = "PK\1\2"}.of(kPages)), Format::archive);
  EXPECT_EQ(open_xml(Archive{.comment = "PK\5\6 another end"}.of(kPages)), Format::archive);
  EXPECT_EQ(open_xml(Archive{.unsaid = 1}.of(kPages)), Format::archive);
  const auto whole = Archive{}.of(kSlides);
  EXPECT_EQ(open_xml(whole + "<html>"), Format::archive);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(open_xml(whole.substr(0, size)), Format::archive) << size;
  }
}

TEST(Office, M02_AnArchiveBehindSomethingElseIsSeen) {
  const auto ends = [](const std::string& bytes) {
    MemoryBytes file(bytes);
    return ends_as_archive(file).value();
  };
  EXPECT_TRUE(ends("%PDF-1.7" + Archive{}.of(kPages)));
  EXPECT_TRUE(ends("%PDF-1.7" + Archive{.comment = std::string(65'535, 'x')}.of(kPages)));
  EXPECT_FALSE(ends("%PDF-1.7 " + Archive{}.of(kPages) + " endstream %%EOF")) << "only embedded";
  EXPECT_FALSE(ends("%PDF-1.7"));
  EXPECT_FALSE(ends("PK\5\6"));
}

struct Entry {
  std::string name;
  std::uint32_t type = 2;  // 1 storage, 2 stream, 5 root.
  std::uint32_t left = 0xFFFFFFFF;
  std::uint32_t right = 0xFFFFFFFF;
  std::uint32_t child = 0xFFFFFFFF;
};

constexpr std::uint32_t kEnd = 0xFFFFFFFE;

// A compound file whose allocation table is sector 0; its directory fills sectors 1, 2, ...
std::string compound(const std::vector<Entry>& entries, std::uint32_t last_next = kEnd,
                     int shift = 9) {
  const std::size_t size = std::size_t{1} << shift;
  std::string directory;
  for (const auto& entry : entries) {
    std::string name;
    for (const char c : entry.name) name += number(static_cast<unsigned char>(c), 2);
    name.resize(64);
    directory += name + number(entry.name.size() * 2 + 2, 2) + number(entry.type, 1) +
                 number(1, 1) + number(entry.left, 4) + number(entry.right, 4) +
                 number(entry.child, 4) + std::string(48, '\0');
  }
  directory.resize((directory.size() + size - 1) / size * size);
  const auto sectors = static_cast<std::uint32_t>(directory.size() / size);
  std::string table = number(0xFFFFFFFD, 4);
  for (std::uint32_t i = 1; i < sectors; ++i) table += number(i + 1, 4);
  table += number(last_next, 4);
  table.resize(size, '\xFF');
  std::string header = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(16, '\0') +
                       number(0x3E, 2) + number(3, 2) + number(0xFFFE, 2) +
                       number(static_cast<std::uint64_t>(shift), 2) + std::string(12, '\0') +
                       number(1, 4) + number(1, 4) + std::string(16, '\0') + number(kEnd, 4) +
                       number(0, 4) + number(0, 4);
  header.resize(512, '\xFF');
  header.resize(size, '\0');
  return header + table + directory;
}

Format compound_of(const std::string& bytes) {
  MemoryBytes file(bytes);
  return compound_format(file).value();
}

TEST(Office, TheStreamsUnderTheRootOfACompoundFileSayWhatItIs) {
  const std::vector<Entry> pages{
      {.name = "Root Entry", .type = 5, .child = 2}, {.name = "1Table"},
      {.name = "Data", .left = 1, .right = 4},       {.name = "ObjectPool", .type = 1, .child = 5},
      {.name = "WordDocument", .left = 3},           {.name = "PowerPoint Document"}};
  EXPECT_EQ(compound_of(compound(pages)), Format::doc) << "slides may be embedded in it";
  EXPECT_EQ(compound_of(compound(pages, kEnd, 12)), Format::doc);
  const std::vector<Entry> slides{{.name = "Root Entry", .type = 5, .child = 1},
                                  {.name = "PowerPoint Document"}};
  EXPECT_EQ(compound_of(compound(slides)), Format::ppt);
  EXPECT_EQ(
      compound_of(compound({{.name = "Root Entry", .type = 5, .child = 1}, {.name = "Workbook"}})),
      Format::compound);
  EXPECT_EQ(compound_of(compound({{.name = "Root Entry", .type = 5, .child = 1},
                                  {.name = "WordDocument", .type = 1}})),
            Format::compound)
      << "a folder of that name";
  EXPECT_EQ(compound_of(compound({{.name = "Root Entry", .type = 5, .child = 1},
                                  {.name = "WordDocument", .right = 2},
                                  {.name = "PowerPoint Document"}})),
            Format::compound)
      << "both";
}

TEST(Office, M02_ChainsAndTreesThatNeverEndDo) {
  const std::vector<Entry> circle{{.name = "Root Entry", .type = 5, .child = 1},
                                  {.name = "WordDocument", .left = 1, .right = 2},
                                  {.name = "Data", .left = 1, .right = 9'999}};
  const auto looped = compound(circle, 1);
  MemoryBytes file(looped);
  EXPECT_EQ(compound_format(file).value(), Format::doc);
  EXPECT_LE(file.bytes_read(), 2u << 20);
  const auto whole = compound(circle);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(compound_of(whole.substr(0, size)), Format::compound) << size;
  }
}

}  // namespace
}  // namespace herald::media

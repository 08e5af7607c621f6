#include "media/sniff.h"

#include <gtest/gtest.h>

#include <string>

namespace herald::media {
namespace {

using namespace std::string_literals;

const std::string kJpeg = "\xFF\xD8\xFF\xE0\0\x10JFIF"s;
const std::string kPng = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s;
const std::string kMp4 = "\0\0\0\x18"s + "ftypisom\0\0\x02\0isommp41"s;
const std::string kMov = "\0\0\0\x14"s + "ftypqt  \0\0\0\0qt  "s;

struct Row {
  std::string head;
  Format format;
};

TEST(Sniff, BytesDecide) {
  const Row rows[] = {
      {kJpeg, Format::jpeg},
      {kPng, Format::png},
      {"GIF89a\1\0\1\0", Format::gif},
      {"GIF87a\1\0\1\0", Format::gif},
      {"RIFF\x24\0\0\0WEBPVP8 "s, Format::webp},
      {"RIFF\x24\0\0\0AVI LIST"s, Format::avi},
      {"RIFF\x24\0\0\0WAVEfmt "s, Format::audio},
      {kMp4, Format::mp4},
      {kMov, Format::quicktime},
      {"\0\0\0\x08wide\0\0\0\x08mdat"s, Format::quicktime},
      {"\0\0\0\x18"s + "ftypdash\0\0\0\0iso6mp41"s, Format::mp4},
      {"\0\0\0\x14"s + "ftypdash\0\0\0\0dash"s, Format::unknown},
      {"\0\0\0\x18"s + "ftypheic\0\0\0\0mif1heic"s, Format::heic},
      {"\0\0\0\x18"s + "ftypmif1\0\0\0\0mif1heic"s, Format::heic},
      {"\0\0\0\x18"s + "ftypavif\0\0\0\0avifmif1"s, Format::avif},
      {"\0\0\0\x18"s + "ftypM4A \0\0\0\0isommp42"s, Format::audio},
      {"\x1A\x45\xDF\xA3\x9F\x42\x82\x84webm"s, Format::webm},
      {"\x1A\x45\xDF\xA3\x9F\x42\x82\x88matroska"s, Format::matroska},
      {"\x1A\x45\xDF\xA3\x9F"s, Format::unknown},
      {"II*\0\x08\0\0\0"s, Format::tiff},
      {"MM\0*\0\0\0\x08"s, Format::tiff},
      {"%PDF-1.7\n", Format::pdf},
      {"PK\3\4\x14\0"s, Format::archive},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0"s, Format::compound},
      {"WEBVTT\n\n", Format::web_vtt},
      {"WEBVTTX\n", Format::unknown},
      {"1\n00:00:01,000 --> 00:00:02,000\nHello\n", Format::sub_rip},
      {"1\n2\n3\n", Format::unknown},
      {"<svg xmlns='http://www.w3.org/2000/svg'>", Format::svg},
      {"\xEF\xBB\xBF \n<?xml version='1.0'?><!-- x --><svg>", Format::svg},
      {"<!DOCTYPE html><svg>", Format::html},
      {"<script>alert(1)</script>", Format::html},
      {"#EXTM3U\n#EXT-X-VERSION:3\n", Format::playlist},
      {"<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'>", Format::playlist},
      {"ffconcat version 1.0\nfile x", Format::playlist},
      {"file '/etc/passwd'\n", Format::unknown},
      {"BM\x46\0\0\0\0\0\0\0\x36\0\0\0"s, Format::bmp},
      {"ID3\x03\0\0\0", Format::audio},
      {"OggS\0\2"s, Format::audio},
      {"#!/bin/sh\n", Format::unknown},
      {"MZ\x90\0\3"s, Format::unknown},
      {"\xFF\xD8", Format::unknown},
      {"   ", Format::unknown},
      {"", Format::unknown},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(static_cast<int>(sniff(row.head)), static_cast<int>(row.format)) << row.head;
  }
}

std::string refusal(std::string_view head, const DeclaredFile& declared = {}) {
  MemoryBytes file(head);
  const auto format = admit(file, declared);
  if (format) return "";
  EXPECT_EQ(format.error().kind, ErrorKind::invalid);
  EXPECT_EQ(format.error().code, "media_refused");
  return format.error().message;
}

TEST(Sniff, M01_SvgAndOddPicturesAreRefused) {
  EXPECT_EQ(refusal("<svg onload='alert(1)'>"),
            "This is an SVG drawing. Save it as JPEG or PNG and upload that.");
  EXPECT_NE(refusal("II*\0\x08"s), "");
  EXPECT_NE(refusal("\0\0\0\x18"s + "ftypheic\0\0\0\0mif1heic"s), "");
  EXPECT_NE(refusal(""), "");
}

TEST(Sniff, M02_AFileThatIsTwoThingsAtOnceIsRefused) {
  const std::string filler(200, '\0');
  EXPECT_EQ(refusal(kMp4), "");
  EXPECT_NE(refusal(kMp4 + filler + "%PDF-1.4\n"), "");
  EXPECT_NE(refusal(kJpeg + filler + "<ScRiPt>alert(1)"), "");
  EXPECT_NE(refusal("GIF89a=1;//<html>"), "");
  EXPECT_EQ(refusal("%PDF-1.7\n"), "");
  EXPECT_NE(refusal("%PDF-1.7\n" + filler + "<script>alert(1)"), "");
  EXPECT_NE(refusal("%PDF-1.7\n" + filler + "%PDF-1.4"), "");
  EXPECT_NE(refusal("%PDF-1.7\n" + filler + "PK\5\6" + std::string(18, '\0')), "");
  EXPECT_NE(refusal("WEBVTT\n\n<script>alert(1)</script>\n"), "");
  // Readers that search look no further than this.
  EXPECT_EQ(refusal(kMp4 + std::string(1024, '\0') + "%PDF-1.4\n"), "");
}

TEST(Sniff, M02_ANameOrTypeThatLiesIsRefused) {
  EXPECT_EQ(refusal(kJpeg, {"image/png", ""}),
            "The file was announced as a PNG picture, but its bytes are a JPEG picture. Send it "
            "with the type that it has.");
  EXPECT_EQ(refusal(kJpeg, {"", "holiday.MP4"}),
            "The name ends in .mp4, but its bytes are a JPEG picture. Rename it, or choose the "
            "right file.");
  EXPECT_NE(refusal(kMp4, {"image/jpeg", ""}), "");
  EXPECT_NE(refusal(kMp4, {"text/plain", ""}), "");
  EXPECT_NE(refusal(kJpeg, {"image/jpeg", "invoice.pdf"}), "");
  EXPECT_NE(refusal("\x1A\x45\xDF\xA3\x88matroska"s, {"", "film.mp4"}), "");
  EXPECT_NE(refusal("%PDF-1.7\n", {"image/png", ""}), "");
  EXPECT_NE(refusal("%PDF-1.7\n", {"", "slides.pptx"}), "");
  EXPECT_NE(refusal(kJpeg, {"application/pdf", ""}), "");
  EXPECT_NE(refusal("WEBVTT\n", {"", "words.srt"}), "");
  EXPECT_NE(refusal("%PDF-1.7\n", {"text/plain", ""}), "");
  EXPECT_NE(refusal("PK\3\4 words", {"", "paper.docx"}), "") << "the name alone makes nothing";
}

TEST(Sniff, HonestDeclarationsPass) {
  EXPECT_EQ(refusal(kJpeg), "");
  EXPECT_EQ(refusal(kJpeg, {"image/jpeg; charset=binary", "a.b.JPEG"}), "");
  EXPECT_EQ(refusal(kJpeg, {"application/octet-stream", "photo.backup"}), "");
  EXPECT_EQ(refusal(kJpeg, {"IMAGE/JPG", "photo"}), "");
  EXPECT_EQ(refusal("%PDF-1.7\n", {"application/pdf", "menu.pdf"}), "");
  EXPECT_EQ(refusal("WEBVTT\n", {"text/plain", "words.vtt"}), "") << "some systems know no better";
  // Phones and browsers mix these two up, and every reader takes both.
  EXPECT_EQ(refusal(kMov, {"video/mp4", "clip.mp4"}), "");
  EXPECT_EQ(refusal(kMp4, {"video/quicktime", "clip.mov"}), "");
}

TEST(Sniff, M03_PlaylistsNamedMp4AreRefused) {
  for (const char* list : {"#EXTM3U\nhttp://127.0.0.1/x.ts\n", "ffconcat version 1.0\nfile a",
                           "<MPD><BaseURL>file:///etc/passwd</BaseURL></MPD>"}) {
    EXPECT_EQ(refusal(list, {"video/mp4", "movie.mp4"}),
              "This is a playlist that points at other files. Export it as MP4 (H.264, AAC) and "
              "upload that.");
  }
}

TEST(Sniff, EveryAdmittedFormatHasAType) {
  EXPECT_EQ(content_type_of(Format::jpeg), "image/jpeg");
  EXPECT_EQ(content_type_of(Format::matroska), "video/x-matroska");
  EXPECT_EQ(type_of(Format::gif), MediaType::image);
  EXPECT_EQ(type_of(Format::quicktime), MediaType::video);
  for (const auto format : {Format::pdf, Format::ppt, Format::pptx, Format::doc, Format::docx}) {
    EXPECT_EQ(type_of(format), MediaType::document) << content_type_of(format);
    EXPECT_TRUE(content_type_of(format).starts_with("application/"));
  }
  EXPECT_EQ(content_type_of(Format::web_vtt), "text/vtt");
  EXPECT_EQ(content_type_of(Format::sub_rip), "application/x-subrip");
  EXPECT_EQ(type_of(Format::sub_rip), MediaType::captions);
}

// Says to be as long as it is told; only the beginning is there.
class LongFile final : public ByteSource {
 public:
  LongFile(std::string_view head, std::uint64_t size) : head_(head), size_(size) {}
  std::uint64_t size() const override { return size_; }

 private:
  Result<std::size_t> fetch(std::uint64_t offset, std::span<char> room) override {
    for (std::size_t i = 0; i < room.size(); ++i) {
      room[i] = offset + i < head_.size() ? head_[offset + i] : ' ';
    }
    return room.size();
  }
  std::string_view head_;
  std::uint64_t size_;
};

TEST(Sniff, M02_ADocumentIsLookedAtWithinBoundsAndHasASize) {
  LongFile largest("%PDF-1.7\n", 100 << 20);
  EXPECT_TRUE(admit(largest, {}));
  EXPECT_LE(largest.bytes_read(), 70'000u);
  LongFile larger("%PDF-1.7\n", (100 << 20) + 1);
  EXPECT_EQ(admit(larger, {}).error().message,
            "The document is too large: at most 100 MB are taken. Make it smaller.");
  LongFile words("WEBVTT\n", (1 << 20) + 1);
  EXPECT_FALSE(admit(words, {}));
  EXPECT_LE(words.bytes_read(), kSniffBytes);
}

}  // namespace
}  // namespace herald::media

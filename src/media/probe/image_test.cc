#include "media/probe/image.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#include <vips/vips.h>

#include <memory>
#include <string>

#include "media/descriptor.h"

namespace herald::media {
namespace {

using namespace std::string_literals;

// A file that is only in memory.
Descriptor file_of(const std::string& bytes) {
  Descriptor file(::memfd_create("picture", MFD_CLOEXEC));
  EXPECT_EQ(::write(file.get(), bytes.data(), bytes.size()), std::ssize(bytes));
  return file;
}

// A picture whose left half is red and whose right half is blue, so that turning shows.
VipsImage* halves(int width, int height, bool see_through = false) {
  VipsImage* image = nullptr;
  double red[] = {255, 0, 0, 0};
  double blue[] = {0, 0, 255, 0};
  const int bands = see_through ? 4 : 3;
  VipsImage* black = nullptr;
  vips_black(&black, width, height, "bands", bands, nullptr);
  VipsImage* whole = nullptr;
  vips_copy(black, &whole, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr);
  image = vips_image_copy_memory(whole);
  vips_draw_rect(image, red, bands, 0, 0, width / 2, height, "fill", TRUE, nullptr);
  vips_draw_rect(image, blue, bands, width / 2, 0, width - width / 2, height, "fill", TRUE,
                 nullptr);
  g_object_unref(black);
  g_object_unref(whole);
  return image;
}

std::string saved(VipsImage* image, const char* suffix) {
  void* bytes = nullptr;
  std::size_t size = 0;
  EXPECT_EQ(vips_image_write_to_buffer(image, suffix, &bytes, &size, nullptr), 0)
      << vips_error_buffer();
  std::string text(static_cast<char*>(bytes), size);
  g_free(bytes);
  g_object_unref(image);
  return text;
}

// The colour of one pixel of a JPEG, as R, G, B.
std::vector<int> pixel(const std::string& jpeg, int x, int y) {
  VipsImage* image = nullptr;
  std::vector<int> colour;
  if (vips_jpegload_buffer(const_cast<char*>(jpeg.data()), jpeg.size(), &image, nullptr) != 0) {
    return colour;
  }
  double* values = nullptr;
  int count = 0;
  if (vips_getpoint(image, &values, &count, x, y, nullptr) == 0) {
    for (int i = 0; i < count; ++i) colour.push_back(static_cast<int>(values[i]));
  }
  g_free(values);
  g_object_unref(image);
  return colour;
}

bool is_red(const std::vector<int>& c) { return c.size() == 3 && c[0] > 200 && c[2] < 60; }
bool is_blue(const std::vector<int>& c) { return c.size() == 3 && c[0] < 60 && c[2] > 200; }
bool is_white(const std::vector<int>& c) {
  return c.size() == 3 && c[0] > 240 && c[1] > 240 && c[2] > 240;
}

std::string refusal(const Result<MediaFacts>& facts) {
  if (facts) return "";
  EXPECT_EQ(facts.error().kind, ErrorKind::invalid);
  return facts.error().message;
}

class ImageTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { ASSERT_TRUE(start_images()); }
};

TEST_F(ImageTest, ReadsTheHeaderOfEveryKind) {
  for (const char* suffix : {".jpg", ".png", ".webp", ".gif"}) {
    const auto facts = probe_image(file_of(saved(halves(64, 48), suffix)).get());
    ASSERT_TRUE(facts) << suffix << " " << facts.error().detail;
    EXPECT_EQ(facts->width, 64) << suffix;
    EXPECT_EQ(facts->height, 48) << suffix;
    EXPECT_EQ(facts->frames, 1) << suffix;
  }
}

TEST_F(ImageTest, EveryKindBecomesAJpeg) {
  for (const char* suffix : {".jpg", ".png", ".webp", ".gif"}) {
    const auto rendition = render_jpeg(file_of(saved(halves(64, 48), suffix)).get(), {});
    ASSERT_TRUE(rendition) << suffix << " " << rendition.error().detail;
    EXPECT_TRUE(is_red(pixel(rendition->bytes, 8, 8))) << suffix;
    EXPECT_TRUE(is_blue(pixel(rendition->bytes, 56, 40))) << suffix;
    EXPECT_EQ(rendition->facts.width, 64);
    EXPECT_EQ(rendition->facts.height, 48);
    EXPECT_EQ(rendition->facts.frames, 1);
  }
}

TEST_F(ImageTest, OrientationIsAppliedAndSaidInTheFacts) {
  VipsImage* lying = halves(64, 48);
  vips_image_set_int(lying, "orientation", 6);  // Turn right: the left side comes on top.
  const auto file = file_of(saved(lying, ".jpg"));
  const auto facts = probe_image(file.get());
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->width, 48);
  EXPECT_EQ(facts->height, 64);
  const auto rendition = render_jpeg(file.get(), {});
  ASSERT_TRUE(rendition) << rendition.error().detail;
  EXPECT_EQ(rendition->facts.width, 48);
  EXPECT_EQ(rendition->facts.height, 64);
  EXPECT_TRUE(is_red(pixel(rendition->bytes, 24, 8)));
  EXPECT_TRUE(is_blue(pixel(rendition->bytes, 24, 56)));
}

std::vector<int> muted_red_under(const char* profile) {
  VipsImage* picture = halves(64, 48);
  double muted[] = {200, 60, 60};
  vips_draw_rect(picture, muted, 3, 0, 0, 64, 48, "fill", TRUE, nullptr);
  VipsBlob* icc = nullptr;
  EXPECT_EQ(vips_profile_load(profile, &icc, nullptr), 0);
  std::size_t size = 0;
  const void* bytes = vips_blob_get(icc, &size);
  vips_image_set_blob_copy(picture, VIPS_META_ICC_NAME, bytes, size);
  vips_area_unref(VIPS_AREA(icc));
  const auto rendition = render_jpeg(file_of(saved(picture, ".png")).get(), {});
  if (!rendition) return {};
  EXPECT_EQ(rendition->bytes.find("ICC_PROFILE"), std::string::npos);
  return pixel(rendition->bytes, 32, 24);
}

TEST_F(ImageTest, ColoursOfAProfileAreConverted) {
  const auto same = muted_red_under("srgb");
  const auto wide = muted_red_under("p3");
  ASSERT_EQ(same.size(), 3u);
  ASSERT_EQ(wide.size(), 3u);
  EXPECT_NEAR(same[0], 200, 3);
  EXPECT_NEAR(same[1], 60, 3);
  EXPECT_GT(wide[0], 210) << "the same numbers mean a stronger red there";
}

TEST_F(ImageTest, M01_MetadataIsStripped) {
  VipsImage* located = halves(64, 48);
  vips_image_set_string(located, "exif-ifd3-GPSLatitude", "48/1 51/1 30/1");
  vips_image_set_string(located, "exif-ifd0-Artist", "A. Person");
  const std::string xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>secret place</x:xmpmeta>";
  vips_image_set_blob_copy(located, VIPS_META_XMP_NAME, xmp.data(), xmp.size());
  const auto original = saved(located, ".jpg");
  ASSERT_NE(original.find("Exif"), std::string::npos);
  ASSERT_NE(original.find("secret place"), std::string::npos);
  const auto rendition = render_jpeg(file_of(original).get(), {});
  ASSERT_TRUE(rendition);
  for (const char* trace : {"Exif", "A. Person", "secret place", "http://ns.adobe.com"}) {
    EXPECT_EQ(rendition->bytes.find(trace), std::string::npos) << trace;
  }
}

TEST_F(ImageTest, TransparencyBecomesWhite) {
  const auto rendition = render_jpeg(file_of(saved(halves(64, 48, true), ".png")).get(), {});
  ASSERT_TRUE(rendition) << rendition.error().detail;
  EXPECT_TRUE(is_white(pixel(rendition->bytes, 8, 8)));
}

TEST_F(ImageTest, AGreyPictureBecomesThreeColours) {
  VipsImage* grey = nullptr;
  vips_black(&grey, 32, 32, nullptr);
  const auto rendition = render_jpeg(file_of(saved(grey, ".png")).get(), {});
  ASSERT_TRUE(rendition) << rendition.error().detail;
  EXPECT_EQ(pixel(rendition->bytes, 1, 1).size(), 3u);
}

TEST_F(ImageTest, TheLimitsHold) {
  VipsImage* noise = nullptr;
  VipsImage* bytes = nullptr;
  vips_gaussnoise(&noise, 900, 600, "mean", 128.0, "sigma", 60.0, nullptr);
  vips_cast_uchar(noise, &bytes, nullptr);
  g_object_unref(noise);
  const auto file = file_of(saved(bytes, ".png"));
  const auto narrow = render_jpeg(file.get(), {.max_width = 300});
  ASSERT_TRUE(narrow) << narrow.error().detail;
  EXPECT_EQ(narrow->facts.width, 300);
  EXPECT_EQ(narrow->facts.height, 200);
  const auto light = render_jpeg(file.get(), {.max_bytes = 30'000});
  ASSERT_TRUE(light) << light.error().detail;
  EXPECT_LE(light->bytes.size(), 30'000u);
  EXPECT_LT(light->facts.width, 900);
  const auto never = render_jpeg(file.get(), {.max_bytes = 10});
  ASSERT_FALSE(never);
  EXPECT_EQ(never.error().kind, ErrorKind::invalid);
}

// Frame header of a JPEG; nothing of it was ever encoded. `sides`: height and width.
std::string huge_jpeg(const std::string& sides) {
  return "\xFF\xD8"s + "\xFF\xC0\0\x11\x08"s + sides + "\x03\x01\x11\0\x02\x11\0\x03\x11\0"s +
         "\xFF\xDA\0\x0C\x03\x01\0\x02\x11\x03\x11\0\x3F\0"s + std::string(900, '\0') + "\xFF\xD9";
}

TEST_F(ImageTest, M01_MorePixelsThanTheBudgetAreRefusedBeforeDecoding) {
  EXPECT_NE(refusal(probe_image(file_of(huge_jpeg("\xFF\xFF\xFF\xFF")).get())), "");
  const auto file = file_of(huge_jpeg("\xFD\xE8\xFD\xE8"));
  EXPECT_EQ(refusal(probe_image(file.get())),
            "The picture has 65000 x 65000 pixels; at most 67 million are taken. Scale it down and "
            "upload that.");
  const auto rendition = render_jpeg(file.get(), {});
  ASSERT_FALSE(rendition);
  EXPECT_EQ(rendition.error().kind, ErrorKind::invalid);
}

TEST_F(ImageTest, M01_AGifOfAMillionFramesIsRefused) {
  const std::string frame = "\x2C\0\0\0\0\1\0\1\0\0\x02\x02\x44\x01\0"s;
  std::string gif = "GIF89a\1\0\1\0\x80\0\0\0\0\0\xFF\xFF\xFF"s;
  gif.reserve(gif.size() + frame.size() * 1'000'000);
  for (int i = 0; i < 1'000'000; ++i) gif += frame;
  gif += ';';
  EXPECT_NE(refusal(probe_image(file_of(gif).get())), "");
}

TEST_F(ImageTest, AnAnimationHasADuration) {
  const std::string frame = "\x21\xF9\x04\0\x14\0\0\0\x2C\0\0\0\0\1\0\1\0\0\x02\x02\x44\x01\0"s;
  const auto gif = "GIF89a\1\0\1\0\x80\0\0\0\0\0\xFF\xFF\xFF"s + frame + frame + frame + ";";
  const auto facts = probe_image(file_of(gif).get());
  ASSERT_TRUE(facts) << facts.error().detail;
  EXPECT_EQ(facts->duration_ms, 600);
  EXPECT_EQ(facts->frames, 3);
  EXPECT_EQ(facts->height, 1);
}

std::uint32_t crc(std::string_view bytes) {
  std::uint32_t value = ~0u;
  for (const char c : bytes) {
    value ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0);
  }
  return ~value;
}

std::string big_endian(std::uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
          static_cast<char>(value >> 8), static_cast<char>(value)};
}

std::string chunk(const std::string& type, const std::string& content) {
  return big_endian(static_cast<std::uint32_t>(content.size())) + type + content +
         big_endian(crc(type + content));
}

// A zlib stream of 'A' that grows a thousandfold: in deflate's fixed code one literal, then matches
// of length 258 at distance 1, 13 bits each (RFC 1951, 3.2.6).
std::string bomb(std::uint32_t matches) {
  std::string bytes = "\x78\x9C";
  unsigned held = 0;
  unsigned value = 0;
  const auto bit = [&](unsigned b) {
    value |= b << held;
    if (++held == 8) {
      bytes += static_cast<char>(value);
      held = value = 0;
    }
  };
  const auto code = [&](unsigned word, int bits) {  // Codes travel most significant bit first.
    while (bits-- > 0) bit(word >> bits & 1);
  };
  code(0b110, 3);       // Last block, fixed code (01, least significant first).
  code(0b01110001, 8);  // Literal 'A'.
  for (std::uint32_t i = 0; i < matches; ++i) code(0b11000101'00000, 13);
  code(0, 7);  // End of block.
  while (held != 0) bit(0);
  // Adler-32 of n times 'A', modulo 65521.
  const std::uint64_t n = 1 + 258ull * matches;
  const auto a = static_cast<std::uint32_t>((1 + 65 * n) % 65521);
  const auto b =
      static_cast<std::uint32_t>((n + 65 * (n % 131042) * ((n + 1) % 131042) / 2) % 65521);
  return bytes + big_endian(b << 16 | a);
}

TEST_F(ImageTest, M01_ACompressedTextBombStaysSmall) {
  const auto png = saved(halves(8, 8), ".png");
  const auto body = png.find("IDAT") - 4;
  // 400 KB that would be 64 MB.
  const auto text = chunk("zTXt", "Comment\0\0"s + bomb(250'000));
  const auto armed = png.substr(0, body) + text + png.substr(body);
  rusage before{};
  rusage after{};
  ::getrusage(RUSAGE_SELF, &before);
  const auto file = file_of(armed);
  (void)probe_image(file.get());  // Refused or taken; both are fine if it stays small.
  const auto rendition = render_jpeg(file.get(), {});
  ::getrusage(RUSAGE_SELF, &after);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 100 * 1024) << "KiB";
  if (rendition) EXPECT_EQ(rendition->bytes.find("AAAAAAAA"), std::string::npos);
}

TEST_F(ImageTest, ACutPictureIsRefused) {
  for (const char* suffix : {".jpg", ".png", ".webp", ".gif"}) {
    const auto whole = saved(halves(640, 480), suffix);
    for (const std::size_t length : {whole.size() / 2, std::size_t{20}}) {
      const auto rendition = render_jpeg(file_of(whole.substr(0, length)).get(), {});
      ASSERT_FALSE(rendition) << suffix << " " << length;
      EXPECT_EQ(rendition.error().kind, ErrorKind::invalid);
    }
  }
}

TEST_F(ImageTest, M01_OtherLoadersAreOff) {
  VipsImage* picture = halves(16, 16);
  const auto tiff = saved(picture, ".tif");
  for (const std::string& bytes :
       {tiff, "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"s,
        "P5 2 2 255\nabcd"s, "%PDF-1.4\n"s}) {
    EXPECT_NE(refusal(probe_image(file_of(bytes).get())), "") << bytes.substr(0, 8);
  }
}

}  // namespace
}  // namespace herald::media

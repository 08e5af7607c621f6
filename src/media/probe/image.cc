#include "media/probe/image.h"

#include <vips/vips.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

namespace herald::media {
namespace {

// Four bytes a pixel within 256 MiB (M-01): 67 million pixels, more than a phone's 50.
constexpr std::int64_t kDecodedBytesMax = 256ll << 20;
constexpr int kFramesMax = 1000;
constexpr int kSideMax = 65'500;  // What JPEG's 16 bits leave in libjpeg.

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
using Image = std::unique_ptr<VipsImage, Unref>;
using Source = std::unique_ptr<VipsSource, Unref>;

std::unexpected<Error> refuse(std::string message, std::string detail = {}) {
  auto error = fail(ErrorKind::invalid, std::move(message), std::move(detail));
  error.error().code = "media_refused";
  return error;
}

std::unexpected<Error> unreadable() {
  std::string detail = vips_error_buffer();
  vips_error_clear();
  return refuse("The picture is damaged or cut off. Export it anew and upload that.",
                std::move(detail));
}

int width_of(const Image& image) { return vips_image_get_width(image.get()); }
int height_of(const Image& image) { return vips_image_get_page_height(image.get()); }

Result<Image> open_header(const Source& source) {
  Image image(source ? vips_image_new_from_source(source.get(), "", "access",
                                                  VIPS_ACCESS_SEQUENTIAL, nullptr)
                     : nullptr);
  if (!image) return unreadable();
  const int width = width_of(image);
  const int height = height_of(image);
  if (std::int64_t{width} * height > kDecodedBytesMax / 4) {
    return refuse("The picture has " + std::to_string(width) + " x " + std::to_string(height) +
                  " pixels; at most 67 million are taken. Scale it down and upload that.");
  }
  if (vips_image_get_n_pages(image.get()) > kFramesMax) {
    return refuse("The animation has more than " + std::to_string(kFramesMax) +
                  " frames. Upload it as a video instead.");
  }
  return image;
}

std::int64_t duration_ms(const Image& image) {
  int* delays = nullptr;
  int count = 0;
  if (vips_image_get_n_pages(image.get()) < 2 || vips_image_get_typeof(image.get(), "delay") == 0 ||
      vips_image_get_array_int(image.get(), "delay", &delays, &count) != 0) {
    return 0;
  }
  std::int64_t sum = 0;
  for (int i = 0; i < count; ++i) sum += std::max(delays[i], 0);
  return sum;
}

// One finished step of a pipeline, or none.
template <class Operation>
Image step(const Image& image, Operation operation) {
  VipsImage* out = nullptr;
  return image && operation(image.get(), &out) == 0 ? Image(out) : nullptr;
}

// Whether it carries a colour profile or is made for print. Refuses what the budget refuses.
Result<bool> has_own_colours(int file) {
  const Source source(vips_source_new_from_descriptor(file));
  HERALD_TRY(const Image image, open_header(source));
  return vips_image_get_typeof(image.get(), VIPS_META_ICC_NAME) != 0 ||
         vips_image_get_interpretation(image.get()) == VIPS_INTERPRETATION_CMYK;
}

Image plain(Image image) {
  image = step(image, [](VipsImage* in, VipsImage** out) {
    return vips_colourspace(in, out, VIPS_INTERPRETATION_sRGB, nullptr);
  });
  if (image && vips_image_hasalpha(image.get())) {
    const std::unique_ptr<VipsArrayDouble, void (*)(VipsArrayDouble*)> white(
        vips_array_double_newv(1, 255.0),
        [](VipsArrayDouble* array) { vips_area_unref(VIPS_AREA(array)); });
    image = step(image, [&](VipsImage* in, VipsImage** out) {
      return vips_flatten(in, out, "background", white.get(), nullptr);
    });
  }
  return image;
}

std::string encode(const Image& image, int quality) {
  void* bytes = nullptr;
  std::size_t size = 0;
  if (vips_jpegsave_buffer(image.get(), &bytes, &size, "Q", quality, "strip", TRUE,
                           "optimize_coding", TRUE, nullptr) != 0) {
    return {};
  }
  const std::unique_ptr<void, decltype(&g_free)> owned(bytes, &g_free);
  return {static_cast<const char*>(bytes), size};
}

Result<Rendition> fit(Image image, std::uint64_t max_bytes) {
  for (;;) {
    for (const int quality : {90, 82, 74, 66, 58}) {
      auto bytes = encode(image, quality);
      if (bytes.empty()) return unreadable();
      if (bytes.size() > max_bytes) continue;
      MediaFacts facts;
      facts.content_type = "image/jpeg";
      facts.size_bytes = bytes.size();
      facts.width = width_of(image);
      facts.height = height_of(image);
      facts.frames = 1;
      return Rendition{std::move(bytes), std::move(facts)};
    }
    if (width_of(image) < 64 || height_of(image) < 64) {
      return refuse("The picture cannot be made small enough. Scale it down and upload that.");
    }
    image = step(image,
                 [](VipsImage* in, VipsImage** out) { return vips_resize(in, out, 0.7, nullptr); });
    if (!image) return unreadable();
  }
}

}  // namespace

Result<Done> start_images() {
  ::setenv("VIPSHOME", "/nonexistent", 1);  // No modules: their loaders are not wanted.
  if (vips_init("herald-probe") != 0) {
    return fail(ErrorKind::internal, "libvips does not start.", vips_error_buffer());
  }
  // What it would warn of stands in the answer, or is the file's own business.
  g_log_set_handler(
      "VIPS", G_LOG_LEVEL_MASK, [](const char*, GLogLevelFlags, const char*, void*) {}, nullptr);
  vips_cache_set_max(0);
  vips_concurrency_set(1);
  vips_operation_block_set("VipsForeignLoad", TRUE);
  for (const char* loader : {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp",
                             "VipsForeignLoadNsgif"}) {
    vips_operation_block_set(loader, FALSE);
  }
  return Done{};
}

Result<MediaFacts> probe_image(int file) {
  const Source source(vips_source_new_from_descriptor(file));
  HERALD_TRY(const Image image, open_header(source));
  MediaFacts facts;
  facts.width = width_of(image);
  facts.height = height_of(image);
  if (vips_image_get_orientation_swap(image.get())) std::swap(facts.width, facts.height);
  facts.frames = std::max(vips_image_get_n_pages(image.get()), 1);
  facts.duration_ms = duration_ms(image);
  return facts;
}

Result<Rendition> render_jpeg(int file, const JpegLimits& limits) {
  HERALD_TRY(const bool has_colours, has_own_colours(file));
  const Source source(vips_source_new_from_descriptor(file));
  VipsImage* small = nullptr;
  // Turns it upright, shrinks while loading, and converts from the picture's own colours (where it
  // has none the conversion would shift them). fail_on must be in the string: libvips 8.14 drops
  // the option for JPEG.
  const int error =
      vips_thumbnail_source(source.get(), &small, limits.max_width, "height", kSideMax, "size",
                            VIPS_SIZE_DOWN, "option_string", "[fail_on=truncated]",
                            has_colours ? "export_profile" : nullptr, "srgb", nullptr);
  if (error != 0) return unreadable();
  Image image = plain(Image(small));
  // Decoded once here; the attempts below start from memory.
  if (image) image = Image(vips_image_copy_memory(image.get()));
  if (!image) return unreadable();
  return fit(std::move(image), limits.max_bytes);
}

Result<Rendition> render_jpeg(const Pixels& pixels, const JpegLimits& limits) {
  Image image(vips_image_new_from_memory_copy(pixels.rgb.data(), pixels.rgb.size(), pixels.width,
                                              pixels.height, 3, VIPS_FORMAT_UCHAR));
  image = step(image, [](VipsImage* in, VipsImage** out) {
    return vips_copy(in, out, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr);
  });
  image = step(image, [&](VipsImage* in, VipsImage** out) {
    return vips_rot(in, out, static_cast<VipsAngle>(pixels.clockwise_degrees / 90), nullptr);
  });
  if (!image) return unreadable();
  return fit(std::move(image), limits.max_bytes);
}

}  // namespace herald::media

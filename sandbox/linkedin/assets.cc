#include "sandbox/linkedin/assets.h"

#include <algorithm>

#include "sandbox/gif.h"
#include "sandbox/image_facts.h"
#include "sandbox/linkedin/urn.h"
#include "sandbox/video_facts.h"

namespace herald::sandbox::linkedin {

namespace {

// Limits: learn.microsoft.com, Images, Videos and Documents APIs (li-lms-2026-05).
constexpr std::int64_t kPixelsMax = 36'152'320;
constexpr std::int64_t kGifFramesMax = 250;
constexpr std::int64_t kShortestMs = 3'000;
constexpr std::int64_t kLongestMs = 30LL * 60 * 1000;
constexpr double kSideRatioMax = 2.4;
constexpr std::size_t kDocumentBytesMax = 100 * 1024 * 1024;
constexpr std::size_t kPagesMax = 300;

constexpr std::int64_t kImageWorkMs = 1'500;
constexpr std::int64_t kDocumentWorkMs = 4'000;
constexpr std::int64_t kVideoWorkMs = 3'000;

void look_into_image(Asset& asset, std::string_view bytes) {
  const auto facts = image_facts(bytes);
  if (!facts || facts->format == "webp") {
    asset.failure = "The image is no JPG, PNG or GIF";
    return;
  }
  asset.type = "image/" + (facts->format == "mpo" ? "jpeg" : facts->format);
  asset.width = facts->width;
  asset.height = facts->height;
  if (const auto gif = gif_facts(bytes)) {
    asset.width = gif->width;
    asset.height = gif->height;
    if (gif->frames > kGifFramesMax) asset.failure = "The GIF has too many frames";
  }
  if (static_cast<std::int64_t>(asset.width) * asset.height >= kPixelsMax)
    asset.failure = "The image has too many pixels";
}

std::size_t pages_in(std::string_view pdf) {
  std::size_t pages = 0;
  for (const std::string_view mark : {"/Type/Page", "/Type /Page"})
    for (auto at = pdf.find(mark); at != pdf.npos; at = pdf.find(mark, at + 1))
      pages += pdf.substr(at + mark.size(), 1) == "s" ? 0 : 1;
  return pages;
}

void look_into_document(Asset& asset, std::string_view bytes) {
  const bool pdf = bytes.starts_with("%PDF-");
  const bool zipped = bytes.starts_with("PK\x03\x04");          // PPTX, DOCX.
  const bool compound = bytes.starts_with("\xD0\xCF\x11\xE0");  // PPT, DOC.
  asset.type = pdf ? "application/pdf" : "application/octet-stream";
  if (!pdf && !zipped && !compound) asset.failure = "The document is of no known format";
  if (bytes.size() > kDocumentBytesMax) asset.failure = "The document is too large";
  if (pdf && pages_in(bytes) > kPagesMax) asset.failure = "The document has too many pages";
}

void look_into_video(Asset& asset, std::string_view bytes) {
  const auto facts = video_facts(bytes);
  asset.type = "video/mp4";
  if (!facts) {
    asset.failure = "The video is no MP4 file";
    return;
  }
  asset.width = facts->width;
  asset.height = facts->height;
  asset.duration_ms = facts->duration_ms;
  const auto [short_side, long_side] = std::minmax(facts->width, facts->height);
  if (facts->duration_ms < kShortestMs || facts->duration_ms > kLongestMs)
    asset.failure = "The duration of the video is out of range";
  if (short_side <= 0 || long_side > kSideRatioMax * short_side)
    asset.failure = "The aspect ratio of the video is out of range";
}

}  // namespace

std::string kind_of(const Asset& asset) {
  const auto urn = read_urn(asset.urn);
  return urn ? urn->type : std::string();
}

std::string_view status_of(const Context& x, const Asset& asset) {
  if (!asset.uploaded) return "WAITING_UPLOAD";
  if (x.now_ms() < asset.ready_ms) return "PROCESSING";
  return asset.failure.empty() ? "AVAILABLE" : "PROCESSING_FAILED";
}

void take_file(Context& x, Asset& asset, std::string_view bytes) {
  const auto kind = kind_of(asset);
  if (kind == "image") look_into_image(asset, bytes);
  if (kind == "document") look_into_document(asset, bytes);
  if (kind == "video") look_into_video(asset, bytes);
  asset.digest = x.world.media.keep(bytes);
  asset.uploaded = true;
  const auto work_ms = kind == "image"      ? kImageWorkMs
                       : kind == "document" ? kDocumentWorkMs
                                            : kVideoWorkMs + asset.duration_ms / 8;
  asset.ready_ms = x.now_ms() + x.scaled(work_ms);
  if (x.state.outcomes.empty()) return;
  const auto outcome = x.state.outcomes.front();
  x.state.outcomes.erase(x.state.outcomes.begin());
  if (outcome != "succeeded") asset.failure = outcome;
}

Checked<Done> check_postable(const Context& x, const std::string& urn, std::string_view author) {
  const auto found = x.state.assets.find(urn);
  if (found == x.state.assets.end()) return Refused(invalid_urn_id("/content", urn));
  if (found->second.owner != author) return Refused(invalid_value("/content", urn));
  const auto status = status_of(x, found->second);
  if (status == "PROCESSING_FAILED") return Refused(media_failed());
  if (status != "AVAILABLE") return Refused(media_waiting());
  return Done{};
}

}  // namespace herald::sandbox::linkedin

#include "media/sniff.h"

#include <algorithm>
#include <array>
#include <string>

#include "media/captions.h"
#include "media/office.h"

namespace herald::media {
namespace {

struct Spec {
  Format format;
  std::string_view types;       // Declared types that mean it, the right one first.
  std::string_view extensions;  // Separated by blanks.
  const char* name;
  const char* advice;  // Null: may be published.
};

constexpr const char* kSaveAsPicture = "Save it as JPEG or PNG and upload that.";
constexpr const char* kSaveAsVideo = "Export it as MP4 (H.264, AAC) and upload that.";
constexpr const char* kNotMedia =
    "Upload a picture (JPEG, PNG, WebP, GIF), a video (MP4, MOV), a document (PDF, PPTX, DOCX) or "
    "captions (VTT, SRT).";
constexpr std::uint64_t kDocumentBytesMax = 100ULL << 20;  // LinkedIn's.

constexpr std::array<Spec, 28> kSpecs{{
    {Format::unknown, "", "", "a file of an unknown kind", kNotMedia},
    {Format::jpeg, "image/jpeg image/jpg image/pjpeg", "jpg jpeg jpe jfif", "a JPEG picture", {}},
    {Format::png, "image/png image/apng", "png apng", "a PNG picture", {}},
    {Format::gif, "image/gif", "gif", "a GIF picture", {}},
    {Format::webp, "image/webp", "webp", "a WebP picture", {}},
    {Format::mp4,
     "video/mp4 video/x-m4v video/3gpp video/3gpp2",
     "mp4 m4v mp4v 3gp 3g2",
     "an MP4 video",
     {}},
    {Format::quicktime, "video/quicktime", "mov qt", "a QuickTime video", {}},
    {Format::webm, "video/webm", "webm", "a WebM video", {}},
    {Format::matroska, "video/x-matroska video/matroska", "mkv", "a Matroska video", {}},
    {Format::pdf, "application/pdf", "pdf", "a PDF document", {}},
    {Format::ppt, "application/vnd.ms-powerpoint", "ppt", "a PowerPoint document", {}},
    {Format::pptx,
     "application/vnd.openxmlformats-officedocument.presentationml.presentation",
     "pptx",
     "a PowerPoint document",
     {}},
    {Format::doc, "application/msword", "doc", "a Word document", {}},
    {Format::docx,
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     "docx",
     "a Word document",
     {}},
    {Format::web_vtt, "text/vtt", "vtt", "WebVTT captions", {}},
    {Format::sub_rip, "application/x-subrip text/srt", "srt", "SubRip captions", {}},
    {Format::heic, "image/heic image/heif", "heic heif hif", "a HEIC picture", kSaveAsPicture},
    {Format::avif, "image/avif", "avif", "an AVIF picture", kSaveAsPicture},
    {Format::tiff, "image/tiff", "tif tiff", "a TIFF picture", kSaveAsPicture},
    {Format::bmp, "image/bmp", "bmp", "a BMP picture", kSaveAsPicture},
    {Format::svg, "image/svg+xml", "svg svgz", "an SVG drawing", kSaveAsPicture},
    {Format::html, "text/html application/xhtml+xml", "html htm xhtml", "a web page", kNotMedia},
    {Format::playlist, "application/vnd.apple.mpegurl application/x-mpegurl application/dash+xml",
     "m3u8 m3u mpd ffconcat", "a playlist that points at other files", kSaveAsVideo},
    {Format::avi, "video/x-msvideo video/avi", "avi", "an AVI video", kSaveAsVideo},
    {Format::audio, "audio/mpeg audio/mp4 audio/ogg audio/wav audio/flac audio/aac",
     "mp3 m4a m4b ogg opus wav flac aac", "a sound without pictures", kNotMedia},
    {Format::archive, "application/zip application/x-zip-compressed", "zip jar xlsx odt odp epub",
     "an archive", kNotMedia},
    {Format::compound, "application/x-ole-storage", "xls msi msg", "an old Office file", kNotMedia},
    {Format::macro_document, "", "docm pptm", "a document with macros",
     "Save it without macros, or as PDF, and upload that."},
}};

const Spec& spec_of(Format format) { return *std::ranges::find(kSpecs, format, &Spec::format); }

bool lists(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const auto end = std::min(list.find(' '), list.size());
    if (list.substr(0, end) == word) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string_view at(std::string_view bytes, std::size_t offset, std::size_t length) {
  return offset < bytes.size() ? bytes.substr(offset, length) : std::string_view{};
}

bool is_any(std::string_view brand, std::initializer_list<std::string_view> brands) {
  return std::ranges::find(brands, brand) != brands.end();
}

bool is_movie_brand(std::string_view brand) {
  return brand.starts_with("iso") || brand.starts_with("mp4") || brand.starts_with("3g") ||
         brand.starts_with("M4V") ||
         is_any(brand, {"avc1", "MSNV", "NDAS", "f4v ", "mp71", "mmp4", "XAVC", "dby1"});
}

// ISO 14496-12, 4.3: 'ftyp' holds the major brand, a version and the brands it is compatible with.
Format by_brand(std::string_view head) {
  const auto major = at(head, 8, 4);
  if (major == "qt  ") return Format::quicktime;
  if (is_any(major, {"avif", "avis"})) return Format::avif;
  if (is_any(major, {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"})) {
    return Format::heic;
  }
  if (is_any(major, {"M4A ", "M4B ", "M4P ", "F4A "})) return Format::audio;
  if (is_movie_brand(major)) return Format::mp4;
  std::size_t end = 0;
  for (const char c : at(head, 0, 4)) end = end << 8 | static_cast<unsigned char>(c);
  end = std::min({end, head.size(), std::size_t{128}});
  for (std::size_t i = 16; i + 4 <= end; i += 4) {
    if (is_movie_brand(head.substr(i, 4))) return Format::mp4;
  }
  return Format::unknown;
}

Format by_riff(std::string_view head) {
  const auto kind = at(head, 8, 4);
  if (kind == "WEBP") return Format::webp;
  if (kind == "AVI ") return Format::avi;
  return kind == "WAVE" ? Format::audio : Format::unknown;
}

Format by_text(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const auto first = head.find_first_not_of(" \t\r\n");
  if (first == head.npos) return Format::unknown;
  const auto text = lower(head.substr(first));
  if (text.starts_with("#extm3u") || text.starts_with("ffconcat")) return Format::playlist;
  if (text.front() != '<') return Format::unknown;
  if (text.find("<mpd") != text.npos) return Format::playlist;
  if (text.find("<html") != text.npos || text.starts_with("<!doctype html")) return Format::html;
  if (text.find("<svg") != text.npos) return Format::svg;
  return text.starts_with("<?xml") ? Format::unknown : Format::html;
}

// The claims of the common readers that do not insist on the first byte.
bool is_also_something_else(std::string_view head) {
  const auto text = lower(at(head, 1, 1023));  // Its own mark stands before.
  constexpr std::array<std::string_view, 6> kMarks{"%pdf-", "<html",          "<script",
                                                   "<svg",  "<!doctype html", "#extm3u"};
  return std::ranges::any_of(kMarks, [&](auto mark) { return text.find(mark) != text.npos; });
}

// A PDF is read from its end as well, and so is an archive.
Result<bool> is_twofold(ByteSource& file, Format found, std::string_view head) {
  if (is_also_something_else(head)) return true;
  return found == Format::pdf ? ends_as_archive(file) : false;
}

Result<Format> look_inside(ByteSource& file, Format outside) {
  if (outside == Format::archive) return open_xml_format(file);
  if (outside == Format::compound) return compound_format(file);
  return outside;
}

bool is_compatible(Format found, Format claimed) {
  const auto family = [](Format format) {
    if (format == Format::quicktime) return Format::mp4;
    return format == Format::matroska ? Format::webm : format;
  };
  return family(found) == family(claimed);
}

std::unexpected<Error> refuse(std::string message) {
  auto error = fail(ErrorKind::invalid, std::move(message));
  error.error().code = "media_refused";
  return error;
}

Result<Done> hold_against(Format found, const DeclaredFile& declared) {
  const std::string is = std::string(", but its bytes are ") + spec_of(found).name + ". ";
  auto type = lower(declared.content_type.substr(0, declared.content_type.find(';')));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  const bool plain = type == "text/plain" && type_of(found) == MediaType::captions;
  if (!type.empty() && type != "application/octet-stream" && !plain) {
    const auto claimed =
        std::ranges::find_if(kSpecs, [&](const Spec& spec) { return lists(spec.types, type); });
    if (claimed == kSpecs.end() || !is_compatible(found, claimed->format)) {
      const char* as = claimed == kSpecs.end() ? "something else" : claimed->name;
      return refuse(std::string("The file was announced as ") + as + is +
                    "Send it with the type that it has.");
    }
  }
  const auto dot = declared.filename.rfind('.');
  if (dot == std::string::npos) return Done{};
  const auto extension = lower(std::string_view(declared.filename).substr(dot + 1));
  const auto claimed = std::ranges::find_if(
      kSpecs, [&](const Spec& spec) { return lists(spec.extensions, extension); });
  if (claimed == kSpecs.end() || is_compatible(found, claimed->format)) return Done{};
  return refuse("The name ends in ." + extension + is + "Rename it, or choose the right file.");
}

}  // namespace

Format sniff(std::string_view head) {
  head = head.substr(0, kSniffBytes);
  if (head.starts_with("\xFF\xD8\xFF")) return Format::jpeg;
  if (head.starts_with("\x89PNG\r\n\x1A\n")) return Format::png;
  if (head.starts_with("GIF87a") || head.starts_with("GIF89a")) return Format::gif;
  if (head.starts_with("RIFF")) return by_riff(head);
  if (head.starts_with("\x1A\x45\xDF\xA3")) {
    const auto start = at(head, 0, 64);
    if (start.find("webm") != start.npos) return Format::webm;
    return start.find("matroska") != start.npos ? Format::matroska : Format::unknown;
  }
  const auto box = at(head, 4, 4);
  if (box == "ftyp") return by_brand(head);
  if (is_any(box, {"moov", "mdat", "wide", "free", "skip", "pnot"})) return Format::quicktime;
  if (head.starts_with("%PDF-")) return Format::pdf;
  if (head.starts_with("PK\3\4")) return Format::archive;
  if (head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return Format::compound;
  if (head.starts_with(std::string_view("II*\0", 4)) ||
      head.starts_with(std::string_view("MM\0*", 4))) {
    return Format::tiff;
  }
  if (head.starts_with("BM") && at(head, 6, 4) == std::string_view("\0\0\0\0", 4)) {
    return Format::bmp;
  }
  if (head.starts_with("ID3") || head.starts_with("OggS") || head.starts_with("fLaC")) {
    return Format::audio;
  }
  if (is_web_vtt(head)) return Format::web_vtt;
  if (begins_with_cue(head)) return Format::sub_rip;
  return by_text(head);
}

Result<Format> admit(ByteSource& file, const DeclaredFile& declared) {
  std::array<char, kSniffBytes> room{};
  HERALD_TRY(const std::size_t count, file.read_at(0, room));
  const std::string_view head(room.data(), count);
  if (head.empty()) return refuse("The file is empty. Choose another one.");
  HERALD_TRY(const Format found, look_inside(file, sniff(head)));
  const Spec& spec = spec_of(found);
  if (spec.advice != nullptr) {
    return refuse(std::string("This is ") + spec.name + ". " + spec.advice);
  }
  HERALD_TRY(const bool twofold, is_twofold(file, found, head));
  if (twofold) {
    return refuse(std::string("This is ") + spec.name +
                  " that is also a document of another kind. Export it anew and upload that.");
  }
  HERALD_CHECK(hold_against(found, declared));
  if (type_of(found) == MediaType::document && file.size() > kDocumentBytesMax) {
    return refuse("The document is too large: at most 100 MB are taken. Make it smaller.");
  }
  if (type_of(found) == MediaType::captions) HERALD_CHECK(check_captions(file));
  return found;
}

MediaType type_of(Format format) {
  const auto type = content_type_of(format);
  if (type.starts_with("video/")) return MediaType::video;
  if (type.starts_with("image/")) return MediaType::image;
  const bool captions = format == Format::web_vtt || format == Format::sub_rip;
  return captions ? MediaType::captions : MediaType::document;
}

std::string content_type_of(Format format) {
  const auto types = spec_of(format).types;
  return std::string(types.substr(0, types.find(' ')));
}

}  // namespace herald::media

// A probe that decodes nothing. For tests.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "crypto/digest.h"
#include "domain/encoding.h"
#include "ports/media_probe.h"

namespace herald::http {

// Takes the first five letters' word for what a file is.
class WordProbe final : public MediaProbe {
 public:
  Result<MediaFacts> probe(const std::string& path, const DeclaredFile&) override {
    const std::string bytes = bytes_of(path);
    MediaFacts facts;
    facts.size_bytes = bytes.size();
    facts.frames = bytes.starts_with("JPEG*") ? 12 : 0;
    facts.width = facts.height = 1080;
    if (bytes.starts_with("JPEG")) {
      facts.content_type = "image/jpeg";
    } else if (bytes.starts_with("VIDEO")) {
      facts.type = MediaType::video;
      facts.content_type = "video/mp4";
      facts.duration_ms = 10'000;
      facts.video_codec = "h264";
    } else if (bytes.starts_with("PAPER")) {
      facts.type = MediaType::document;
      facts.content_type = "application/pdf";
    } else {
      return fail(ErrorKind::invalid, "This is neither a picture nor a video.");
    }
    return facts;
  }
  Result<std::string> hash(const std::string& path) override {
    return to_hex(sha256(bytes_of(path)));
  }
  Result<Rendition> make_jpeg(const std::string&, const JpegLimits&) override {
    Rendition small;
    small.bytes = "JPEG small";
    small.facts.content_type = "image/jpeg";
    small.facts.size_bytes = small.bytes.size();
    small.facts.sha256_hex = to_hex(sha256(small.bytes));
    return small;
  }
  // Of a video whose word is followed by a star no frame can be read.
  Result<Rendition> make_preview(const std::string& path, const JpegLimits& limits) override {
    if (bytes_of(path).starts_with("VIDEO*")) return fail(ErrorKind::invalid, "It is broken.");
    auto frame = make_jpeg(path, limits);
    frame->bytes = "JPEG frame";
    return frame;
  }

 private:
  static std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
  }
};

}  // namespace herald::http

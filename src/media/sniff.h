// What a file is, by its first bytes; names and declared types are only held against that. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "domain/media.h"
#include "domain/result.h"
#include "ports/media_probe.h"

namespace herald::media {

enum class Format {
  unknown,
  jpeg,
  png,
  gif,
  webp,
  mp4,
  quicktime,
  webm,
  matroska,
  // Known in order to be refused with a useful sentence:
  heic,
  avif,
  tiff,
  bmp,
  svg,
  html,
  pdf,
  playlist,
  avi,
  audio,
};

// As many first bytes as sniff() may look at; fewer is right only for a shorter file.
inline constexpr std::size_t kSniffBytes = 4096;

Format sniff(std::string_view head);

// The format of a file that may be published, or invalid with a sentence for the uploader: not a
// publishable format, one file that is two at once, or bytes that are not what was declared.
Result<Format> admit(std::string_view head, const DeclaredFile& declared);

// Of a format that admit() lets pass.
MediaType type_of(Format format);
std::string content_type_of(Format format);

}  // namespace herald::media

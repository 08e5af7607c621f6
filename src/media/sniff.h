// What a file is, by its bytes; names and declared types are only held against that.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "domain/media.h"
#include "domain/result.h"
#include "media/byte_source.h"
#include "media/format.h"
#include "ports/media_probe.h"

namespace herald::media {

// As many first bytes as sniff() may look at; fewer is right only for a shorter file.
inline constexpr std::size_t kSniffBytes = 4096;

// By its first bytes alone: an archive or an old Office file stays what it is outside.
Format sniff(std::string_view head);

// The format of a file that may be published, or invalid with a sentence for the uploader: not a
// publishable format, one file that is two at once, or bytes that are not what was declared. Reads
// the first bytes, of a document its table of contents too, and captions as a whole.
Result<Format> admit(ByteSource& file, const DeclaredFile& declared);

// Of a format that admit() lets pass.
MediaType type_of(Format format);
std::string content_type_of(Format format);

}  // namespace herald::media

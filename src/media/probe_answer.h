// What the probe program says on its output: one word, lines, and for a rendition the bytes after
// an empty line. The reader trusts nothing: a decoder that was taken over may have written it.
#pragma once

#include <string>
#include <string_view>

#include "domain/media.h"
#include "domain/result.h"
#include "ports/media_probe.h"

namespace herald::media {

// Says pixels, times and codecs; type, content type, size and hash are for the reader to know.
std::string write_facts(const MediaFacts& facts);
std::string write_rendition(const Rendition& rendition);
std::string write_refusal(const Error& error);

// The Error that was written, or internal for anything that is not a well-formed answer.
Result<MediaFacts> read_facts(std::string_view answer);
Result<Rendition> read_rendition(std::string_view answer);

}  // namespace herald::media

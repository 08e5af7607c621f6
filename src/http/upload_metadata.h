// The Upload-Metadata header of tus 1.0: "filename d29ybGQ=,is_public". Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace herald::http {

// What Herald takes of it; other keys are the client's own business.
struct UploadMetadata {
  std::string filename;  // Without folders; UTF-8, no control characters, at most 255 bytes.
  std::string filetype;
};

// malformed_upload_metadata (400): not key and base64 pairs, a key twice, a value that is not UTF-8
// or holds a control character, a name of more than 1024 bytes.
Result<UploadMetadata> read_upload_metadata(std::string_view header);
// The same as a header again; empty when there is nothing to say.
std::string upload_metadata_header(const UploadMetadata& metadata);

// RFC 4648 section 4, padded and canonical; nothing else is taken.
std::optional<std::string> from_base64(std::string_view text);
std::string to_base64(std::string_view bytes);

}  // namespace herald::http

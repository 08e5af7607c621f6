// Reads an object from some byte on, by one ranged request for each piece: as much memory as a
// piece, whatever the object's size.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "media/s3/client.h"
#include "ports/media_folder.h"

namespace herald::media {

// Fetches the first piece. not_found: there is no such object. `client` must outlive it. When the
// object is replaced while it is read, reading fails: bytes of two never meet.
Result<std::unique_ptr<MediaReader>> open_s3_reader(S3Client& client, std::string key,
                                                    std::uint64_t offset);

}  // namespace herald::media

// Copies of media on this machine, for as long as a program looks at them.
#pragma once

#include <cstdint>
#include <string>

#include "ports/media_folder.h"

namespace herald::media {

// Makes the folder, 0700, and takes away what a process that died left in it.
Result<Done> make_spool(const std::string& folder);

// All of the reader's bytes, which are so many. storage_full: the disk would have less than
// `free_bytes_min` left; nothing is copied then.
Result<LocalFile> spool_copy(const std::string& folder, MediaReader& reader, std::uint64_t bytes,
                             std::uint64_t free_bytes_min);

}  // namespace herald::media

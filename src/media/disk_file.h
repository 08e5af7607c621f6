// The system calls under the disk folder, with errors as the house knows them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "domain/result.h"
#include "media/descriptor.h"
#include "ports/media_folder.h"

namespace herald::media {

// errno as an Error: storage_full, not_found, or unavailable with `what` in the detail.
std::unexpected<Error> disk_failure(const std::string& what, int error_number);

Result<Descriptor> open_file(const std::string& path, int flags);
// Makes a folder, 0700; fine if it exists.
Result<Done> make_folder(const std::string& path);
// Makes the names inside a folder durable.
Result<Done> sync_folder(const std::string& path);
Result<Done> write_all(const Descriptor& file, std::string_view bytes, std::uint64_t offset);

std::unique_ptr<MediaWriter> make_disk_writer(Descriptor file, std::uint64_t end);
std::unique_ptr<MediaReader> make_disk_reader(Descriptor file, std::uint64_t offset);

}  // namespace herald::media

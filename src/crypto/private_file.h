// Key material in a file of its own, as systemd credentials and Docker secrets give it.
#pragma once

#include <string>

#include "domain/result.h"
#include "domain/secret.h"

namespace herald {

// invalid, with the reason: not a plain file, over 64 KiB, not owned by this user or root, or
// readable by anybody else (mode other than 0400 or 0600; V-19). Blocks for the disk.
Result<Secret> read_private_file(const std::string& path);

}  // namespace herald

// Where this installation keeps media: the data folder, or a bucket.
#pragma once

#include <memory>

#include "config/config.h"
#include "ports/digest.h"
#include "ports/media_folder.h"
#include "ports/random.h"

namespace herald {

// `digest` and `random` must outlive it. unavailable: it cannot be used; the message says what to
// check. One process to a data folder: what an earlier one left in its spool is removed.
Result<std::unique_ptr<MediaFolder>> open_media_place(const Config& config, const Digest& digest,
                                                      Random& random);

// For a command beside a running server: whether a bucket that is set can be used. Changes nothing.
Result<Done> check_media_place(const Config& config, const Digest& digest);

}  // namespace herald

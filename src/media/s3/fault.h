// What an object store's refusals mean to Herald: decided by its error code, never by its text.
#pragma once

#include <string>
#include <string_view>

#include "domain/result.h"

namespace herald::media {

// By what the caller does about it.
enum class S3Reaction {
  missing,  // There is no such thing.
  moved,    // Somebody else changed it first.
  outside,  // The object has no such bytes.
  again,    // Not done, or not known to be: ask again at once, if asking twice does no harm.
  busy,     // Not done: ask again later.
  full,     // There is no room.
  refused,  // Nothing will help but the operator.
};

// `code` as the store names it ("NoSuchKey"); unknown or empty: by the status.
S3Reaction reaction_to(std::string_view code, int status);

// `what`: which request failed, for the log.
Error s3_error(S3Reaction reaction, const std::string& what);

}  // namespace herald::media

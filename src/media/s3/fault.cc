#include "media/s3/fault.h"

#include <algorithm>
#include <iterator>

namespace herald::media {
namespace {

struct Meaning {
  std::string_view code;
  S3Reaction reaction;
};

// Amazon S3 API Reference, "Error responses", read 2026-11-22; XMinio...: MinIO's own.
constexpr Meaning kMeanings[] = {
    {"NoSuchKey", S3Reaction::missing},
    {"NoSuchUpload", S3Reaction::missing},
    {"PreconditionFailed", S3Reaction::moved},
    {"ConditionalRequestConflict", S3Reaction::moved},
    {"InvalidRange", S3Reaction::outside},
    {"InternalError", S3Reaction::again},
    {"OperationAborted", S3Reaction::again},
    {"RequestTimeout", S3Reaction::again},
    // Damaged on its way.
    {"BadDigest", S3Reaction::again},
    {"XAmzContentSHA256Mismatch", S3Reaction::again},
    {"IncompleteBody", S3Reaction::again},
    {"SlowDown", S3Reaction::busy},
    {"SlowDownRead", S3Reaction::busy},
    {"SlowDownWrite", S3Reaction::busy},
    {"ServiceUnavailable", S3Reaction::busy},
    {"TooManyRequests", S3Reaction::busy},
    {"RequestLimitExceeded", S3Reaction::busy},
    {"QuotaExceeded", S3Reaction::full},
    {"InsufficientStorage", S3Reaction::full},
    {"XMinioStorageFull", S3Reaction::full},
    {"XMinioAdminBucketQuotaExceeded", S3Reaction::full},
    {"NoSuchBucket", S3Reaction::refused},
    {"AccessDenied", S3Reaction::refused},
    {"AllAccessDisabled", S3Reaction::refused},
    {"AccountProblem", S3Reaction::refused},
    {"AuthorizationHeaderMalformed", S3Reaction::refused},  // Another region, too.
    {"ExpiredToken", S3Reaction::refused},
    {"InvalidAccessKeyId", S3Reaction::refused},
    {"InvalidBucketName", S3Reaction::refused},
    {"PermanentRedirect", S3Reaction::refused},
    {"RequestTimeTooSkewed", S3Reaction::refused},
    {"SignatureDoesNotMatch", S3Reaction::refused},
};

S3Reaction by_status(int status) {
  switch (status) {
    case 404:
      return S3Reaction::missing;
    case 412:
      return S3Reaction::moved;
    case 416:
      return S3Reaction::outside;
    case 429:
    case 503:
      return S3Reaction::busy;
    case 507:
      return S3Reaction::full;
    default:
      return status >= 500 ? S3Reaction::again : S3Reaction::refused;
  }
}

}  // namespace

S3Reaction reaction_to(std::string_view code, int status) {
  const auto* known = std::ranges::find(kMeanings, code, &Meaning::code);
  return known != std::end(kMeanings) ? known->reaction : by_status(status);
}

Error s3_error(S3Reaction reaction, const std::string& what) {
  switch (reaction) {
    case S3Reaction::missing:
      return {ErrorKind::not_found, "There is no such file.", what, {}, {}};
    case S3Reaction::moved:
      return {ErrorKind::conflict,
              "Another upload of this file went on meanwhile. Ask where it stands and go on.",
              what,
              {},
              {}};
    case S3Reaction::outside:
      return {ErrorKind::invalid, "The file has no such bytes.", what, {}, {}};
    case S3Reaction::full:
      return {ErrorKind::unavailable,
              "There is no room for this file. Remove others, or try again later.",
              what,
              {},
              "storage_full"};
    case S3Reaction::busy:
      return {ErrorKind::unavailable, "The media storage is busy. Try again in some seconds.", what,
              std::chrono::seconds(5), "storage_busy"};
    case S3Reaction::again:
    case S3Reaction::refused:
      break;
  }
  return {ErrorKind::unavailable, "The media storage failed. Try again.", what, {}, {}};
}

}  // namespace herald::media

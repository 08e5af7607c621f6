// An original on its way into an object store, from one writer. Parts are sent as they fill; what
// is acknowledged is in the record, with the piece that fills no part yet (docs/adr/0030).
#pragma once

#include <memory>
#include <string>

#include "media/s3/client.h"
#include "media/s3/turns.h"
#include "media/s3/upload_record.h"
#include "ports/media_folder.h"
#include "ports/random.h"

namespace herald::media {

// The record as it stands in the store.
struct StoredRecord {
  UploadRecord record;
  std::string etag;  // Empty: it is not there yet.
};

struct UploadPlace {
  S3Client& client;
  Random& random;
  std::string record_key;
  std::string original_key;
};

// The size that the record speaks of, beside its bytes.
inline constexpr std::string_view kSizeHeader = "x-amz-meta-herald-size";

// not_found: there is none.
Result<StoredRecord> load_record(const UploadPlace& place);
// Writes it only where nobody else has written since it was loaded: conflict. not_found: removed.
Result<Done> save_record(const UploadPlace& place, StoredRecord& stored);

std::unique_ptr<MediaWriter> make_s3_writer(UploadPlace place, StoredRecord stored,
                                            Turns::Turn turn);

}  // namespace herald::media

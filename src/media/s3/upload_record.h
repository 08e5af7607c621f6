// How an upload that is not whole yet stands, as one object of the store: writing it is the moment
// at which bytes count. It holds what a part must not be made of (its last, short piece) itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "media/s3/answer_xml.h"

namespace herald::media {

struct UploadRecord {
  std::uint64_t expected_bytes = 0;
  std::uint64_t part_bytes = 0;  // Of every part but the last.
  std::string upload_id;         // The store's, of the upload in parts; empty: none was begun.
  std::string revision;          // Another one each time this is written.
  std::string sender;            // Who sends parts and has not said that they stopped.
  int next_number = 1;
  std::vector<SentPart> parts;
  std::string tail;  // What came after the parts.

  std::uint64_t size() const { return parts.size() * part_bytes + tail.size(); }
};

// Parts that an upload of so many bytes is sent in. At least 8 MiB: stores want 5, and for each
// part this record is written. So many bytes of memory each writer takes.
std::uint64_t part_bytes_for(std::uint64_t expected_bytes);
// The store's numbers of parts end here. Half of them are for senders that died.
constexpr int kPartNumberMax = 10'000;

std::string written(const UploadRecord& record);
// internal: it is none, or of a later version of Herald.
Result<UploadRecord> read_upload_record(std::string_view bytes);

}  // namespace herald::media

// The few things that an object store says in XML.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace herald::media {

struct S3Object {
  std::string key;
  std::uint64_t bytes = 0;
};

struct S3Listing {
  std::vector<S3Object> objects;  // In the order of their keys.
  std::string next;               // Where the rest begins; empty: that was all.
};

// Nothing when the text is something else.
std::optional<std::string> error_code_of(const std::string& xml);
std::optional<std::string> upload_id_of(const std::string& xml);
std::optional<S3Listing> listing_of(const std::string& xml);

struct SentPart {
  int number = 0;
  std::string etag;  // As the store gave it, with its quotes.
};
// What completes an upload in parts.
std::string completion_xml(const std::vector<SentPart>& parts);

}  // namespace herald::media

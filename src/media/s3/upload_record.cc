#include "media/s3/upload_record.h"

#include <algorithm>
#include <boost/json.hpp>

namespace herald::media {
namespace {

namespace json = boost::json;

constexpr std::uint64_t kPartBytesMin = 8u << 20;
constexpr std::uint64_t kMiB = 1u << 20;
constexpr std::int64_t kVersion = 1;

std::string text_at(const json::object& head, std::string_view name) {
  const auto* value = head.if_contains(name);
  const auto* text = value != nullptr ? value->if_string() : nullptr;
  return text != nullptr ? std::string(*text) : std::string();
}

std::int64_t number_at(const json::object& head, std::string_view name) {
  const auto* value = head.if_contains(name);
  const auto* number = value != nullptr ? value->if_int64() : nullptr;
  return number != nullptr ? *number : -1;
}

bool read_parts(const json::object& head, std::vector<SentPart>& parts) {
  const auto* value = head.if_contains("parts");
  const auto* list = value != nullptr ? value->if_array() : nullptr;
  if (list == nullptr) return false;
  for (const auto& one : *list) {
    const auto* part = one.if_object();
    if (part == nullptr) return false;
    parts.push_back({static_cast<int>(number_at(*part, "number")), text_at(*part, "etag")});
    const auto& last = parts.back();
    const int least = parts.size() > 1 ? parts[parts.size() - 2].number + 1 : 1;
    if (last.number < least || last.number > kPartNumberMax || last.etag.empty()) return false;
  }
  return true;
}

}  // namespace

std::uint64_t part_bytes_for(std::uint64_t expected_bytes) {
  constexpr std::uint64_t kParts = kPartNumberMax / 2;
  const std::uint64_t needed = (expected_bytes + kParts - 1) / kParts;
  return std::max(kPartBytesMin, (needed + kMiB - 1) / kMiB * kMiB);
}

std::string written(const UploadRecord& record) {
  json::array parts;
  for (const auto& part : record.parts) {
    parts.push_back({{"number", part.number}, {"etag", part.etag}});
  }
  const json::object head{{"version", kVersion},
                          {"expected_bytes", static_cast<std::int64_t>(record.expected_bytes)},
                          {"part_bytes", static_cast<std::int64_t>(record.part_bytes)},
                          {"upload_id", record.upload_id},
                          {"revision", record.revision},
                          {"sender", record.sender},
                          {"next_number", record.next_number},
                          {"parts", std::move(parts)}};
  return json::serialize(head) + "\n" + record.tail;
}

Result<UploadRecord> read_upload_record(std::string_view bytes) {
  const auto none = fail(ErrorKind::internal, "This upload cannot be gone on with. Begin it anew.",
                         "an upload's record cannot be read");
  const auto line = bytes.find('\n');
  if (line == bytes.npos) return none;
  boost::system::error_code error;
  const auto value = json::parse(bytes.substr(0, line), error);
  const auto* head = error ? nullptr : value.if_object();
  if (head == nullptr || number_at(*head, "version") != kVersion) return none;
  UploadRecord record;
  const auto expected = number_at(*head, "expected_bytes");
  const auto part = number_at(*head, "part_bytes");
  const auto next = number_at(*head, "next_number");
  if (expected < 0 || part < 1 || next < 1 || next > kPartNumberMax + 1) return none;
  record.expected_bytes = static_cast<std::uint64_t>(expected);
  record.part_bytes = static_cast<std::uint64_t>(part);
  record.next_number = static_cast<int>(next);
  record.upload_id = text_at(*head, "upload_id");
  record.revision = text_at(*head, "revision");
  record.sender = text_at(*head, "sender");
  if (!read_parts(*head, record.parts)) return none;
  record.tail = bytes.substr(line + 1);
  if (record.size() > record.expected_bytes) return none;
  return record;
}

}  // namespace herald::media

#include "media/s3/upload.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "media/s3/fault.h"

namespace herald::media {
namespace {

constexpr std::string_view kRevisionHeader = "x-amz-meta-herald-revision";
constexpr std::size_t kNameBits = 96;

std::string header_of(const S3Answer& answer, std::string_view name) {
  const auto found = answer.headers.find(name);
  return found == answer.headers.end() ? std::string() : found->second;
}

// Still as it was loaded, or not there where it was not there. Stores that know conditional writes
// look once more while they write.
Result<Done> check_unchanged(const UploadPlace& place, const StoredRecord& stored) {
  const auto head = place.client.ask({.method = "HEAD", .key = place.record_key});
  if (!head && head.error().kind != ErrorKind::not_found) return std::unexpected(head.error());
  if (!head && stored.etag.empty()) return Done{};
  if (!head) return std::unexpected(head.error());
  if (header_of(*head, "etag") == stored.etag) return Done{};
  return std::unexpected(s3_error(S3Reaction::moved, "HEAD of \"" + place.record_key + "\""));
}

class S3Writer final : public MediaWriter {
 public:
  S3Writer(UploadPlace place, StoredRecord stored, Turns::Turn turn)
      : place_(std::move(place)),
        stored_(std::move(stored)),
        turn_(std::move(turn)),
        saved_bytes_(record().size()),
        name_(place_.random.token(kNameBits)) {}

  Result<Done> write(std::string_view piece) override {
    HERALD_CHECK(check_turn());
    if (piece.size() > record().expected_bytes - record().size()) {
      return fail(ErrorKind::invalid, "More bytes came than the upload was announced with.");
    }
    while (!piece.empty()) {
      if (record().tail.size() == record().part_bytes) HERALD_CHECK(settled(send_part()));
      const auto room = record().part_bytes - record().tail.size();
      record().tail += piece.substr(0, room);
      piece.remove_prefix(std::min<std::size_t>(room, piece.size()));
    }
    return Done{};
  }

  Result<std::uint64_t> sync() override {
    HERALD_CHECK(check_turn());
    const auto size = record().size();
    if (whole_) return size;
    if (size == record().expected_bytes) {
      HERALD_CHECK(settled(complete()));
      whole_ = true;
    } else if (size != saved_bytes_ || !record().sender.empty()) {
      record().sender.clear();
      HERALD_CHECK(settled(save()));
      sending_ = false;
    }
    return size;
  }

 private:
  UploadRecord& record() { return stored_.record; }

  Result<Done> check_turn() {
    if (broken_) return std::unexpected(*broken_);
    if (turn_.upload->removed) {
      return std::unexpected(s3_error(S3Reaction::missing, "removed while written"));
    }
    if (turn_.upload->latest == turn_.number) return Done{};
    return std::unexpected(s3_error(S3Reaction::moved, "another writer of this process"));
  }

  // After a failure nobody knows how much of what came since the last writing was kept.
  Result<Done> settled(Result<Done> result) {
    if (!result) broken_ = result.error();
    return result;
  }

  Result<Done> save() {
    HERALD_CHECK(save_record(place_, stored_));
    saved_bytes_ = record().size();
    return Done{};
  }

  // Before the first part: says that parts may be on their way, under numbers that none of an
  // earlier sender's can have.
  Result<Done> begin_sending() {
    if (sending_) return Done{};
    std::string tail = std::exchange(record().tail, {});
    record().tail = tail.substr(0, saved_bytes_ - record().size());
    if (!record().sender.empty()) ++record().next_number;
    record().sender = name_;
    if (record().upload_id.empty()) {
      HERALD_TRY(const auto begun, place_.client.ask({.method = "POST",
                                                      .key = place_.original_key,
                                                      .query = {{"uploads", ""}},
                                                      .may_repeat = false}));
      auto id = upload_id_of(begun.body);
      if (!id || id->empty()) return fail(ErrorKind::unavailable, "The media storage failed.");
      record().upload_id = std::move(*id);
    }
    HERALD_CHECK(save());
    record().tail = std::move(tail);
    sending_ = true;
    return Done{};
  }

  Result<Done> put_part() {
    HERALD_CHECK(begin_sending());
    if (record().next_number > kPartNumberMax) {
      return fail(ErrorKind::unavailable, "This upload was broken off too often. Begin it anew.");
    }
    const int number = record().next_number;
    HERALD_TRY(const auto sent, place_.client.ask({.method = "PUT",
                                                   .key = place_.original_key,
                                                   .query = {{"partNumber", std::to_string(number)},
                                                             {"uploadId", record().upload_id}},
                                                   .body = record().tail}));
    record().parts.push_back({number, header_of(sent, "etag")});
    ++record().next_number;
    return Done{};
  }

  Result<Done> send_part() {
    HERALD_CHECK(put_part());
    record().tail.clear();
    return save();
  }

  Result<Done> complete() {
    HERALD_CHECK(record().upload_id.empty() ? put_whole() : join_parts());
    // If this is not done, it goes with the medium.
    (void)place_.client.ask({.method = "DELETE", .key = place_.record_key});
    return Done{};
  }

  Result<Done> put_whole() {
    HERALD_CHECK(check_unchanged(place_, stored_));
    const S3Request put{.method = "PUT", .key = place_.original_key, .body = record().tail};
    if (auto done = place_.client.ask(put); !done) return std::unexpected(std::move(done).error());
    return Done{};
  }

  Result<Done> join_parts() {
    if (!record().tail.empty()) HERALD_CHECK(put_part());
    HERALD_CHECK(check_unchanged(place_, stored_));
    const std::string xml = completion_xml(record().parts);
    const auto joined = place_.client.ask({.method = "POST",
                                           .key = place_.original_key,
                                           .query = {{"uploadId", record().upload_id}},
                                           .headers = {{"content-type", "application/xml"}},
                                           .body = xml});
    if (joined) return Done{};
    if (joined.error().kind != ErrorKind::not_found) return std::unexpected(joined.error());
    // Of two tries the first may have done it.
    const auto head = place_.client.ask({.method = "HEAD", .key = place_.original_key});
    const bool done =
        head && header_of(*head, "content-length") == std::to_string(record().expected_bytes);
    return done ? Result<Done>(Done{}) : std::unexpected(joined.error());
  }

  UploadPlace place_;
  StoredRecord stored_;
  Turns::Turn turn_;
  std::uint64_t saved_bytes_;
  std::string name_;
  bool sending_ = false;
  bool whole_ = false;
  std::optional<Error> broken_;
};

}  // namespace

Result<StoredRecord> load_record(const UploadPlace& place) {
  HERALD_TRY(const auto answer, place.client.ask({.method = "GET", .key = place.record_key}));
  HERALD_TRY(auto record, read_upload_record(answer.body));
  return StoredRecord{std::move(record), header_of(answer, "etag")};
}

Result<Done> save_record(const UploadPlace& place, StoredRecord& stored) {
  HERALD_CHECK(check_unchanged(place, stored));
  stored.record.revision = place.random.token(kNameBits);
  const std::string bytes = written(stored.record);
  S3Request put{.method = "PUT", .key = place.record_key, .body = bytes};
  if (stored.etag.empty()) {
    put.headers.emplace_back("if-none-match", "*");
  } else {
    put.headers.emplace_back("if-match", stored.etag);
  }
  put.headers.emplace_back(kSizeHeader, std::to_string(stored.record.size()));
  put.headers.emplace_back(kRevisionHeader, stored.record.revision);
  auto done = place.client.ask(put);
  if (done) {
    stored.etag = header_of(*done, "etag");
    return Done{};
  }
  if (done.error().kind != ErrorKind::conflict) return std::unexpected(done.error());
  // Of two tries the first may have done it.
  const auto head = place.client.ask({.method = "HEAD", .key = place.record_key});
  if (!head || header_of(*head, kRevisionHeader) != stored.record.revision) {
    return std::unexpected(done.error());
  }
  stored.etag = header_of(*head, "etag");
  return Done{};
}

std::unique_ptr<MediaWriter> make_s3_writer(UploadPlace place, StoredRecord stored,
                                            Turns::Turn turn) {
  return std::make_unique<S3Writer>(std::move(place), std::move(stored), std::move(turn));
}

}  // namespace herald::media

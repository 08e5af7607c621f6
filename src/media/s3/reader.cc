#include "media/s3/reader.h"

#include <algorithm>
#include <utility>

namespace herald::media {
namespace {

constexpr std::uint64_t kPieceBytes = 1u << 20;

class S3Reader final : public MediaReader {
 public:
  S3Reader(S3Client& client, std::string key, std::uint64_t offset)
      : client_(client), key_(std::move(key)), offset_(offset) {}

  Result<Done> fetch() {
    S3Request get{.method = "GET", .key = key_};
    const auto last = offset_ + kPieceBytes - 1;
    get.headers.emplace_back("range",
                             "bytes=" + std::to_string(offset_) + "-" + std::to_string(last));
    if (!etag_.empty()) get.headers.emplace_back("if-match", etag_);
    auto answer = client_.ask(get);
    if (!answer && answer.error().kind == ErrorKind::invalid) {  // There are no such bytes.
      ended_ = true;
      return Done{};
    }
    if (!answer) return std::unexpected(std::move(answer).error());
    const auto etag = answer->headers.find("etag");
    if (etag != answer->headers.end()) etag_ = etag->second;
    piece_ = std::move(answer->body);
    at_ = 0;
    // A store may answer a range with the whole of an object only where it is no longer than that.
    if (answer->status != 206 && (offset_ > 0 || piece_.size() > kPieceBytes)) {
      return fail(ErrorKind::unavailable, "The media storage failed. Try again.",
                  "the store does not know byte ranges");
    }
    offset_ += piece_.size();
    ended_ = piece_.size() < kPieceBytes;
    return Done{};
  }

  Result<std::size_t> read(std::span<char> room) override {
    if (at_ == piece_.size() && !ended_) HERALD_CHECK(fetch());
    const auto count = std::min(room.size(), piece_.size() - at_);
    std::copy_n(piece_.data() + at_, count, room.data());
    at_ += count;
    return count;
  }

 private:
  S3Client& client_;
  std::string key_;
  std::uint64_t offset_;  // Of the next piece.
  std::string etag_;
  std::string piece_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

}  // namespace

Result<std::unique_ptr<MediaReader>> open_s3_reader(S3Client& client, std::string key,
                                                    std::uint64_t offset) {
  auto reader = std::make_unique<S3Reader>(client, std::move(key), offset);
  HERALD_CHECK(reader->fetch());
  return reader;
}

}  // namespace herald::media

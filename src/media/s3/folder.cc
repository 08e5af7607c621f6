#include "media/s3/folder.h"

#include <charconv>
#include <utility>
#include <vector>

#include "media/s3/answer_xml.h"
#include "media/s3/fault.h"
#include "media/s3/reader.h"
#include "media/s3/spool.h"
#include "media/s3/upload.h"
#include "media/spelled_id.h"

namespace herald::media {
namespace {

constexpr char kEscape = '~';  // Of the plain characters, the one that no id needs.
constexpr std::string_view kOriginal = "original";
// The size that is set aside stands in the record's name, so that a listing tells it.
constexpr std::string_view kRecord = "upload.";

std::string place_of(const CustomerId& customer) { return spell_id(customer.value, kEscape) + "/"; }
std::string place_of(const CustomerId& customer, const MediaId& id) {
  return place_of(customer) + spell_id(id.value, kEscape) + "/";
}

std::string key_of(const std::string& place, MediaPart part) {
  switch (part) {
    case MediaPart::jpeg:
      return place + "jpeg";
    case MediaPart::preview:
      return place + "preview";
    case MediaPart::original:
      break;
  }
  return place + std::string(kOriginal);
}

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> set_aside_by(std::string_view name) {
  return name.starts_with(kRecord) ? number_in(name.substr(kRecord.size())) : std::nullopt;
}

struct Named {
  std::string_view customer, id, part;
};

// Of a key that Herald could have made, its names.
std::optional<Named> named_by(std::string_view key) {
  const auto first = key.find('/');
  const auto second = first == key.npos ? first : key.find('/', first + 1);
  if (second == key.npos) return std::nullopt;
  const Named named{key.substr(0, first), key.substr(first + 1, second - first - 1),
                    key.substr(second + 1)};
  const bool ours = named.part == kOriginal || named.part == "jpeg" || named.part == "preview" ||
                    set_aside_by(named.part);
  return ours ? std::optional(named) : std::nullopt;
}

// At its end; with nothing to write.
class WholeWriter final : public MediaWriter {
 public:
  explicit WholeWriter(std::uint64_t size) : size_(size) {}
  Result<Done> write(std::string_view piece) override {
    if (piece.empty()) return Done{};
    return fail(ErrorKind::invalid, "More bytes came than the upload was announced with.");
  }
  Result<std::uint64_t> sync() override { return size_; }

 private:
  std::uint64_t size_;
};

std::unexpected<Error> no_such_file() {
  return std::unexpected(s3_error(S3Reaction::missing, "nothing is there"));
}

std::unexpected<Error> stands_at(std::uint64_t size) {
  return fail(ErrorKind::conflict,
              "The upload stands at byte " + std::to_string(size) + ". Go on from there.");
}

}  // namespace

struct S3Folder::Stand {
  std::vector<std::string> keys;
  std::optional<std::uint64_t> original_bytes;
  std::string record_key;  // Empty: no upload is under way.
};

S3Folder::S3Folder(S3Place place, std::string spool, S3Limits limits, Parts parts)
    : spool_(std::move(spool)),
      limits_(limits),
      random_(parts.random),
      client_(std::move(place), parts.digest) {}

Result<std::unique_ptr<S3Folder>> S3Folder::open_bucket(S3Place place, std::string spool,
                                                        S3Limits limits, Parts parts) {
  HERALD_CHECK(make_spool(spool));
  std::unique_ptr<S3Folder> folder(new S3Folder(std::move(place), std::move(spool), limits, parts));
  HERALD_CHECK(check_bucket(folder->client_));
  return folder;
}

Result<Done> S3Folder::check_bucket(S3Client& client) {
  const auto answer =
      client.ask({.method = "GET", .query = {{"list-type", "2"}, {"max-keys", "1"}}});
  if (answer) return Done{};
  return fail(ErrorKind::unavailable,
              "The media bucket " + client.name() +
                  " cannot be used. Check its address, name and region, and the key.",
              answer.error().detail);
}

Result<Done> S3Folder::each_object(
    const std::string& prefix,
    const std::function<void(const std::string&, std::uint64_t)>& found) {
  std::string next;
  do {
    S3Request list{.method = "GET", .query = {{"list-type", "2"}}};
    if (!next.empty()) list.query.insert(list.query.begin(), {"continuation-token", next});
    if (!prefix.empty()) list.query.emplace_back("prefix", prefix);
    HERALD_TRY(const auto answer, client_.ask(list));
    const auto page = listing_of(answer.body);
    if (!page) {
      return fail(ErrorKind::unavailable, "The media storage failed. Try again.",
                  "the store's listing cannot be read");
    }
    for (const auto& object : page->objects) found(object.key, object.bytes);
    next = page->next;
  } while (!next.empty());
  return Done{};
}

Result<S3Folder::Stand> S3Folder::look(const std::string& place) {
  Stand stand;
  HERALD_CHECK(each_object(place, [&](const std::string& key, std::uint64_t bytes) {
    const auto name = std::string_view(key).substr(place.size());
    if (name == kOriginal) stand.original_bytes = bytes;
    if (set_aside_by(name)) stand.record_key = key;
    stand.keys.push_back(key);
  }));
  return stand;
}

Result<Done> S3Folder::check_room(const CustomerId& customer, std::uint64_t bytes) {
  HERALD_TRY(const auto used, used_bytes(customer));
  const auto most = limits_.customer_bytes_max;
  if (used <= most && bytes <= most - used) return Done{};
  return std::unexpected(s3_error(S3Reaction::full, "customer's quota"));
}

Result<Done> S3Folder::create(const CustomerId& customer, const MediaId& id,
                              std::uint64_t expected_bytes) {
  const auto place = place_of(customer, id);
  HERALD_TRY(const auto stand, look(place));
  if (!stand.keys.empty()) return fail(ErrorKind::conflict, "This upload was begun already.");
  HERALD_CHECK(check_room(customer, expected_bytes));
  if (expected_bytes == 0) {
    const S3Request empty{.method = "PUT", .key = key_of(place, MediaPart::original)};
    if (auto put = client_.ask(empty); !put) return std::unexpected(std::move(put).error());
    return Done{};
  }
  StoredRecord fresh;
  fresh.record.expected_bytes = expected_bytes;
  fresh.record.part_bytes = part_bytes_for(expected_bytes);
  const auto record_key = place + std::string(kRecord) + std::to_string(expected_bytes);
  return save_record({client_, random_, record_key, key_of(place, MediaPart::original)}, fresh);
}

Result<std::unique_ptr<MediaWriter>> S3Folder::open_for_append(const CustomerId& customer,
                                                               const MediaId& id,
                                                               std::uint64_t offset) {
  const auto place = place_of(customer, id);
  HERALD_TRY(const auto stand, look(place));
  if (stand.original_bytes) {
    if (offset != *stand.original_bytes) return stands_at(*stand.original_bytes);
    return std::make_unique<WholeWriter>(offset);
  }
  if (stand.record_key.empty()) return no_such_file();
  const auto turn = turns_.take(place);
  UploadPlace upload{client_, random_, stand.record_key, key_of(place, MediaPart::original)};
  HERALD_TRY(auto stored, load_record(upload));
  if (offset != stored.record.size()) return stands_at(stored.record.size());
  return make_s3_writer(std::move(upload), std::move(stored), turn);
}

// The hourly look at every medium asks for little else, so whole ones cost one small request.
Result<std::uint64_t> S3Folder::size(const CustomerId& customer, const MediaId& id) {
  const auto place = place_of(customer, id);
  const auto whole = bytes_of(key_of(place, MediaPart::original));
  if (whole || whole.error().kind != ErrorKind::not_found) return whole;
  HERALD_TRY(const auto stand, look(place));
  if (stand.original_bytes) return *stand.original_bytes;
  if (stand.record_key.empty()) return no_such_file();
  HERALD_TRY(const auto head, client_.ask({.method = "HEAD", .key = stand.record_key}));
  const auto said = head.headers.find(kSizeHeader);
  const auto size = said == head.headers.end() ? std::nullopt : number_in(said->second);
  if (size) return *size;
  return fail(ErrorKind::internal, "This upload cannot be gone on with. Begin it anew.",
              "an upload's record does not tell its size");
}

Result<Done> S3Folder::put(const CustomerId& customer, const MediaId& id, MediaPart part,
                           std::string_view bytes) {
  const auto place = place_of(customer, id);
  HERALD_TRY(const auto stand, look(place));
  if (stand.keys.empty()) return no_such_file();
  HERALD_CHECK(check_room(customer, bytes.size()));
  auto done = client_.ask({.method = "PUT", .key = key_of(place, part), .body = bytes});
  if (!done) return std::unexpected(std::move(done).error());
  return Done{};
}

Result<std::unique_ptr<MediaReader>> S3Folder::open(const CustomerId& customer, const MediaId& id,
                                                    MediaPart part, std::uint64_t offset) {
  return open_s3_reader(client_, key_of(place_of(customer, id), part), offset);
}

std::optional<std::string> S3Folder::path_of(const CustomerId&, const MediaId&, MediaPart) {
  return std::nullopt;
}

Result<LocalFile> S3Folder::bring(const CustomerId& customer, const MediaId& id, MediaPart part) {
  const auto key = key_of(place_of(customer, id), part);
  HERALD_TRY(const auto bytes, bytes_of(key));
  HERALD_TRY(auto reader, open_s3_reader(client_, key, 0));
  return spool_copy(spool_, *reader, bytes, limits_.free_bytes_min);
}

Result<std::uint64_t> S3Folder::bytes_of(const std::string& key) {
  HERALD_TRY(const auto head, client_.ask({.method = "HEAD", .key = key}));
  const auto said = head.headers.find("content-length");
  const auto bytes = said == head.headers.end() ? std::nullopt : number_in(said->second);
  if (bytes) return *bytes;
  return fail(ErrorKind::unavailable, "The media storage failed. Try again.",
              "the store does not tell an object's size");
}

Result<Done> S3Folder::abort_parts(const std::string& record_key) {
  const auto place = record_key.substr(0, record_key.rfind('/') + 1);
  const auto original = key_of(place, MediaPart::original);
  const auto stored = load_record({client_, random_, record_key, original});
  if (!stored || stored->record.upload_id.empty()) return Done{};  // Or nobody can tell any more.
  auto done = client_.ask(
      {.method = "DELETE", .key = original, .query = {{"uploadId", stored->record.upload_id}}});
  if (done || done.error().kind == ErrorKind::not_found) return Done{};
  return std::unexpected(std::move(done).error());
}

Result<Done> S3Folder::remove(const CustomerId& customer, const MediaId& id) {
  const auto place = place_of(customer, id);
  turns_.remove(place);
  HERALD_TRY(const auto stand, look(place));
  // The parts first: only the record knows of them.
  if (!stand.record_key.empty()) HERALD_CHECK(abort_parts(stand.record_key));
  for (const auto& key : stand.keys) {
    auto done = client_.ask({.method = "DELETE", .key = key});
    if (!done && done.error().kind != ErrorKind::not_found) {
      return std::unexpected(std::move(done).error());
    }
  }
  return Done{};
}

Result<Done> S3Folder::visit(
    const std::function<void(const CustomerId& customer, const MediaId& id)>& found) {
  std::string last;
  return each_object("", [&](const std::string& key, std::uint64_t) {
    const auto named = named_by(key);
    if (!named) return;
    auto place = key.substr(0, key.size() - named->part.size());
    const auto customer = read_spelled(named->customer, kEscape);
    const auto id = read_spelled(named->id, kEscape);
    if (!customer || !id || place == last) return;
    last = std::move(place);
    found(CustomerId(*customer), MediaId(*id));
  });
}

Result<std::uint64_t> S3Folder::used_bytes(const CustomerId& customer) {
  std::uint64_t used = 0;
  HERALD_CHECK(each_object(place_of(customer), [&](const std::string& key, std::uint64_t bytes) {
    used += set_aside_by(key.substr(key.rfind('/') + 1)).value_or(bytes);
  }));
  return used;
}

}  // namespace herald::media

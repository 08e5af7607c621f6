#include "http/tus.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <limits>
#include <utility>

#include "http/json_body.h"
#include "http/server/problem.h"
#include "http/upload_metadata.h"

namespace herald::http {
namespace {

constexpr const char* kVersion = "1.0.0";
constexpr const char* kExtensions = "creation,creation-with-upload,expiration,termination";
constexpr const char* kBytesType = "application/offset+octet-stream";
constexpr const char* kWhere = "/api/social-media/media/";
// The sink knows how much there may be.
constexpr auto kAnyLength = std::numeric_limits<std::uint64_t>::max();

using Sink = std::expected<std::shared_ptr<BodySink>, Response>;

// The bytes of one request, on their way into an upload.
class UploadSink final : public BodySink {
 public:
  UploadSink(MediaLibrary& library, Caller caller, Medium medium, bool is_new)
      : library_(library),
        caller_(std::move(caller)),
        medium_(std::move(medium)),
        is_new_(is_new) {}

  // Still open: the client went away in the middle. What it was told of is kept, to be gone on
  // with; an upload whose address it never learnt is not.
  ~UploadSink() override {
    if (!incoming_) return;
    if (is_new_) {
      incoming_.reset();
      (void)library_.remove(caller_, medium_.id);
    } else if (arrived_ < medium_.declared_bytes) {
      (void)incoming_->finish();
    }
  }
  UploadSink(const UploadSink&) = delete;
  UploadSink& operator=(const UploadSink&) = delete;

  Result<Done> open(std::uint64_t offset) {
    HERALD_TRY(incoming_, library_.receive(caller_, medium_.id, offset));
    arrived_ = offset;
    return Done{};
  }

  bool write(std::string_view piece) override {
    written_ = incoming_->write(piece);
    if (written_) arrived_ += piece.size();
    return written_.has_value();
  }

  // What came is durable when this returns, also when more was refused.
  Result<std::uint64_t> close() {
    const auto incoming = std::exchange(incoming_, nullptr);
    auto size = incoming->finish();
    if (!written_) return std::unexpected(written_.error());
    return size;
  }

  const Medium& medium() const { return medium_; }
  // As it stands after this request, which has just touched it.
  Medium now(const Clock& clock) const {
    Medium touched = medium_;
    touched.touched_at = clock.now();
    return touched;
  }
  bool has_bytes() const { return incoming_ != nullptr; }

 private:
  MediaLibrary& library_;
  const Caller caller_;
  const Medium medium_;
  const bool is_new_;
  std::shared_ptr<MediaLibrary::Incoming> incoming_;  // Null: this request brings no bytes.
  std::uint64_t arrived_ = 0;
  Result<Done> written_ = Done{};
};

Response tus_answer(int status) {
  Response response = empty_answer(status);
  response.headers.add("Tus-Resumable", kVersion);
  return response;
}

Response tus_refusal(const ApiCall& call, const Error& error) {
  Response response = call.refuse(error);
  response.headers.add("Tus-Resumable", kVersion);
  return response;
}

// As RFC 9110 section 5.6.7 writes times.
std::string http_date(Time time) {
  const std::time_t seconds =
      std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 40> text{};
  const auto size =
      std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);  // "C" locale.
  return {text.data(), size};
}

// Of an upload that is not finished: when it goes unless it is gone on with.
void add_expiry(const MediaLibrary& library, const Medium& medium, std::uint64_t arrived,
                Response& response) {
  if (medium.status != MediaStatus::uploading || arrived == medium.declared_bytes) return;
  response.headers.add("Upload-Expires", http_date(library.expires_at(medium)));
}

Error malformed(std::string message) {
  return {ErrorKind::invalid, std::move(message), {}, {}, "malformed_upload"};
}

std::optional<Response> refused_version(const ApiCall& call) {
  const auto* version = call.request.headers.find("tus-resumable");
  if (version != nullptr && *version == kVersion) return std::nullopt;
  Response response = problem(412,
                              {ErrorKind::invalid,
                               "This server speaks tus 1.0.0: send Tus-Resumable: 1.0.0.",
                               {},
                               {},
                               "tus_version_unsupported"},
                              call.request.id);
  response.headers.add("Tus-Resumable", kVersion);
  response.headers.add("Tus-Version", kVersion);
  return response;
}

// A header that must be there once, as a whole number of bytes.
Result<std::uint64_t> byte_count(const Headers& headers, const char* name) {
  const auto* text = headers.find(name);
  std::uint64_t count = 0;
  if (text != nullptr) {
    const auto* end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, count);
    if (read.ec == std::errc() && read.ptr == end && !text->empty()) return count;
  }
  return std::unexpected(malformed(std::string(name) + " must be given, as a number of bytes."));
}

bool has_body(const Headers& headers) {
  const auto* length = headers.find("content-length");
  return headers.count("transfer-encoding") > 0 || (length != nullptr && *length != "0");
}

// A body's type, and its length as far as it is announced, before a byte of it is read.
Result<Done> check_body(const Headers& headers, std::uint64_t room) {
  const auto* type = headers.find("content-type");
  if (type == nullptr || *type != kBytesType) {
    return std::unexpected(Error{ErrorKind::invalid,
                                 "The bytes must come as application/offset+octet-stream.",
                                 {},
                                 {},
                                 "unsupported_media_type"});
  }
  if (headers.count("content-length") == 0) return Done{};
  HERALD_TRY(const std::uint64_t length, byte_count(headers, "content-length"));
  if (length <= room) return Done{};
  return std::unexpected(Error{ErrorKind::invalid,
                               "More bytes come than the upload was announced with.",
                               {},
                               {},
                               "media_too_large"});
}

Result<std::shared_ptr<BodySink>> begin_upload(const ApiCall& call) {
  const Headers& headers = call.request.headers;
  HERALD_TRY(const std::uint64_t length, byte_count(headers, "upload-length"));
  if (headers.count("upload-metadata") > 1) {
    return std::unexpected(malformed("There must be one Upload-Metadata header."));
  }
  const auto* header = headers.find("upload-metadata");
  HERALD_TRY(UploadMetadata metadata,
             read_upload_metadata(header != nullptr ? *header : std::string_view()));
  const bool brings_bytes = has_body(headers);
  if (brings_bytes) HERALD_CHECK(check_body(headers, length));
  MediaLibrary& library = call.services.media;
  HERALD_TRY(Medium medium, library.begin(call.caller(), std::move(metadata.filename),
                                          std::move(metadata.filetype), length));
  auto sink = std::make_shared<UploadSink>(library, call.caller(), std::move(medium), true);
  if (brings_bytes) HERALD_CHECK(sink->open(0));
  return sink;
}

Result<std::shared_ptr<BodySink>> resume_upload(const ApiCall& call) {
  const Headers& headers = call.request.headers;
  HERALD_TRY(const std::uint64_t offset, byte_count(headers, "upload-offset"));
  MediaLibrary& library = call.services.media;
  HERALD_TRY(Medium medium, library.find(call.caller(), MediaId(call.arg("id"))));
  HERALD_CHECK(
      check_body(headers, medium.declared_bytes - std::min(medium.declared_bytes, offset)));
  auto sink = std::make_shared<UploadSink>(library, call.caller(), std::move(medium), false);
  HERALD_CHECK(sink->open(offset));
  return sink;
}

template <auto open>
Sink receive(const ApiCall& call) {
  if (auto refusal = refused_version(call)) return std::unexpected(std::move(*refusal));
  auto sink = open(call);
  if (!sink) return std::unexpected(tus_refusal(call, sink.error()));
  return std::move(*sink);
}

void created(ApiCall call, Reply reply) {
  const auto sink = std::static_pointer_cast<UploadSink>(call.sink);
  Response response = tus_answer(201);
  response.headers.add("Location", kWhere + sink->medium().id.value);
  std::uint64_t arrived = 0;
  if (sink->has_bytes()) {
    const auto size = sink->close();
    if (!size) {
      (void)call.services.media.remove(call.caller(), sink->medium().id);
      return reply(tus_refusal(call, size.error()));
    }
    arrived = *size;
    response.headers.add("Upload-Offset", std::to_string(arrived));
  }
  add_expiry(call.services.media, sink->now(call.services.clock), arrived, response);
  reply(std::move(response));
}

void appended(ApiCall call, Reply reply) {
  const auto sink = std::static_pointer_cast<UploadSink>(call.sink);
  const auto size = sink->close();
  if (!size) return reply(tus_refusal(call, size.error()));
  Response response = tus_answer(204);
  response.headers.add("Upload-Offset", std::to_string(*size));
  add_expiry(call.services.media, sink->now(call.services.clock), *size, response);
  reply(std::move(response));
}

void tell_offset(ApiCall call, Reply reply) {
  if (auto refusal = refused_version(call)) return reply(std::move(*refusal));
  MediaLibrary& library = call.services.media;
  auto medium = library.find(call.caller(), MediaId(call.arg("id")));
  if (!medium) return reply(tus_refusal(call, medium.error()));
  const bool whole = medium->received_bytes == medium->declared_bytes;
  if (whole && medium->status == MediaStatus::uploading) {
    // The process died between the last byte and its acknowledgement. A client that hears of a
    // whole upload sends nothing more, so it is handed on now.
    auto incoming = library.receive(call.caller(), medium->id, medium->declared_bytes);
    if (incoming) (void)(*incoming)->finish();
  }
  Response response = tus_answer(200);
  response.headers.add("Upload-Offset", std::to_string(medium->received_bytes));
  response.headers.add("Upload-Length", std::to_string(medium->declared_bytes));
  add_expiry(library, *medium, medium->received_bytes, response);
  const auto metadata = upload_metadata_header({medium->filename, medium->declared_type});
  if (!metadata.empty()) response.headers.add("Upload-Metadata", metadata);
  reply(std::move(response));
}

// The app's own way to delete a medium, too; so the version is asked for only if it is named.
void delete_upload(ApiCall call, Reply reply) {
  if (call.request.headers.count("tus-resumable") > 0) {
    if (auto refusal = refused_version(call)) return reply(std::move(*refusal));
  }
  auto removed = call.services.media.remove(call.caller(), MediaId(call.arg("id")));
  reply(removed ? tus_answer(204) : tus_refusal(call, removed.error()));
}

void tell_abilities(ApiCall call, Reply reply) {
  Response response = tus_answer(204);
  response.headers.add("Tus-Version", kVersion);
  response.headers.add("Tus-Extension", kExtensions);
  response.headers.add("Tus-Max-Size",
                       std::to_string(call.services.media.limits().medium_bytes_max));
  reply(std::move(response));
}

}  // namespace

void add_upload_routes(ApiRoutes& routes) {
  routes.add("OPTIONS", "/api/media", {.handle = tell_abilities, .open = true});
  routes.add("POST", "/api/media",
             {.handle = created, .body_limit_bytes = kAnyLength, .receive = receive<begin_upload>});
  routes.add(
      "PATCH", "/api/media/{id}",
      {.handle = appended, .body_limit_bytes = kAnyLength, .receive = receive<resume_upload>});
  routes.add("HEAD", "/api/media/{id}", {.handle = tell_offset});
  routes.add("DELETE", "/api/media/{id}", {.handle = delete_upload});
}

}  // namespace herald::http

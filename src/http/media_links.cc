#include "http/media_links.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "http/byte_range.h"
#include "http/server/problem.h"

namespace herald::http {
namespace {

constexpr std::string_view kPath = "/api/social-media/media/links/";
constexpr std::string_view kJpeg = "jpeg";
constexpr std::string_view kPreview = "preview";

// By which platforms, and programs behind them, tell what they fetch.
constexpr std::pair<std::string_view, std::string_view> kExtensions[] = {
    {"image/jpeg", ".jpg"},
    {"image/png", ".png"},
    {"image/gif", ".gif"},
    {"image/webp", ".webp"},
    {"video/mp4", ".mp4"},
    {"video/quicktime", ".mov"},
    {"video/webm", ".webm"},
    {"video/x-matroska", ".mkv"},
    {"application/pdf", ".pdf"},
    {"text/vtt", ".vtt"},
    {"application/x-subrip", ".srt"},
    {"application/msword", ".doc"},
    {"application/vnd.ms-powerpoint", ".ppt"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"}};

// A picture that is small enough, or is from the days before there was a smaller one, has but its
// JPEG.
MediaPart part_of(const Medium& medium, std::string_view rendition) {
  if (rendition == kJpeg) return MediaPart::jpeg;
  if (rendition != kPreview) return MediaPart::original;
  const bool none = medium.facts.type == MediaType::image && !medium.preview;
  return none ? MediaPart::jpeg : MediaPart::preview;
}

// What a link to it says, or nullptr: there is no such rendition.
const MediaFacts* facts_of(const Medium& medium, std::string_view rendition) {
  if (rendition.empty()) return &medium.facts;
  if (rendition != kJpeg && rendition != kPreview) return nullptr;
  const auto& made = part_of(medium, rendition) == MediaPart::jpeg ? medium.jpeg : medium.preview;
  return made ? &*made : nullptr;
}

// The id, and the extension of what the bytes are. The seal says which medium and rendition, so it
// leaves one name only.
std::string name_of(const MediaId& id, std::string_view content_type) {
  const auto* found = std::ranges::find(kExtensions, content_type,
                                        &std::pair<std::string_view, std::string_view>::first);
  return id.value + std::string(found != std::end(kExtensions) ? found->second : "");
}

std::string path_of(SignedLinks& links, const MediaLink& link, const MediaFacts& facts) {
  return std::string(kPath) + links.seal(link) + "/" + name_of(link.media, facts.content_type);
}

// One file as it is to be sent.
struct Served {
  MediaFacts facts;
  CustomerId customer;
  MediaId medium;
  MediaPart part;
  std::string etag;  // Empty: none.
  Time expires_at{};
};

Result<Served> find_served(const ApiCall& call) {
  const auto none = fail(ErrorKind::not_found, "This link is not valid, or not any more.");
  HERALD_TRY(const MediaLink link, call.services.links.open(call.arg("token")));
  auto medium = call.services.store.find_medium(link.scope, link.media);
  if (!medium && medium.error().kind != ErrorKind::not_found) {
    return std::unexpected(std::move(medium).error());
  }
  if (!medium || medium->status != MediaStatus::ready) return none;
  const MediaFacts* facts = facts_of(*medium, link.rendition);
  if (facts == nullptr || call.arg("name") != name_of(link.media, facts->content_type)) return none;
  Served served{*facts, link.scope.customer(), link.media, part_of(*medium, link.rendition),
                {},     link.expires_at};
  if (!served.facts.sha256_hex.empty()) served.etag = "\"" + served.facts.sha256_hex + "\"";
  return served;
}

// Whether a list of entity tags names this one, compared weakly (RFC 9110 section 13.1.2).
bool names_tag(std::string_view list, std::string_view etag) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    auto one = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == "*" || one == etag) return true;
  }
  return false;
}

bool is_unchanged(const Headers& asked, const Served& served) {
  const auto* tags = asked.find("if-none-match");
  return tags != nullptr && !served.etag.empty() && names_tag(*tags, served.etag);
}

RangeAsked range_of(const Request& request, const Served& served) {
  const auto* range = request.headers.find("range");
  const auto* unless = request.headers.find("if-range");
  if (range == nullptr || request.method != "GET") return {};
  if (unless != nullptr && (served.etag.empty() || *unless != served.etag)) return {};
  return read_range(*range, served.facts.size_bytes);
}

// A stranger's bytes: never a page, never a script, whatever they turn out to hold.
Response bare_answer(const Served& served, Time now) {
  Response response;
  const auto& type = served.facts.content_type;
  const bool shown = type.starts_with("image/") || type.starts_with("video/");
  const auto life = std::chrono::floor<std::chrono::seconds>(served.expires_at - now);
  response.headers.add("Content-Type", type);
  if (!shown) response.headers.add("Content-Disposition", "attachment");
  response.headers.add("Content-Security-Policy", "default-src 'none'; sandbox");
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.headers.add("Referrer-Policy", "no-referrer");
  response.headers.add("Accept-Ranges", "bytes");
  response.headers.add("Cache-Control",
                       "private, immutable, max-age=" + std::to_string(life.count()));
  if (!served.etag.empty()) response.headers.add("ETag", served.etag);
  return response;
}

// A folder that is elsewhere, while it is sent.
class FolderSource final : public BodySource {
 public:
  explicit FolderSource(std::unique_ptr<MediaReader> reader) : reader_(std::move(reader)) {}
  bool read(std::size_t size, std::string& piece) override {
    piece.resize(size);
    const auto got = reader_->read({piece.data(), size});
    piece.resize(got ? *got : 0);
    return !piece.empty();
  }

 private:
  std::unique_ptr<MediaReader> reader_;
};

// Of a HEAD nothing is fetched that would not be sent.
Result<FileRange> body_of(const ApiCall& call, const Served& served, std::uint64_t offset,
                          std::uint64_t length) {
  MediaFolder& folder = call.services.folder;
  if (auto path = folder.path_of(served.customer, served.medium, served.part)) {
    return FileRange{std::move(*path), offset, length, nullptr};
  }
  std::unique_ptr<MediaReader> reader;
  if (call.request.method == "GET") {
    HERALD_TRY(reader, folder.open(served.customer, served.medium, served.part, offset));
  }
  return FileRange{{}, offset, length, std::make_shared<FolderSource>(std::move(reader))};
}

void send_bytes(ApiCall call, Reply reply) {
  const auto served = find_served(call);
  if (!served) return reply(call.refuse(served.error()));
  const std::uint64_t size = served->facts.size_bytes;
  Response response = bare_answer(*served, call.services.clock.now());
  if (is_unchanged(call.request.headers, *served)) {
    response.status = 304;
    return reply(std::move(response));
  }
  const RangeAsked range = range_of(call.request, *served);
  if (range.kind == RangeAsked::Kind::outside) {
    Response refusal = problem(
        416, {ErrorKind::invalid, "The file has no such bytes.", {}, {}, "range_not_satisfiable"},
        call.request.id);
    refusal.headers.add("Content-Range", "bytes */" + std::to_string(size));
    return reply(std::move(refusal));
  }
  const bool part = range.kind == RangeAsked::Kind::part;
  auto body = body_of(call, *served, part ? range.offset : 0, part ? range.length : size);
  if (!body) return reply(call.refuse(body.error()));
  response.file = std::move(*body);
  if (part) {
    response.status = 206;
    response.headers.add("Content-Range", "bytes " + std::to_string(range.offset) + "-" +
                                              std::to_string(range.offset + range.length - 1) +
                                              "/" + std::to_string(size));
  }
  reply(std::move(response));
}

}  // namespace

Result<std::string> media_link(const Site& site, SignedLinks& links, const CustomerScope& scope,
                               const Medium& medium, std::string_view rendition, Time expires_at) {
  const MediaFacts* facts = facts_of(medium, rendition);
  if (facts == nullptr || medium.status != MediaStatus::ready) {
    return fail(ErrorKind::not_found, "There is no such file.");
  }
  return site.public_url +
         path_of(links, {scope, medium.id, std::string(rendition), expires_at}, *facts);
}

std::string preview_path(const Services& services, const CustomerScope& scope,
                         const Medium& medium) {
  const auto rendition = medium.facts.type == MediaType::video ? kPreview : kJpeg;
  const MediaFacts* facts = facts_of(medium, rendition);
  if (medium.status != MediaStatus::ready || facts == nullptr) return {};
  const Time end = std::chrono::floor<std::chrono::days>(services.clock.now()) +
                   std::chrono::days(2);  // At least a day ahead.
  return path_of(services.links, {scope, medium.id, std::string(rendition), end}, *facts);
}

void add_media_link_routes(ApiRoutes& routes) {
  routes.add("GET", "/api/media/links/{token}/{name}", {.handle = send_bytes, .open = true});
  routes.add("HEAD", "/api/media/links/{token}/{name}", {.handle = send_bytes, .open = true});
}

}  // namespace herald::http

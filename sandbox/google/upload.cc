#include "sandbox/google/upload.h"

#include <charconv>
#include <optional>

#include "sandbox/google/caller.h"
#include "sandbox/google/captions.h"
#include "sandbox/google/insert.h"
#include "sandbox/google/query.h"

namespace herald::sandbox::google {

namespace {

constexpr std::uint64_t kGranule = 262144;
constexpr std::int64_t kSessionLifeMs = 7LL * 24 * 60 * 60 * 1000;

struct Range {
  bool question = false;  // "bytes */total": how much is there?
  std::uint64_t first = 0;
  std::uint64_t size = 0;
  std::optional<std::uint64_t> total;  // Empty: not known yet, "*".
};

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

// "bytes 0-99/300", "bytes 0-99/*", "bytes */300".
std::optional<Range> read_range(std::string_view text) {
  if (!text.starts_with("bytes ")) return {};
  text.remove_prefix(6);
  const auto slash = text.find('/');
  if (slash == text.npos) return {};
  Range range;
  if (const auto total = text.substr(slash + 1); total != "*") {
    range.total = number(total);
    if (!range.total) return {};
  }
  const auto span = text.substr(0, slash);
  range.question = span == "*";
  if (range.question) return range;
  const auto dash = span.find('-');
  if (dash == span.npos) return {};
  const auto first = number(span.substr(0, dash));
  const auto last = number(span.substr(dash + 1));
  if (!first || !last || *last < *first || (range.total && *last >= *range.total)) return {};
  range.first = *first;
  range.size = *last - *first + 1;
  return range;
}

std::optional<Range> range_of(const Call& call) {
  const auto header = call.header("Content-Range");
  const auto sent = call.body->view().size();
  if (header.empty()) return Range{.size = sent, .total = sent};
  const auto range = read_range(header);
  if (!range || sent != range->size) return {};
  return range;
}

Answer plain(int status, std::string text) { return {.response = text_answer(status, text)}; }

Answer unreadable_range() { return plain(400, "Failed to parse Content-Range header."); }

Answer incomplete(const UploadSession& session) {
  Answer answer;
  answer.response.status = 308;
  answer.response.headers.set("Content-Type", "text/plain; charset=utf-8");
  if (session.stored > 0)
    answer.response.headers.set("Range", "bytes=0-" + std::to_string(session.stored - 1));
  return answer;
}

Answer final_answer(const UploadSession& session) {
  return {.response = json_answer(session.final_status, session.final_body)};
}

Answer too_small(std::uint64_t size) {
  return plain(400,
               "Invalid request. The number of bytes uploaded is required to be equal or greater "
               "than 262144, except for the final request (it's recommended to be the exact "
               "multiple of 262144). The received request contained " +
                   std::to_string(size) + " bytes, which does not meet this requirement.");
}

Answer gone(const Context& google) {
  const auto status = static_cast<int>(google.number("gone_status"));
  return plain(status, status == 410 ? "Gone" : "Not Found");
}

Answer complete(Context& google, const std::string& id, UploadSession& session) {
  const auto bytes = google.spool.whole(id);
  if (bytes == nullptr || bytes->view().size() != session.stored) return gone(google);
  auto response = session.captions ? finish_captions(google, session, bytes->view())
                                   : finish_insert(google, session, bytes->view());
  google.spool.drop(id);
  return {.response = std::move(response), .publishes = !session.captions};
}

// How much of a chunk is kept: all, unless a rule or a fault says less.
std::uint64_t kept_of(Context& google, std::uint64_t size, bool last) {
  if (google.state.half_chunks > 0) {
    --google.state.half_chunks;
    return size / 2 / kGranule * kGranule;
  }
  return last ? size : size / kGranule * kGranule;
}

Answer take(Context& google, const std::string& id, UploadSession& session, const Range& range,
            std::string_view bytes) {
  const bool last = session.total && range.first + range.size == *session.total;
  const bool odd = google.on("strict_chunks") && range.size % kGranule != 0;
  if (!last && (range.size < kGranule || odd)) return too_small(range.size);
  if (range.first != session.stored) return incomplete(session);
  const auto kept = kept_of(google, range.size, last);
  if (!google.spool.write(id, session.stored, bytes.substr(0, kept)))
    return {.response = to_response(backend_error())};
  session.stored += kept;
  return session.total && session.stored == *session.total ? complete(google, id, session)
                                                           : incomplete(session);
}

}  // namespace

Answer put_bytes(Context& google, const Call& call) {
  const auto id = parameter(call, "upload_id").value_or("");
  const auto found = google.state.uploads.find(id);
  if (found == google.state.uploads.end()) return gone(google);
  if (!call.header("Authorization").empty())
    if (const auto caller = authenticate(google, call); !caller)
      return {.response = to_response(caller.error())};
  auto& session = found->second;
  if (session.final_status != 0) return final_answer(session);
  const auto range = range_of(call);
  if (!range) return unreadable_range();
  if (range->total && session.total && *range->total != *session.total) return unreadable_range();
  if (range->question) return incomplete(session);
  if (range->size == 0) return {.response = to_response(no_media())};
  if (range->total) session.total = range->total;
  return take(google, id, session, *range, call.body->view());
}

void prune_uploads(Context& google) {
  const auto now = google.now_ms();
  std::erase_if(google.state.uploads, [&](const auto& entry) {
    if (now - entry.second.created_ms < kSessionLifeMs) return false;
    google.spool.drop(entry.first);
    return true;
  });
}

}  // namespace herald::sandbox::google

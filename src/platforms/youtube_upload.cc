// The resumable upload protocol, as far as it is the same for publishing and for looking.
// Source: developers.google.com/youtube/v3/guides/using_resumable_upload_protocol, 2026-11-22.
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "domain/check.h"
#include "domain/text.h"
#include "platforms/json_answer.h"
#include "platforms/steps.h"
#include "platforms/youtube.h"

namespace herald::youtube_flows {
namespace {

namespace json = boost::json;

constexpr std::uint64_t kGrain = 262'144;
constexpr std::uint64_t kChunkMax = 8ULL << 20;
constexpr std::uint64_t kChunks = 16;  // Enough for a progress bar that moves.

// Bytes stored by "bytes=0-8388607"; nothing when it is anything else.
std::optional<std::uint64_t> stored_by(std::string_view range) {
  for (const std::string_view prefix : {"bytes=0-", "0-"}) {
    if (!range.starts_with(prefix)) continue;
    range.remove_prefix(prefix.size());
    std::uint64_t last = 0;
    const auto [stopped, error] = std::from_chars(range.data(), range.data() + range.size(), last);
    if (error == std::errc() && stopped == range.data() + range.size()) return last + 1;
    return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

Call get(std::string step, std::string_view resource, std::vector<Field> query) {
  Call call;
  call.step = std::move(step);
  call.url = "https://www.googleapis.com/youtube/v3/" + std::string(resource);
  call.query = std::move(query);
  call.carrier = TokenCarrier::bearer;
  call.token = {Reference::Kind::user_token, ""};
  return call;
}

Call query_session(const Notes& notes, std::uint64_t total) {
  Call call;
  call.step = "ask how far the upload is";
  call.method = "PUT";
  call.url = notes.text(kSession);
  call.headers = {{"Content-Range", "bytes */" + std::to_string(total)}};
  call.body = EmptyBody{};
  call.carrier = TokenCarrier::bearer;
  call.token = {Reference::Kind::user_token, ""};
  call.keep_headers = {"range"};
  return call;
}

SessionAnswer session_answer(const Answer& answer) {
  using What = SessionAnswer::What;
  if (answer.status == 308) {
    const std::string* range = answer.header("range");
    // Without a Range nothing is stored.
    const auto stored = range == nullptr ? std::optional<std::uint64_t>(0) : stored_by(*range);
    return stored ? SessionAnswer{What::incomplete, *stored, {}} : SessionAnswer{};
  }
  if (answer.status == 200 || answer.status == 201) {
    std::string id = JsonAnswer(answer.body).text("/id");
    return id.empty() ? SessionAnswer{} : SessionAnswer{What::complete, 0, std::move(id)};
  }
  if (answer.status == 404 || answer.status == 410) return {What::gone, 0, {}};
  return {};
}

bool is_ours(const std::string& address) {
  return std::ranges::any_of(spec().token_hosts, [&](const std::string& host) {
    return address.starts_with("https://" + host + "/");
  });
}

std::uint64_t file_size(const Input& input) {
  return input.media.empty() ? 0 : input.media.front().original.size_bytes;
}

std::uint64_t chunk_size(std::uint64_t total) {
  const std::uint64_t sixteenth = (total + kChunks - 1) / kChunks;
  const std::uint64_t rounded = (sixteenth + kGrain - 1) / kGrain * kGrain;
  return std::clamp(rounded, kGrain, kChunkMax);
}

std::string video_resource(const Input& input) {
  const auto text = [&](const char* name, const char* otherwise) {
    const auto value = text_of(input.options, name);
    return value.empty() ? std::string(otherwise) : value;
  };
  json::object snippet{{"title", text_of(input.options, "title")},
                       {"description", input.text},
                       {"categoryId", text("category", "22")}};
  if (const auto tags = tags_of(input.options, "tags"); !tags.empty()) {
    snippet["tags"] = json::array(tags.begin(), tags.end());
  }
  json::object status{
      {"privacyStatus", text("privacy", "public")},
      {"selfDeclaredMadeForKids", flag_of(input.options, "made_for_kids")},
      {"containsSyntheticMedia", flag_of(input.options, "contains_synthetic_media")},
      {"embeddable", flag_of(input.options, "embeddable", true)},
      {"license", text("license", "youtube")}};
  if (const auto at = text_of(input.options, "publish_at"); !at.empty()) {
    status["privacyStatus"] = "private";  // The only one that it is taken with.
    status["publishAt"] = at;
  }
  return json::serialize(json::object{{"snippet", snippet}, {"status", status}});
}

std::int64_t tags_total(const std::vector<std::string>& tags) {
  std::int64_t total = tags.empty() ? 0 : static_cast<std::int64_t>(tags.size()) - 1;
  for (const auto& tag : tags) {
    total += length(tag, Counting::code_points).value_or(0);
    if (tag.find(' ') != tag.npos) total += 2;
  }
  return total;
}

}  // namespace herald::youtube_flows

// TikTok accounts: videos in chunks or fetched by TikTok, photos fetched by TikTok, and drafts to
// the inbox. Source: developers.tiktok.com/doc (Login Kit, Content Posting API, Display API; v2),
// checked 2026-11-22.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platforms/json_answer.h"
#include "platforms/notes.h"
#include "ports/platform.h"

namespace herald::tiktok_flows {

const PlatformSpec& spec();

FlowSteps discover();
FlowSteps lookup();
FlowSteps publish();
FlowSteps find();
FlowSteps follow_up();
FlowSteps measure();

std::vector<Violation> check(const Input& input);
Answer imagine(const Input& input, const Progress& progress, const Call& call);

// ---------------------------------------------------------------- Errors

// One line of the table: what an error's code means.
struct Rule {
  std::string_view code;
  ErrorKind kind;
  // What it proves about a call that would be seen: `refused` or `unknown`.
  Verdict visible;
  const char* name;     // Error::code.
  const char* message;  // For a person.
};
std::span<const Rule> rules();

struct Fault {
  std::string code;  // Empty when the answer names none.
  Error error;
  Verdict visible = Verdict::unknown;
};

// Nothing when the answer says "ok". An error may come with status 200.
std::optional<Fault> fault_in(const Answer& answer, const JsonAnswer& json);

// Refused where the table is certain; else in doubt, which repeats a call that only prepares.
Absorbed faulty(const Notes& notes, Fault fault);

// What a post's fail_reason means.
Error failure(std::string_view reason);

// ---------------------------------------------------------------- Calls

// Notes of the publish flow that find() reads and changes:
//   publish_id  TikTok's name of the post that is being made
//   upload_url  where its bytes go; as good as a credential
//   begun_at    when that was given, ms: it is good for an hour
//   offset      bytes that TikTok has stored
//   doubted     a last chunk may still be on its way there
//   taken       TikTok has all that it needs: from here on it is watched
inline constexpr const char* kPublishId = "publish_id";
inline constexpr const char* kUploadUrl = "upload_url";
inline constexpr const char* kBegunAt = "begun_at";
inline constexpr const char* kOffset = "offset";
inline constexpr const char* kDoubted = "doubted";
inline constexpr const char* kTaken = "taken";

inline constexpr Duration kUploadLife = std::chrono::hours(1);  // Of an upload_url.

// Where lookup() puts the privacy levels of the account.
inline constexpr const char* kPrivacy = "privacy";
// The switch above what a commercial post promotes.
inline constexpr const char* kDisclosure = "commercial_content";
inline constexpr std::string_view kPublic = "PUBLIC_TO_EVERYONE";
inline constexpr std::string_view kPrivate = "SELF_ONLY";

bool is_draft(const Input& input);
bool is_photo(const Input& input);
// TikTok fetches the media by our links; the init is then the visible call.
bool pulls(const Input& input);

bool has_scope(const Input& input, std::string_view scope);

// A call with the person's token: "video/list/" -> .../v2/video/list/.
Call post(std::string step, std::string_view path, std::string json);
Call get(std::string step, std::string_view path, std::vector<Field> query);

Call creator_info();
Call status_of(const std::string& publish_id);
// Begins a post of this kind.
Call init(const Input& input);

// How a file is cut: all chunks but the last have `size`, the last takes the rest as well.
struct Chunks {
  std::uint64_t total = 0;
  std::uint64_t size = 0;
  std::uint64_t count = 1;

  // Where the last one begins.
  std::uint64_t last() const { return (count - 1) * size; }
  // The end of the chunk that begins, or is resumed, at `offset`.
  std::uint64_t end_of(std::uint64_t offset) const {
    return offset >= last() ? total : (offset / size + 1) * size;
  }
};
Chunks chunks_of(std::uint64_t total);
Chunks chunks_of(const Input& input);

// Bytes stored by "bytes 0-9999999/50000123"; nothing when it is anything else. The platform does
// not say whether the second number is a count or an index: chunks are stored whole, which tells.
std::optional<std::uint64_t> stored_by(const std::string* content_range, const Chunks& chunks);

// The link of a post; empty while its id or the account's name is not known.
std::string link_of(const Input& input, const std::string& post_id);

}  // namespace herald::tiktok_flows

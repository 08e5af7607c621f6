// LinkedIn members and organisation pages: files are uploaded first, and one call makes the post.
// Source: learn.microsoft.com/linkedin, checked 2026-11-22.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platforms/notes.h"
#include "ports/platform.h"

namespace herald::linkedin_flows {

const PlatformSpec& spec();

FlowSteps discover();
FlowSteps lookup();
FlowSteps publish();
FlowSteps find();
FlowSteps follow_up();
FlowSteps measure();
int reading_calls(const Input& input);

std::vector<Violation> check(const Input& input);
Answer imagine(const Input& input, const Progress& progress, const Call& call);

// ---------------------------------------------------------------- Errors

struct Fault {
  Error error;
  // What it proves about the call that makes the post.
  Verdict visible = Verdict::unknown;
};

// Nothing when the answer is a success.
std::optional<Fault> fault_in(const Input& input, const Answer& answer);

// ---------------------------------------------------------------- Calls

// A call to the versioned API with the person's token: "posts" -> .../rest/posts. Where a query has
// lists it is part of `resource`, since their brackets must stay as they are.
Call get(const Input& input, std::string step, std::string_view resource,
         std::vector<Field> query = {});
Call post(const Input& input, std::string step, std::string_view resource, std::string json_text);

// ---------------------------------------------------------------- Texts

// Text as LinkedIn's "little text": every character with a meaning of its own is escaped, hashtags
// are left alone. What is not escaped cuts the text off without an error.
std::string little_text(std::string_view text);
// And back, as far as LinkedIn may have rewritten it: for comparing.
std::string plain_text(std::string_view little);

// The first urn:li:share:... or urn:li:ugcPost:... (or, if asked for, activity) in a text; empty
// when there is none.
std::string post_urn_in(std::string_view text, bool or_activity = false);

// "%3A" -> ":".
std::string percent_decoded(std::string_view text);

inline std::string post_url(const std::string& urn) {
  return "https://www.linkedin.com/feed/update/" + urn;
}

// ---------------------------------------------------------------- The post

// A page; else a member.
inline bool is_page(const Input& input) {
  return input.account.remote_id.starts_with("urn:li:organization");
}

// Was it granted? Also when it is not known what was.
bool may(const Input& input, std::string_view scope);

// Notes of the publish flow that find() reads and changes:
//   assets      URNs of the files that were uploaded, in order
//   doubted     a post may have been made unseen
inline constexpr const char* kAssets = "assets";
inline constexpr const char* kDoubted = "doubted";

// The body of the call that makes the post.
std::string post_body(const Input& input, const std::vector<std::string>& assets);

// ---------------------------------------------------------------- Uploads

struct Upload {
  const MediumInput* medium = nullptr;
  const char* resource = "";  // "images"
  const char* member = "";    // "image": where the answer has the URN.
};
// What has to be uploaded before the post is made, in order.
std::vector<Upload> uploads_of(const Input& input);

// The uploads as steps of the publish flow; more_to_upload() says whether there are any left.
bool more_to_upload(const Input& input, const Notes& notes);
Step upload_next(const Input& input, const Notes& notes);
Absorbed upload_absorb(const Input& input, const Notes& notes, const Answer& answer);
Answer imagine_upload(const Input& input, const Notes& notes);

}  // namespace herald::linkedin_flows

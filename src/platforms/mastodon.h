// Mastodon accounts of the one instance that the operator names: files are uploaded and waited for,
// then every post of a thread is a visible call of its own, which bears a key by which the instance
// knows a repeat for an hour.
// Source: docs.joinmastodon.org and the server's source, release 4.5.7, checked 2026-11-22.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platforms/json_answer.h"
#include "platforms/notes.h"
#include "ports/platform.h"

namespace herald::mastodon_flows {

const PlatformSpec& spec();

FlowSteps connect();
FlowSteps refresh();
FlowSteps revoke();
FlowSteps discover();
FlowSteps lookup();
FlowSteps publish();
FlowSteps find();
FlowSteps follow_up();
FlowSteps measure();

std::vector<Violation> check(const Input& input);
Answer imagine(const Input& input, const Progress& progress, const Call& call);

// ---------------------------------------------------------------- Errors

struct Fault {
  Error error;
  Verdict visible = Verdict::unknown;  // What it proves about a post: `refused` or `unknown`.
};

// By the status alone, which the documentation says is what counts: texts are translated. Nothing
// when the answer is a success.
std::optional<Fault> fault_in(const Input& input, const Answer& answer);
// A fault is what it proves.
Absorbed absorbed(const Notes& notes, Fault fault);

// ---------------------------------------------------------------- Calls

// With the person's token: "v1/statuses" -> https://<instance>/api/v1/statuses.
Call ask(const Input& input, std::string step, std::string_view path,
         std::vector<Field> query = {});

// Ids hold on one instance only, so an account's is kept as "<id>@<instance>".
std::string remote_id_of(const Input& input, std::string_view id);
std::string account_id(const Input& input);
// The account is of another instance than the one that is set now: its token must not go there.
std::optional<Error> elsewhere(const Input& input);

// ---------------------------------------------------------------- What the flows share

// Notes of the publish flow that find() reads and changes:
//   media    the ids of uploaded files, in order
//   posted   the ids of the posts that are live
//   url      of the first of them
//   doubts   how often the end of the next one was not seen
inline constexpr const char* kMedia = "media";
inline constexpr const char* kPosted = "posted";
inline constexpr const char* kUrl = "url";
inline constexpr const char* kDoubts = "doubts";

// The texts of the posts of a thread, the first one first. Never empty.
std::vector<std::string> parts_of(const Input& input);

// Of LookedUp: a number that the instance says; `otherwise` where it is not known.
std::int64_t live_number(const Input& input, const std::string& name, std::int64_t otherwise);

// Where a post is to be seen, as the instance says; empty when it is no address that may be shown.
std::string url_in(const JsonAnswer& json, const std::string& post);

// As two ways to write one text look alike: lines end with \n, no blanks at the ends.
std::string folded(std::string_view text);

}  // namespace herald::mastodon_flows

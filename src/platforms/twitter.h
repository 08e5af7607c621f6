// X (Twitter): media are uploaded first; then every post of a thread is a visible call of its own.
// Source: docs.x.com (API v2), checked 2026-11-22.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platforms/json_answer.h"
#include "platforms/notes.h"
#include "ports/platform.h"

namespace herald::twitter_flows {

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

// One line of the table: what a problem means. Texts are not looked at, since they change.
struct Rule {
  int status;
  std::string_view problem;  // The last part of its `type`; empty: "about:blank", none, or any.
  ErrorKind kind;
  Verdict visible;      // What it proves about a post: `refused` or `unknown`.
  const char* name;     // Error::code.
  const char* message;  // For a person.
};
std::span<const Rule> rules();

struct Fault {
  Error error;
  Verdict visible = Verdict::unknown;
  std::string parameter;    // Which part of the request is at fault, where that is said.
  bool may_repeat = false;  // One of the things it may mean: X has a post with this text.
};

// Nothing when the answer is a success.
std::optional<Fault> fault_in(const Input& input, const Answer& answer);

// ---------------------------------------------------------------- What the flows share

// Notes of the publish flow that find() reads and changes: the ids of the posts that are live, and
// how often the end of the next one was not seen.
inline constexpr const char* kPosted = "posted";
inline constexpr const char* kDoubts = "doubts";

inline constexpr const char* kSubscription = "subscription";  // A fact: "None", "Premium", ...

// A call to the API with the person's token: "users/me" -> https://api.x.com/2/users/me.
Call ask(std::string step, std::string_view path, std::vector<Field> query = {});
Call send_json(std::string step, std::string_view path, std::string json);

// The texts of the posts of a thread, the first one first. Never empty.
std::vector<std::string> parts_of(const Input& input);

// The id in "https://x.com/someone/status/123", or the id alone; empty: it is neither.
std::string post_id_in(std::string_view text);

std::string post_url(const Input& input, const std::string& id);

// Fields were called "tweet.fields" and are to be called "post.fields"; who refuses the one is
// asked with the other. `notes` remember which.
std::string fields_name(const Notes& notes);
// True when the answer refuses the name: the notes have changed, and the call is to be made again.
bool learns_fields_name(const Answer& answer, Notes& notes);

}  // namespace herald::twitter_flows

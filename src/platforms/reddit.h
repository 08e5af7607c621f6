// Reddit accounts: files are uploaded first, and one call makes the post in one subreddit. Errors
// come inside a 200, and posts of pictures and videos are answered without an id.
// Source: www.reddit.com/dev/api and the clients that speak it, checked 2026-11-22.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platforms/notes.h"
#include "ports/platform.h"

namespace herald {
class JsonAnswer;
}

namespace herald::reddit_flows {

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
  // What it proves about the call that makes the post.
  Verdict visible = Verdict::unknown;
};

// Nothing when the answer is a success; a 200 that lists errors is none.
std::optional<Fault> fault_in(const Answer& answer);

// Of a call that prepares or looks: what proves nothing is tried again.
Absorbed faulty(const Notes& notes, Fault fault);

// ---------------------------------------------------------------- Calls

// Reddit blocks who does not say which program calls; it is sent with every call.
Field user_agent(const Input& input);

// A call to oauth.reddit.com with the person's token: "api/v1/me".
Call get(const Input& input, std::string step, std::string_view path,
         std::vector<Field> query = {});
Call post(const Input& input, std::string step, std::string_view path, Body body);

// ---------------------------------------------------------------- The account's newest posts

// Notes of a look: "matches" fullnames and "links" of posts that are this one; "unclear" when one
// may be it, with "doubtful" fullnames and "doubtful_links" where only its age does not tell;
// "after" where the next page begins; "pages" read; "ended" with the window's beginning
// ("complete") or with our patience ("cut").
Call list_posts(const Input& input, const Notes& notes);
// Back to what was there before the call began. False when the answer is no listing.
bool read_posts(const Input& input, const JsonAnswer& json, Notes& notes);

// ---------------------------------------------------------------- Uploads

// Notes: "urls" and "assets" of the files that were uploaded, in order.
bool more_to_upload(const Input& input, const Notes& notes);
Step upload_next(const Input& input, const Notes& notes);
Absorbed upload_absorb(const Input& input, const Notes& notes, const Answer& answer);
Answer imagine_upload(const Input& input, const Notes& notes);

// ---------------------------------------------------------------- Names

// Notes of the publish flow: how often an answer was lost and the post was not there.
inline constexpr const char* kDoubts = "doubts";

// Of a flair, in LookedUp::choices.
inline constexpr const char* kFlairs = "flairs";

// As Reddit keeps a title: each run of blanks is one blank, none at the ends.
std::string one_line(std::string_view text);
std::string lower_case(std::string text);

// Answered without an id.
inline bool is_answered_blindly(const Input& input) {
  return input.kind == "image" || input.kind == "video";
}

}  // namespace herald::reddit_flows

// Pinterest accounts: each pin goes to one board, in one call that names its pictures by link; a
// video is uploaded first. Nothing marks a pin as ours, and how soon a board lists it is not known.
// Source: developers.pinterest.com and github.com/pinterest/api-description, checked 2026-11-22.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platforms/notes.h"
#include "ports/platform.h"

namespace herald::pinterest_flows {

const PlatformSpec& spec();

FlowSteps connect();
FlowSteps refresh();
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
  Verdict visible = Verdict::unknown;  // What it proves about the call that makes the pin.
  std::int64_t code = 0;               // Pinterest's; 0: none.
};

inline constexpr std::int64_t kInvalid = 1;
inline constexpr std::int64_t kNotPermitted = 29;

// Nothing when the answer is a success; a 200 that holds a code in place of an id is none.
std::optional<Fault> fault_in(const Input& input, const Answer& answer);

// Of a call that prepares or looks: what proves nothing is tried again.
Absorbed faulty(const Notes& notes, Fault fault);

// A 429 that does not say how much is left, or how long to wait.
bool is_silent(const Answer& answer);

// ---------------------------------------------------------------- Calls

// With the person's token: "boards/7".
Call get(const Input& input, std::string step, std::string_view path,
         std::vector<Field> query = {});
Call post(const Input& input, std::string step, std::string_view path, std::string json);

inline constexpr std::int64_t kPageSize = 250;

// ---------------------------------------------------------------- The video

// Notes: "media" its id at Pinterest, "ready" when a pin may name it.
bool more_to_upload(const Input& input, const Notes& notes);
Step upload_next(const Input& input, const Notes& notes);
Absorbed upload_absorb(const Input& input, const Notes& notes, const Answer& answer);
Answer imagine_upload(const Notes& notes);

// ---------------------------------------------------------------- Names

// The account's boards, in LookedUp::choices.
inline constexpr const char* kBoards = "boards";

// Notes of the publish flow: whose the board is, "own" or "shared".
inline constexpr const char* kBoard = "board";

// One for the whole pin, in whatever way this kind of post has it.
std::string alt_text_of(const Input& input);

// It stands in no answer.
std::string pin_url(std::string_view id);

// As Pinterest may give a text back: lines end with \n, no blanks at the ends.
std::string folded(std::string_view text);

}  // namespace herald::pinterest_flows

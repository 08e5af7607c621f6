// Threads profiles: containers are built and polled, also for words alone, and one call makes the
// finished container public. Its app, consent and tokens are not Instagram's.
// Source: developers.facebook.com/documentation/threads, checked 2026-11-22.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platforms/graph.h"
#include "platforms/notes.h"
#include "ports/platform.h"

namespace herald::threads_flows {

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

// As graph::fault_in(), by the table of Threads. Its status says nothing: 100 and 10 come with a
// 400 and with a 500.
std::optional<graph::Fault> fault_in(const Answer& answer);

// "Media Not Found": the container is not to be had, even seconds after it was finished.
bool is_out_of_reach(const graph::Fault& fault);
// "Object does not exist": a young container may be said to be missing.
bool is_missing(const graph::Fault& fault);

// What the name in a failed container's `error_message` means.
Error container_error(std::string_view name);

// A prepare call was refused with this fault: nothing is visible, whatever the code may mean for
// threads_publish.
Absorbed refused_quietly(const Notes& notes, graph::Fault fault);

// ---------------------------------------------------------------- Calls

// With the person's token, of which each opens one profile: "me/threads".
Call ask(const Input& input, std::string step, std::string_view path, std::vector<Field> query);
Call send(const Input& input, std::string step, std::string_view path, std::vector<Field> form);

// ---------------------------------------------------------------- What the flows share

// Notes of the publish flow that find() reads and changes:
//   items       container ids in order; a carousel's own comes last
//   ready       how many of them are FINISHED
//   made_at     when the last one was made, ms
//   doubted     a threads_publish of the last one may have been carried out
//   allowed     since that doubt, the account was seen to be let in and to have room
inline constexpr const char* kItems = "items";
inline constexpr const char* kReady = "ready";
inline constexpr const char* kMadeAt = "made_at";
inline constexpr const char* kDoubted = "doubted";
inline constexpr const char* kAllowed = "allowed";

// How many containers this post takes, a carousel's own included.
std::size_t containers_needed(const Input& input);

// The fields that make container number `index`.
std::vector<Field> container_fields(const Input& input, const Notes& notes, std::size_t index);

// As Threads may give a text back: lines end with \n, no blanks at the end.
std::string folded(std::string_view text);

}  // namespace herald::threads_flows

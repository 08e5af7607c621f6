// Instagram professional accounts: containers are built and polled, and one call makes the finished
// container public. People sign in with Facebook or with Instagram (graph::Product); what comes
// after differs by host and token only.
// Source: developers.facebook.com/docs/instagram-platform, checked 2026-11-22.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platforms/graph.h"
#include "platforms/notes.h"
#include "ports/platform.h"

namespace herald::instagram_flows {

const PlatformSpec& spec();
FlowSteps discover();

// Of Instagram Login (instagram_login.cc): an app, a consent and tokens of its own.
const PlatformSpec& login_spec();
FlowSteps login_connect();
FlowSteps login_refresh();
FlowSteps login_discover();

FlowSteps lookup();
FlowSteps publish();
FlowSteps find();
FlowSteps follow_up();
FlowSteps measure();

std::vector<Violation> check(const Input& input);
Answer imagine(const Input& input, const Progress& progress, const Call& call);

// ---------------------------------------------------------------- What the flows share

// Notes of the publish flow that find() reads and changes:
//   items       container ids in order; a carousel's own comes last
//   ready       how many of them are FINISHED
//   made_at     when the last one was made, ms
//   doubted     a media_publish of the last one may still be on its way
inline constexpr const char* kItems = "items";
inline constexpr const char* kReady = "ready";
inline constexpr const char* kMadeAt = "made_at";
inline constexpr const char* kDoubted = "doubted";

// As graph::fault_in(), by the table of the account's product.
std::optional<graph::Fault> fault_in(const Input& input, const Answer& answer);

// How many containers this post takes, a carousel's own included.
std::size_t containers_needed(const Input& input);

// The fields that make container number `index`.
std::vector<Field> container_fields(const Input& input, const Notes& notes, std::size_t index);

// "1784.../media"
std::string edge(const std::string& id, const char* name);

// A prepare call was refused with this fault: nothing is visible, whatever the code may mean for
// media_publish.
Absorbed refused_quietly(const Notes& notes, graph::Fault fault);

}  // namespace herald::instagram_flows

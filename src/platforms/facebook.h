// Facebook Pages: texts, links and photos go to the Page's feed. Photos are uploaded unpublished
// first, so that one call makes the whole post visible.
// Source: developers.facebook.com/docs/pages-api and .../graph-api/reference/page, checked
// 2026-11-22.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platforms/graph.h"
#include "platforms/notes.h"
#include "ports/platform.h"

namespace herald::facebook_flows {

const PlatformSpec& spec();
std::span<const graph::Rule> rules();

FlowSteps discover();
FlowSteps lookup();
FlowSteps publish();
FlowSteps find();
FlowSteps follow_up();
FlowSteps measure();

std::vector<Violation> check(const Input& input);
Answer imagine(const Input& input, const Progress& progress, const Call& call);

// ---------------------------------------------------------------- What the flows share

// Notes of the publish flow that find() reads and changes:
//   photos      ids of the unpublished photos, in order
//   doubts      how many times a look has shown that a call in doubt had no effect
inline constexpr const char* kPhotos = "photos";
inline constexpr const char* kDoubts = "doubts";

// By Facebook's own lines and those that hold for all of Meta.
std::optional<graph::Fault> fault_in(const Answer& answer);

// "1122/feed"
std::string edge(const std::string& id, const char* name);

// When Facebook itself is to publish the post; nothing: at once.
std::optional<Time> scheduled_at(const Input& input);

// Unknown outcomes of calls that nobody sees are plain failures.
Absorbed refused_quietly(const Notes& notes, graph::Fault fault);

}  // namespace herald::facebook_flows

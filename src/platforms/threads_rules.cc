// What the error codes of Threads mean beside those of all of Meta (graph_rules.cc), and the names
// in a failed container. `visible` is what a code proves when threads_publish answers with it.
// Source: developers.facebook.com/documentation/threads/troubleshooting and what clients recorded,
// checked 2026-11-22.
#include <algorithm>

#include "platforms/steps.h"
#include "platforms/threads.h"

namespace herald::threads_flows {
namespace {

using enum ErrorKind;
using graph::kAnyCode;
using graph::kAnySubcode;
constexpr auto kRefused = Verdict::refused;
constexpr auto kDoubt = Verdict::unknown;

constexpr int kMediaNotFound = 4279009;

constexpr const char* kReconnect =
    "The connection to this account ended. Reconnect to continue; your posts are kept.";

constexpr graph::Rule kRules[] = {
    {1, 2207052, unavailable, kDoubt, "media_unreachable",
     "Threads could not load the file. We will try again."},
    {4, 2207051, unknown_outcome, kDoubt, "action_blocked",
     "Threads limited this action. Check the account before posting again."},
    // Answered with the post live, too.
    {10, kAnySubcode, unauthorized, kDoubt, "permission_missing",
     "A permission is missing. Reconnect and allow all items; your posts are kept."},
    {24, kMediaNotFound, unavailable, kDoubt, "container_unknown",
     "Threads had a temporary problem. We are trying again."},
    {100, 10, unauthorized, kRefused, "permission_missing",
     "This Threads account may not use the app yet: its operator must add it as a tester, or pass "
     "Meta's review. Then reconnect."},
    {100, 4279004, unavailable, kRefused, "children_not_ready",
     "Threads is still processing the media. We are trying again."},
    {190, 458, unauthorized, kRefused, "grant_refused",
     "The connection was removed on Threads. Reconnect; your posts are kept."},
    {190, 459, unauthorized, kRefused, "grant_refused",
     "Open Threads, complete the security check, then reconnect; your posts are kept."},
    {190, 460, unauthorized, kRefused, "grant_refused",
     "The password was changed. Reconnect; your posts are kept."},
    {190, 464, unauthorized, kRefused, "grant_refused",
     "Confirm the Threads account, then reconnect; your posts are kept."},
    {190, 467, unauthorized, kRefused, "grant_refused",
     "The Threads session ended. Reconnect; your posts are kept."},
    {452, kAnySubcode, unauthorized, kRefused, "grant_refused", kReconnect},
    // Of these the subcode alone is known.
    {kAnyCode, 2207050, unauthorized, kDoubt, "account_restricted",
     "Threads restricted this account. Open the Threads app, then reconnect."},
    {kAnyCode, 2207051, unknown_outcome, kDoubt, "action_blocked",
     "Threads limited this action. Check the account before posting again."},
    {kAnyCode, 4279013, unknown_outcome, kDoubt, "action_blocked",
     "Threads limited this account. Check it before posting again."},
};

struct ContainerRule {
  std::string_view name;
  ErrorKind kind;
  const char* code;
  const char* message;
};
constexpr ContainerRule kContainer[] = {
    {"FAILED_DOWNLOADING_VIDEO", unavailable, "media_unreachable",
     "Threads could not load the video. We will try again."},
    {"FAILED_PROCESSING_AUDIO", unavailable, "container_failed",
     "Threads could not process the sound of the video."},
    {"FAILED_PROCESSING_VIDEO", unavailable, "container_failed",
     "Threads could not process the video."},
    // The spelling is theirs.
    {"INVALID_ASPEC_RATIO", invalid, "video_ratio",
     "Threads does not take this shape of video. Use one between 1:100 and 10:1."},
    {"INVALID_BIT_RATE", invalid, "video_format", "Use a video of at most 100 Mbit/s."},
    {"INVALID_DURATION", invalid, "video_length", "Use a video of at most 5 minutes."},
    {"INVALID_FRAME_RATE", invalid, "video_format", "Use a video of 23 to 60 frames per second."},
    {"INVALID_AUDIO_CHANNELS", invalid, "video_format", "Use a video with mono or stereo sound."},
    {"INVALID_AUDIO_CHANNEL_LAYOUT", invalid, "video_format",
     "Use a video with mono or stereo sound."},
};

}  // namespace

std::optional<graph::Fault> fault_in(const Answer& answer) {
  return graph::fault_in(answer, kRules);
}

bool is_out_of_reach(const graph::Fault& fault) {
  return fault.code == 24 && fault.subcode == kMediaNotFound;
}

bool is_missing(const graph::Fault& fault) { return fault.code == 100 && fault.subcode == 33; }

Error container_error(std::string_view name) {
  const auto* rule = std::ranges::find(kContainer, name, &ContainerRule::name);
  if (rule != std::end(kContainer)) {
    return {rule->kind, rule->message, "container " + std::string(name), {}, rule->code};
  }
  // "UNKNOWN" among them: another container of the same file may pass.
  return {unavailable,
          "Threads could not process the media.",
          "container failed for a reason that is not in the table",
          {},
          "container_failed"};
}

Absorbed refused_quietly(const Notes& notes, graph::Fault fault) {
  if (fault.error.kind == ErrorKind::unknown_outcome) fault.error.kind = ErrorKind::forbidden;
  return refused(notes, std::move(fault.error));
}

}  // namespace herald::threads_flows

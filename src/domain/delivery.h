// A delivery: one post on its way to one target. The row is the job.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "domain/result.h"
#include "domain/time.h"

namespace herald {

// Drawn in docs/states.md. may_move() below is the one transition table. Cancelling further needs
// that no fence is up and nothing visible was accepted.
enum class DeliveryState {
  scheduled,
  running,  // Leased by a worker.
  waiting,  // For the platform, with a due time.
  published,
  failed,   // Refused; certainly not published.
  parked,   // The grant is dead; resumes by itself after a reconnect.
  unknown,  // The visible call began and its end was not seen; looked up before anything else.
  review,   // Looking did not settle it, or cannot any more: a person must.
  cancelled,
  missed,  // Past its lateness limit.
};

const char* name_of(DeliveryState state);
std::optional<DeliveryState> delivery_state_of(std::string_view name);
bool may_move(DeliveryState from, DeliveryState to);
// published, failed, cancelled, missed: nothing more happens by itself.
bool is_final(DeliveryState state);

// Stored before the first byte of a visible call. While it stands the call may have been carried
// out, and is never begun again.
struct Fence {
  int call = 0;  // Which visible call of this delivery (a thread has several).
  int attempt = 0;
  Time begun_at{};
  Time send_before{};  // The transport refuses to send later.
  Time settled_by{};   // begun_at + lease + call limit: nothing of a brief call is on its way.
  // What the platform's own clock had said last; what the call made is no older. Absent: not known.
  std::optional<Time> platform_time{};
};

// Progress that people may see.
struct Meter {
  std::string step;  // "Uploading", "The platform is processing it".
  std::uint64_t done_bytes = 0;
  std::uint64_t total_bytes = 0;
};

struct Delivery {
  DeliveryId id;
  CustomerId customer;
  UserId user;
  PostId post;
  AccountId account;
  PlatformId platform;
  int target = 0;  // Index into the post's targets.
  std::string target_key;
  std::string kind;
  std::string content;  // Hash of what it shows (app/repeats.cc); empty: it repeats nothing.
  int revision = 0;     // The post's revision it publishes; 0: not yet frozen.
  DeliveryState state = DeliveryState::scheduled;
  Time due_at{};      // When a worker should look next.
  Time publish_at{};  // The person's time; order within the account.
  Time missed_after{};
  std::int64_t lease = 0;
  Time lease_until{};
  int taken = 0;          // Leases in a row that no worker gave back: each of those died with it.
  int attempt = 0;        // Failures that counted.
  int steps_idle = 0;     // Steps since the progress last changed.
  int visible_calls = 0;  // Accepted so far; the next one's index.
  int looks = 0;          // Complete looks that found nothing, since the fence went up.
  Time last_look_at{};    // The first of them: the second has to come late enough after it.
  std::string sealed_progress;  // Conversation of the publish flow, purpose "progress".
  std::optional<Fence> fence;
  std::int64_t parked_version = 0;  // The grant version that failed.
  std::string code;                 // Stable reason of the state; may be empty.
  std::string message;              // For a person: why, and what to do.
  Meter meter;
  std::string remote_id;
  std::string url;
  std::optional<Time> published_at;
  Time created_at{};
  Time updated_at{};
};

// Ids are derived, so that whoever writes a delivery first writes the same row.
DeliveryId delivery_id(const PostId& post, const AccountId& account, std::string_view target_key);

// The step of a person's decision about a delivery in review.
inline constexpr std::string_view kSettledByHand = "settled by hand";

// One line of history: a call to a platform, or a decision.
struct Attempt {
  std::string id;  // Unique in the customer; tells lines of one millisecond apart, no more.
  CustomerId customer;
  UserId user;
  DeliveryId delivery;
  PostId post;
  AccountId account;
  PlatformId platform;
  int number = 0;    // Of the try: one more than the failures before it that counted.
  std::string step;  // "publish: POST graph.facebook.com/…/media_publish"; never a secret.
  bool visible = false;
  Time started_at{};
  Time ended_at{};
  std::string
      outcome;  // "accepted", "refused", "not_yet", "unknown", "retry", "looked: absent", ...
  int status_code = 0;  // HTTP; 0: no answer.
  std::string message;
};

enum class FollowUpState {
  due,
  running,  // Leased by a worker.
  done,
  failed,
  unknown,  // The visible call began and its end was not seen; looked for when due_at comes.
};

const char* name_of(FollowUpState state);

// Work after publishing (first comment, thumbnail, playlist). Never changes the delivery's state.
struct FollowUp {
  DeliveryId delivery;
  std::string kind;  // "comment", "thumbnail", "playlist".
  CustomerId customer;
  FollowUpState state = FollowUpState::due;
  Time due_at{};
  std::int64_t lease = 0;
  Time lease_until{};
  int attempt = 0;
  std::string sealed_progress;
  std::optional<Fence> fence;
  int visible_calls = 0;
  std::string message;
  Time updated_at{};
};

enum class PostStatus {
  scheduled,
  publishing,
  published,
  partly_published,
  failed,
  needs_attention,  // parked, unknown or review somewhere.
  cancelled,
  missed,
};

const char* name_of(PostStatus status);
PostStatus fold(const std::vector<Delivery>& deliveries);

}  // namespace herald

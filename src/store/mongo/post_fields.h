// Fields of posts, deliveries, attempts and follow-ups.
#pragma once

#include "domain/delivery.h"
#include "domain/post.h"
#include "store/mongo/fields.h"

namespace herald::mongo {

// Beside these a post has
//   account_ids  that its deliveries go to
//   media_used   attached, or named by an option; none that was removed
//   status       folded from its deliveries whenever one of them moves
//   moves        rises then, so that of two moves at once one is tried again
//   idempotency_key, fingerprint   absent: none was sent, or it is forgotten
template <>
struct Fields<Post> {
  static constexpr const char* kCollection = "posts";
  static void key(auto& row, auto&& field) { field("id", row.id); }
  static void fixed(auto& row, auto&& field) {
    field("user_id", row.user);
    field("created_at", row.created_at);
  }
  static void moving(auto& row, auto&& field) {
    field("text", row.text);
    field("media", row.media);
    field("targets", row.targets);
    field("due_at", row.due_at);
    field("time_zone", row.time_zone);
    field("lateness_max", row.lateness_max);
    field("revision", row.revision);
    field("cancelled", row.cancelled);
    field("updated_at", row.updated_at);
  }
};

// Beside these a delivery has
//   holds     holds_back()
//   claim_at  when claim_due has something to do for it; null: nothing, as things stand. Of an
//             account's scheduled rows only the first one can have it.
template <>
struct Fields<Delivery> {
  static constexpr const char* kCollection = "deliveries";
  static void key(auto& row, auto&& field) { field("id", row.id); }
  static void fixed(auto& row, auto&& field) {
    field("user_id", row.user);
    field("post_id", row.post);
    field("account_id", row.account);
    field("platform", row.platform);
    field("target", row.target);
    field("target_key", row.target_key);
    field("kind", row.kind);
    field("content", row.content);
    field("publish_at", row.publish_at);
    field("created_at", row.created_at);
  }
  static void moving(auto& row, auto&& field) {
    field("revision", row.revision);
    field("state", row.state);
    field("due_at", row.due_at);
    field("missed_after", row.missed_after);
    field("lease", row.lease);
    field("lease_until", row.lease_until);
    field("attempt", row.attempt);
    field("taken", row.taken);
    field("steps_idle", row.steps_idle);
    field("visible_calls", row.visible_calls);
    field("looks", row.looks);
    field("last_look_at", row.last_look_at);
    field("sealed_progress", bytes(row.sealed_progress));
    field("fence", row.fence);
    field("parked_version", row.parked_version);
    field("code", row.code);
    field("message", row.message);
    field("meter", row.meter);
    field("remote_id", row.remote_id);
    field("url", row.url);
    field("published_at", row.published_at);
    field("updated_at", row.updated_at);
  }
};

// Beside these a follow-up has claim_at.
template <>
struct Fields<FollowUp> {
  static constexpr const char* kCollection = "follow_ups";
  static void key(auto& row, auto&& field) {
    field("delivery_id", row.delivery);
    field("kind", row.kind);
  }
  static void fixed(auto&, auto&&) {}
  static void moving(auto& row, auto&& field) {
    field("state", row.state);
    field("due_at", row.due_at);
    field("lease", row.lease);
    field("lease_until", row.lease_until);
    field("attempt", row.attempt);
    field("sealed_progress", bytes(row.sealed_progress));
    field("fence", row.fence);
    field("visible_calls", row.visible_calls);
    field("message", row.message);
    field("updated_at", row.updated_at);
  }
};

template <>
struct Fields<Attempt> {
  static constexpr const char* kCollection = "attempts";
  static void key(auto& row, auto&& field) { field("id", row.id); }
  static void fixed(auto& row, auto&& field) {
    field("user_id", row.user);
    field("delivery_id", row.delivery);
    field("post_id", row.post);
    field("account_id", row.account);
    field("platform", row.platform);
    field("number", row.number);
    field("step", row.step);
    field("visible", row.visible);
    field("started_at", row.started_at);
    field("ended_at", row.ended_at);
    field("outcome", row.outcome);
    field("status_code", row.status_code);
    field("message", row.message);
  }
  static void moving(auto&, auto&&) {}
};

}  // namespace herald::mongo

// Columns of posts, deliveries, attempts and follow-ups.
#pragma once

#include "domain/delivery.h"
#include "domain/post.h"
#include "store/sqlite/table.h"

namespace herald {

// Beside these it has idempotency_key, fingerprint and status.
template <>
struct Table<Post> {
  static constexpr const char* kName = "posts";
  static constexpr int kKeys = 2;
  static void fixed(auto& row, auto&& column) {
    column("customer_id", row.customer);
    column("id", row.id);
    column("user_id", row.user);
    column("created_at", row.created_at);
  }
  static void moving(auto& row, auto&& column) {
    column("text", row.text);
    column("media", json(row.media));
    column("targets", json(row.targets));
    column("due_at", row.due_at);
    column("time_zone", row.time_zone);
    column("lateness_max", row.lateness_max);
    column("revision", row.revision);
    column("cancelled", row.cancelled);
    column("updated_at", row.updated_at);
  }
};

// Beside these it has claim_at.
template <>
struct Table<Delivery> {
  static constexpr const char* kName = "deliveries";
  static constexpr int kKeys = 2;
  static void fixed(auto& row, auto&& column) {
    column("customer_id", row.customer);
    column("id", row.id);
    column("user_id", row.user);
    column("post_id", row.post);
    column("account_id", row.account);
    column("platform", row.platform);
    column("target", row.target);
    column("target_key", row.target_key);
    column("kind", row.kind);
    column("content", row.content);
    column("publish_at", row.publish_at);
    column("created_at", row.created_at);
  }
  static void moving(auto& row, auto&& column) {
    column("revision", row.revision);
    column("state", row.state);
    column("due_at", row.due_at);
    column("missed_after", row.missed_after);
    column("lease", row.lease);
    column("lease_until", row.lease_until);
    column("attempt", row.attempt);
    column("taken", row.taken);
    column("steps_idle", row.steps_idle);
    column("visible_calls", row.visible_calls);
    column("looks", row.looks);
    column("last_look_at", row.last_look_at);
    column("sealed_progress", bytes(row.sealed_progress));
    column("fence", json(row.fence));
    column("parked_version", row.parked_version);
    column("code", row.code);
    column("message", row.message);
    column("meter", json(row.meter));
    column("remote_id", row.remote_id);
    column("url", row.url);
    column("published_at", row.published_at);
    column("updated_at", row.updated_at);
  }
};

// Beside these it has claim_at.
template <>
struct Table<FollowUp> {
  static constexpr const char* kName = "follow_ups";
  static constexpr int kKeys = 3;
  static void fixed(auto& row, auto&& column) {
    column("customer_id", row.customer);
    column("delivery_id", row.delivery);
    column("kind", row.kind);
  }
  static void moving(auto& row, auto&& column) {
    column("state", row.state);
    column("due_at", row.due_at);
    column("lease", row.lease);
    column("lease_until", row.lease_until);
    column("attempt", row.attempt);
    column("sealed_progress", bytes(row.sealed_progress));
    column("fence", json(row.fence));
    column("visible_calls", row.visible_calls);
    column("message", row.message);
    column("updated_at", row.updated_at);
  }
};

template <>
struct Table<Attempt> {
  static constexpr const char* kName = "attempts";
  static constexpr int kKeys = 2;
  static void fixed(auto& row, auto&& column) {
    column("customer_id", row.customer);
    column("id", row.id);
    column("user_id", row.user);
    column("delivery_id", row.delivery);
    column("post_id", row.post);
    column("account_id", row.account);
    column("platform", row.platform);
    column("number", row.number);
    column("step", row.step);
    column("visible", row.visible);
    column("started_at", row.started_at);
    column("ended_at", row.ended_at);
    column("outcome", row.outcome);
    column("status_code", row.status_code);
    column("message", row.message);
  }
  static void moving(auto&, auto&&) {}
};

}  // namespace herald

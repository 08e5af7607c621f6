// Fields of customers, users and sessions.
#pragma once

#include "domain/user.h"
#include "store/mongo/fields.h"

namespace herald::mongo {

// Its id is the customer's field.
template <>
struct Fields<Customer> {
  static constexpr const char* kCollection = "customers";
  static void key(auto&, auto&&) {}
  static void fixed(auto& row, auto&& field) { field("created_at", row.created_at); }
  static void moving(auto& row, auto&& field) {
    field("name", row.name);
    field("suspended", row.suspended);
  }
};

template <>
struct Fields<User> {
  static constexpr const char* kCollection = "users";
  static void key(auto& row, auto&& field) { field("id", row.id); }
  static void fixed(auto& row, auto&& field) {
    field("email", row.email);
    field("created_at", row.created_at);
  }
  static void moving(auto& row, auto&& field) {
    field("name", row.name);
    field("password_hash", row.password_hash);
    field("role", row.role);
    field("disabled", row.disabled);
  }
};

template <>
struct Fields<Session> {
  static constexpr const char* kCollection = "sessions";
  static void key(auto& row, auto&& field) { field("id", row.id); }
  static void fixed(auto& row, auto&& field) {
    field("user_id", row.user);
    field("created_at", row.created_at);
  }
  static void moving(auto& row, auto&& field) {
    field("refresh_hash", row.refresh_hash);
    field("previous_hash", row.previous_hash);
    field("rotated_at", row.rotated_at);
    field("expires_at", row.expires_at);
    field("ended", row.ended);
  }
};

}  // namespace herald::mongo

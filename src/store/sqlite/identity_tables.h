// Columns of customers, users and sessions.
#pragma once

#include "domain/user.h"
#include "store/sqlite/table.h"

namespace herald {

template <>
struct Table<Customer> {
  static constexpr const char* kName = "customers";
  static constexpr int kKeys = 1;
  static void fixed(auto& row, auto&& column) {
    column("id", row.id);
    column("created_at", row.created_at);
  }
  static void moving(auto& row, auto&& column) {
    column("name", row.name);
    column("suspended", row.suspended);
  }
};

template <>
struct Table<User> {
  static constexpr const char* kName = "users";
  static constexpr int kKeys = 2;
  static void fixed(auto& row, auto&& column) {
    column("customer_id", row.customer);
    column("id", row.id);
    column("email", row.email);
    column("created_at", row.created_at);
  }
  static void moving(auto& row, auto&& column) {
    column("name", row.name);
    column("password_hash", row.password_hash);
    column("role", row.role);
    column("disabled", row.disabled);
  }
};

template <>
struct Table<Session> {
  static constexpr const char* kName = "sessions";
  static constexpr int kKeys = 2;
  static void fixed(auto& row, auto&& column) {
    column("customer_id", row.customer);
    column("id", row.id);
    column("user_id", row.user);
    column("created_at", row.created_at);
  }
  static void moving(auto& row, auto&& column) {
    column("refresh_hash", row.refresh_hash);
    column("previous_hash", row.previous_hash);
    column("rotated_at", row.rotated_at);
    column("expires_at", row.expires_at);
    column("ended", row.ended);
  }
};

}  // namespace herald

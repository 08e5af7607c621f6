// Columns of media.
#pragma once

#include "domain/media.h"
#include "store/sqlite/table.h"

namespace herald {

template <>
struct Table<Medium> {
  static constexpr const char* kName = "media";
  static constexpr int kKeys = 2;
  static void fixed(auto& row, auto&& column) {
    column("customer_id", row.customer);
    column("id", row.id);
    column("user_id", row.user);
    column("created_at", row.created_at);
  }
  static void moving(auto& row, auto&& column) {
    column("filename", row.filename);
    column("declared_type", row.declared_type);
    column("declared_bytes", row.declared_bytes);
    column("status", row.status);
    column("received_bytes", row.received_bytes);
    column("facts", json(row.facts));
    column("jpeg", json(row.jpeg));
    column("preview", json(row.preview));
    column("problem", row.problem);
    column("touched_at", row.touched_at);
  }
};

}  // namespace herald

// Fields of the audit.
#pragma once

#include "ports/audit_store.h"
#include "store/mongo/fields.h"

namespace herald::mongo {

template <>
struct Fields<AuditEvent> {
  static constexpr const char* kCollection = "audit";
  static void key(auto&, auto&&) {}
  static void fixed(auto& row, auto&& field) {
    field("user_id", row.user);
    field("action", row.action);
    field("subject", row.subject);
    field("note", row.note);
    field("at", row.at);
  }
  static void moving(auto&, auto&&) {}
};

}  // namespace herald::mongo

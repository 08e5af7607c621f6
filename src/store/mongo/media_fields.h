// Fields of media. Beside these a document has `uses`, which rises with every post that takes it.
#pragma once

#include "domain/media.h"
#include "store/mongo/fields.h"

namespace herald::mongo {

template <>
struct Fields<Medium> {
  static constexpr const char* kCollection = "media";
  static void key(auto& row, auto&& field) { field("id", row.id); }
  static void fixed(auto& row, auto&& field) {
    field("user_id", row.user);
    field("created_at", row.created_at);
  }
  static void moving(auto& row, auto&& field) {
    field("filename", row.filename);
    field("declared_type", row.declared_type);
    field("declared_bytes", row.declared_bytes);
    field("status", row.status);
    field("received_bytes", row.received_bytes);
    field("facts", row.facts);
    field("jpeg", row.jpeg);
    field("preview", row.preview);
    field("problem", row.problem);
    field("touched_at", row.touched_at);
  }
};

}  // namespace herald::mongo

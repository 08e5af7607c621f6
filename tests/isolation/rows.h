// The isolation matrix: one row for every route of docs/openapi.yaml and every name in it that can
// say something of a customer's. Each row is asked on every store, by people of another customer
// and by a colleague, with what is alice's and with what never was (matrix_test.cc).
//
// A new route does not build without a row here. It wants
//   {"its_operation_id", "its_field", Kind::what_it_names}   for each field that names
//                                                            something that somebody has;
//   {"its_operation_id", "", Kind::nothing}                  where none does;
// and if it takes a body, one that is in order in asking.cc. A new kind of id is one more word in
// Kind, and belongings.cc has to say which one is whose.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

namespace herald::isolation {

// What docs/openapi.yaml says of a route; see promises_main.cc.
struct Field {
  std::string_view place;  // "path", "query", "header" or "body".
  std::string_view name;   // In a body with the names it stands under: "targets/account_id".
};
struct Promise {
  std::string_view method, path, operation;
  std::vector<Field> fields;
};

enum class Kind {
  nothing,  // The route is asked as it is. Its answer must hold nothing of alice's all the same.
  account,
  post,
  delivery,
  medium,
  picture,  // A medium that can be a thumbnail.
  flow,     // An attempt to connect.
  state,    // The same as the platform knows it.
  remote,   // An account, by the platform's own id.
  key,      // An Idempotency-Key that a post was made with.
  upload_key,
  email,     // To sign in with.
  link,      // A media link is the permission itself: a forged one is asked with.
  posts_at,  // A place in a list, as next_cursor gives it.
  media_at,
  history_at,
  analytics_at,
};

struct Row {
  std::string_view operation;
  std::string_view field;
  Kind kind;
};

inline constexpr Row kRows[] = {
    {"login", "email", Kind::email},
    {"refresh", "", Kind::nothing},  // Its cookie is the permission itself.
    {"logout", "", Kind::nothing},   // The same.
    {"me", "", Kind::nothing},

    {"list_platforms", "", Kind::nothing},
    {"initiate", "account_id", Kind::account},
    {"oauth_callback", "state", Kind::state},
    {"oauth_callback_of_registration", "state", Kind::state},
    {"get_flow", "id", Kind::flow},
    {"finish", "flow_id", Kind::flow},
    {"finish", "choices", Kind::remote},
    {"list_accounts", "", Kind::nothing},
    {"list_credentials", "", Kind::nothing},
    {"disconnect", "id", Kind::account},
    {"look_up_account", "id", Kind::account},

    {"list_media", "cursor", Kind::media_at},
    {"create_upload", "", Kind::nothing},
    {"upload_options", "", Kind::nothing},
    {"get_media", "id", Kind::medium},
    {"upload_offset", "id", Kind::medium},
    {"append_upload", "id", Kind::medium},
    {"delete_media", "id", Kind::medium},
    {"get_media_bytes", "token", Kind::link},
    {"head_media_bytes", "token", Kind::link},

    {"list_posts", "account_id", Kind::account},
    {"list_posts", "cursor", Kind::posts_at},
    {"create_post", "media/media_id", Kind::medium},
    {"create_post", "targets/account_id", Kind::account},
    {"create_post", "targets/options", Kind::picture},
    {"create_post", "Idempotency-Key", Kind::key},
    {"check_post", "media/media_id", Kind::medium},
    {"check_post", "targets/account_id", Kind::account},
    {"check_post", "targets/options", Kind::picture},
    {"check_post", "post_id", Kind::post},
    {"plan_post", "media/media_id", Kind::medium},
    {"plan_post", "targets/account_id", Kind::account},
    {"plan_post", "targets/options", Kind::picture},
    {"get_post", "id", Kind::post},
    {"edit_post", "id", Kind::post},
    {"edit_post", "media/media_id", Kind::medium},
    {"edit_post", "targets/account_id", Kind::account},
    {"edit_post", "targets/options", Kind::picture},
    {"cancel_post", "id", Kind::post},
    {"retry_delivery", "id", Kind::post},
    {"retry_delivery", "delivery_id", Kind::delivery},
    {"resolve_delivery", "id", Kind::post},
    {"resolve_delivery", "delivery_id", Kind::delivery},
    {"upload", "account_id", Kind::account},
    {"upload", "media/media_id", Kind::medium},
    {"upload", "options", Kind::picture},
    {"upload", "Idempotency-Key", Kind::upload_key},

    {"list_history", "post_id", Kind::post},
    {"list_history", "delivery_id", Kind::delivery},
    {"list_history", "cursor", Kind::history_at},
    {"account_analytics", "account_id", Kind::account},
    {"post_analytics", "account_id", Kind::account},
    {"post_analytics", "post_id", Kind::post},
    {"post_analytics", "cursor", Kind::analytics_at},
    {"events", "", Kind::nothing},  // Never ends, so it has tests of its own.

    {"deauthorize", "", Kind::nothing},
    {"request_data_deletion", "", Kind::nothing},
    {"data_deletion_status", "", Kind::nothing},
    {"openapi", "", Kind::nothing},
    {"ready", "", Kind::nothing},
};

// What says nothing of a customer's, wherever it stands: the last part of a field's name.
inline constexpr std::string_view kNoIds[] = {
    // Words that the platforms' specs know, the same for everybody.
    "platform", "registration", "kind", "target", "target_key",
    // What a person writes.
    "text", "alt_text", "url", "due_local", "time_zone", "late_minutes", "Upload-Metadata",
    // Counts and places in what is the asker's own.
    "limit", "revision", "Range", "Upload-Length", "Upload-Offset",
    // Proofs: who has one may do what it is for, and ours are sealed or signed.
    "password", "code", "signed_request",
    // Of the platform's redirect, beside its state; and the end of a media link, beside its token.
    "iss", "error", "name"};

constexpr bool has_row(std::string_view operation) {
  return std::ranges::any_of(kRows, [&](const Row& row) { return row.operation == operation; });
}

constexpr bool is_known(std::string_view operation, std::string_view field) {
  const auto last = field.substr(field.rfind('/') + 1);
  return std::ranges::find(kNoIds, last) != std::end(kNoIds) ||
         std::ranges::any_of(kRows, [&](const Row& row) {
           return row.operation == operation && row.field == field;
         });
}

}  // namespace herald::isolation

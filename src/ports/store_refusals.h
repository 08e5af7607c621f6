// What a store answers when it does not do as asked: one text for all stores, and the same for
// another customer's row as for one that does not exist.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/delivery.h"
#include "domain/result.h"

namespace herald {

inline std::unexpected<Error> refuse(ErrorKind kind, std::string code, std::string message) {
  return std::unexpected(Error{kind, std::move(message), {}, {}, std::move(code)});
}

inline std::unexpected<Error> no_such(std::string_view what) {
  return fail(ErrorKind::not_found, "There is no such " + std::string(what) + ".");
}

inline std::unexpected<Error> exists_already(std::string_view what) {
  return fail(ErrorKind::conflict, "This " + std::string(what) + " exists already.");
}

// A version or a lease of a grant or flow is not what the caller last saw.
inline std::unexpected<Error> moved_on(std::string_view what) {
  return fail(ErrorKind::conflict,
              "This " + std::string(what) + " was changed meanwhile. Load it again.");
}

inline std::unexpected<Error> lease_lost() {
  return refuse(ErrorKind::conflict, "lease_lost", "Somebody else works on this now.");
}

inline std::unexpected<Error> already_going_out() {
  return refuse(ErrorKind::conflict, "already_going_out",
                "This post is already going out and cannot be changed any more.");
}

// Why a post cannot be edited; `deliveries` are its own.
inline std::unexpected<Error> not_editable(const std::vector<Delivery>& deliveries) {
  switch (fold(deliveries)) {
    case PostStatus::published:
      return refuse(ErrorKind::conflict, "already_going_out",
                    "This post is published and cannot be changed any more.");
    case PostStatus::cancelled:
      return refuse(ErrorKind::conflict, "already_going_out",
                    "This post was cancelled. Make a new one.");
    case PostStatus::failed:
    case PostStatus::missed:
      return refuse(ErrorKind::conflict, "already_going_out",
                    "This post did not go out and cannot be changed any more. Make a new one.");
    default:
      return already_going_out();
  }
}

inline std::unexpected<Error> edited_meanwhile() {
  return refuse(ErrorKind::conflict, "edited_meanwhile",
                "This post was edited meanwhile. Load it again.");
}

inline std::unexpected<Error> idempotency_key_reused() {
  return refuse(ErrorKind::conflict, "idempotency_key_reused",
                "This Idempotency-Key was used for another request. Send a new one.");
}

// The same content is on its way to the same place already, or there.
inline std::unexpected<Error> content_repeated() {
  return refuse(ErrorKind::conflict, "content_repeated",
                "The same content went to this account already, or is about to.");
}

// One post would go to the same target twice.
inline std::unexpected<Error> target_twice() {
  return refuse(ErrorKind::conflict, "target_twice",
                "The same account is chosen twice for the same place. Remove one.");
}

inline std::unexpected<Error> too_many_flows() {
  return refuse(ErrorKind::rate_limited, "too_many_flows",
                "Too many connections were begun and not finished. Finish one or wait.");
}

inline std::unexpected<Error> too_many_uploads() {
  return refuse(ErrorKind::rate_limited, "too_many_uploads",
                "Too many uploads were begun and not finished. Finish or remove one of them.");
}

inline std::unexpected<Error> media_in_use() {
  return refuse(ErrorKind::conflict, "media_in_use",
                "A post that is still to go out uses this file. Cancel or edit the post first.");
}

inline std::unexpected<Error> move_not_allowed(DeliveryState from, DeliveryState to) {
  return fail(ErrorKind::internal, "This delivery cannot go on.",
              std::string("move from ") + name_of(from) + " to " + name_of(to));
}

// A bug in the caller: the rows of one act do not belong together.
inline std::unexpected<Error> rows_do_not_match(std::string detail) {
  return fail(ErrorKind::internal, "This could not be stored.", std::move(detail));
}

}  // namespace herald

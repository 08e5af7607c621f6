// The one error type of the house. A kind exists only where some caller reacts differently to it.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <utility>

namespace herald {

enum class ErrorKind {
  invalid,          // The caller must change the input. Never retried.
  unauthorized,     // The grant (or the caller's token) is dead: sign in or reconnect.
  forbidden,        // Alive, but may not do this.
  not_found,        // Also the answer for another customer's row.
  conflict,         // Somebody else moved it first, or its state does not allow this.
  rate_limited,     // Later; see retry_after. Does not consume an attempt.
  unavailable,      // Retry with backoff; consumes an attempt.
  unknown_outcome,  // It may have been carried out. Never resent: looked up, or shown.
  internal,         // A bug or a broken set-up. Logged with its detail, answered without it.
};

struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string message;  // One plain sentence and what to do. Safe to show to the customer.
  std::string detail;   // For the log only. Never holds a secret.
  std::optional<std::chrono::seconds> retry_after;
  std::string code;  // Stable, snake_case, e.g. "media_too_large"; empty: the kind's own name.
};

template <class T>
using Result = std::expected<T, Error>;

// The value of a Result that has nothing to say but yes.
struct Done {
  friend bool operator==(Done, Done) = default;
};

inline std::unexpected<Error> fail(ErrorKind kind, std::string message, std::string detail = {}) {
  return std::unexpected(Error{kind, std::move(message), std::move(detail), {}, {}});
}

// "invalid", "rate_limited", ...
const char* name_of(ErrorKind kind);

}  // namespace herald

#define HERALD_CONCAT_(a, b) a##b
#define HERALD_CONCAT(a, b) HERALD_CONCAT_(a, b)
#define HERALD_TRY_(temp, decl, expr)                         \
  auto temp = (expr);                                         \
  if (!temp) return std::unexpected(std::move(temp).error()); \
  decl = std::move(*temp)
// HERALD_TRY(auto x, f()): x is f's value, or this function returns f's error.
#define HERALD_TRY(decl, expr) HERALD_TRY_(HERALD_CONCAT(try_, __LINE__), decl, expr)
// The same for a Result<Done>.
#define HERALD_CHECK(expr)                                                             \
  if (auto HERALD_CONCAT(check_, __LINE__) = (expr); !HERALD_CONCAT(check_, __LINE__)) \
  return std::unexpected(std::move(HERALD_CONCAT(check_, __LINE__)).error())

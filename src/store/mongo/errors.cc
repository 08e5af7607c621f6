#include "store/mongo/errors.h"

#include <mongoc/mongoc.h>

#include <algorithm>
#include <string>

namespace herald::mongo {
namespace {

constexpr std::chrono::seconds kRetryAfter{2};

constexpr std::uint32_t kLost[] = {
    24,   // LockTimeout
    112,  // WriteConflict
};
constexpr std::uint32_t kNamespaceExists = 48;
constexpr std::uint32_t kDuplicateKey[] = {11000, 11001, 12582};
// Of servers that are going, electing, or too slow. From the error codes of MongoDB's drivers'
// specification ("retryable writes", "server discovery and monitoring"), July 2023.
constexpr std::uint32_t kUnreachable[] = {
    6,      // HostUnreachable
    7,      // HostNotFound
    50,     // MaxTimeMSExpired
    64,     // WriteConcernFailed: not acknowledged by a majority in time
    89,     // NetworkTimeout
    91,     // ShutdownInProgress
    134,    // ReadConcernMajorityNotAvailableYet
    189,    // PrimarySteppedDown
    262,    // ExceededTimeLimit
    9001,   // SocketException
    10107,  // NotWritablePrimary
    11600,  // InterruptedAtShutdown
    11602,  // InterruptedDueToReplStateChange
    13435,  // NotPrimaryNoSecondaryOk
    13436,  // NotPrimaryOrSecondary
};

bool is_from_server(const bson_error_t& error) {
  return error.domain == MONGOC_ERROR_SERVER || error.domain == MONGOC_ERROR_WRITE_CONCERN;
}

template <class Codes>
bool is_among(std::uint32_t code, const Codes& codes) {
  return std::ranges::find(codes, code) != std::end(codes);
}

bool is_unreachable(const bson_error_t& error) {
  if (is_from_server(error)) return is_among(error.code, kUnreachable);
  return error.domain == MONGOC_ERROR_SERVER_SELECTION || error.domain == MONGOC_ERROR_STREAM;
}

Error unreachable(std::string detail) {
  return {ErrorKind::unavailable, "The database cannot be reached just now. Try again shortly.",
          std::move(detail), kRetryAfter, "store_unreachable"};
}

Error busy(std::string detail) {
  Error error = unreachable(std::move(detail));
  error.code = "store_busy";
  return error;
}

bool has_label(const bson_t* reply, const char* label) {
  return reply != nullptr && mongoc_error_has_label(reply, label);
}

}  // namespace

Error error_of(const bson_error_t& error) {
  const std::string codes =
      "MongoDB error " + std::to_string(error.code) + " of domain " + std::to_string(error.domain);
  if (is_unreachable(error)) return unreachable(codes);
  if (is_from_server(error) && is_among(error.code, kDuplicateKey)) {
    return {ErrorKind::conflict, "This exists already.", codes, {}, "duplicate"};
  }
  if (is_from_server(error) && error.code == kNamespaceExists) {
    return {ErrorKind::conflict, "This exists already.", codes, {}, "exists"};
  }
  if (is_from_server(error) && is_among(error.code, kLost)) return busy(codes);
  // The server's text is left out: it may repeat what was to be stored.
  return {ErrorKind::internal, "This could not be stored or read.", codes, {}, ""};
}

bool is_transient(const bson_error_t& error, const bson_t* reply) {
  if (has_label(reply, "TransientTransactionError")) return true;
  return is_from_server(error) && is_among(error.code, kLost);
}

bool is_commit_unknown(const bson_error_t&, const bson_t* reply) {
  return has_label(reply, "UnknownTransactionCommitResult");
}

Error too_busy() { return busy("others change the same documents all the time"); }
Error no_free_client() { return unreachable("every connection to MongoDB is in use"); }

}  // namespace herald::mongo

// What the driver says went wrong, as an Error. Decided by codes and labels, never by texts.
#pragma once

#include "domain/result.h"

struct _bson_error_t;
struct _bson_t;

namespace herald::mongo {

// conflict (code "duplicate"): a unique index has this already. unavailable with retry_after (code
// "store_unreachable"): no server that takes writes answered in time; a write may have been carried
// out all the same, and the caller has to take it for not done. unavailable with retry_after (code
// "store_busy"): others hold or change the same documents. Everything else is internal.
Error error_of(const _bson_error_t& error);
// A collection or index that was to be made.
inline bool is_there_already(const Error& error) { return error.code == "exists"; }
inline bool is_duplicate(const Error& error) { return error.code == "duplicate"; }
// Others change the same documents, or one died in the middle of it: the server gives its
// transaction up only after a minute.
inline bool is_busy(const Error& error) { return error.code == "store_busy"; }

// The transaction can be tried again from its beginning.
bool is_transient(const _bson_error_t& error, const _bson_t* reply);
// The commit can be sent again.
bool is_commit_unknown(const _bson_error_t& error, const _bson_t* reply);

Error no_free_client();
Error too_busy();

}  // namespace herald::mongo

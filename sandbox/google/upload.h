// The bytes of a resumable upload: chunks, questions about them, and the end.
#pragma once

#include "sandbox/google/context.h"

namespace herald::sandbox::google {

// PUT on a session's address. Without Content-Range: the whole file. The address is a credential
// by itself, but a token that is sent along must be alive.
Answer put_bytes(Context& google, const Call& call);

// Forgets sessions past their life, and their bytes.
void prune_uploads(Context& google);

}  // namespace herald::sandbox::google

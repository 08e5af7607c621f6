// What is asked of the cryptography before the doors open.
#pragma once

#include <string>
#include <string_view>

#include "domain/result.h"
#include "ports/sealer.h"

namespace herald {

// Known answers of XChaCha20-Poly1305, SHA-256 and HMAC-SHA256. internal: this build is broken.
Result<Done> check_primitives();

// A record to keep in the store when it is new. It belongs to nobody.
Result<std::string> make_canary(Sealer& sealer);
// Kept in its place while an installation is being imported: nothing may start on half of one.
inline constexpr std::string_view kImportUnderWay = "an import is under way";
// conflict: these wrapping keys are not the ones that this store was sealed with. Start nothing.
// conflict, too, while an import is under way, or after one that was cut off. unavailable: the
// store could not be read.
Result<Done> check_canary(Sealer& sealer, std::string_view canary);

}  // namespace herald

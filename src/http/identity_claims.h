// Headers by which only our own doors say who somebody is.
#pragma once

#include "http/server/message.h"

namespace herald::http {

// Takes every spelling of them away (T-05).
void strip_claims(Headers& headers);

}  // namespace herald::http

// Where a film's upload form leads: S3 in the platform's name.
#pragma once

#include "sandbox/pinterest/context.h"

namespace herald::sandbox::pinterest {

Answer take_upload(Context& x, const Call& call);

}  // namespace herald::sandbox::pinterest

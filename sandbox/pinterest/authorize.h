// The consent page of www.pinterest.com.
//
// A program consents by a POST to the page's own address with the fields decision ("allow" or
// "deny") and account (an id or a user name of the demo person's; absent: the first).
#pragma once

#include "sandbox/pinterest/context.h"

namespace herald::sandbox::pinterest {

Answer authorize(Context& x, const Call& call);

}  // namespace herald::sandbox::pinterest

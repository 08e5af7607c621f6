// Instagram professional accounts through Facebook Login (product "facebook_login"): containers are
// built and polled, and one call makes the finished container public.
// Source: developers.facebook.com/docs/instagram-platform, checked 2026-11-22.
#pragma once

#include <string>

#include "ports/platform.h"

namespace herald::instagram_flows {

const PlatformSpec& spec();

}  // namespace herald::instagram_flows

// channels.list. https://developers.google.com/youtube/v3/docs/channels/list
#pragma once

#include "sandbox/google/context.h"

namespace herald::sandbox::google {

Answer list_channels(Context& google, const Call& call);

}  // namespace herald::sandbox::google

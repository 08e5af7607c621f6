// YouTube channels: a resumable upload whose last chunk makes the video exist.
// Source: developers.google.com/youtube/v3, checked 2026-11-22.
#pragma once

#include <string>

#include "ports/platform.h"

namespace herald::youtube_flows {

const PlatformSpec& spec();

}  // namespace herald::youtube_flows

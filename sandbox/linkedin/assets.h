// Images, documents and videos: what LinkedIn takes, how long it works on it, and when a post may
// carry it.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/linkedin/context.h"
#include "sandbox/linkedin/refusal.h"

namespace herald::sandbox::linkedin {

// "image", "document" or "video".
std::string kind_of(const Asset& asset);
// "WAITING_UPLOAD", "PROCESSING", "AVAILABLE" or "PROCESSING_FAILED".
std::string_view status_of(const Context& x, const Asset& asset);

// Takes the bytes of a whole file: looks into it, keeps it and begins processing.
void take_file(Context& x, Asset& asset, std::string_view bytes);

// 400 where a post of this author cannot carry it, or not yet.
Checked<Done> check_postable(const Context& x, const std::string& urn, std::string_view author);

}  // namespace herald::sandbox::linkedin

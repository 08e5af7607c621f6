// Uploaded files: where they may be put, and which of them a post may use.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/reddit/context.h"

namespace herald::sandbox::reddit {

// The asset behind a media URL (https://<bucket>/<key>, the key as it is or percent-encoded) if
// this account has uploaded it; else null.
const Asset* uploaded_at(const State& state, std::string_view url, const std::string& owner);
const Asset* uploaded(const State& state, const std::string& id, const std::string& owner);

// Reads the file's header; what it cannot read is broken.
void take_file(Context& x, Asset& asset, std::string_view bytes);

}  // namespace herald::sandbox::reddit

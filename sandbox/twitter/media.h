// Media: what X takes, how long it works on it, and when a post may carry it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sandbox/twitter/context.h"
#include "sandbox/twitter/problem.h"

namespace herald::sandbox::twitter {

inline constexpr std::int64_t kPlainVideoMs = 140'000;  // Longer ones: Premium accounts.

std::string media_key(const Medium& medium);
bool may_use(const Medium& medium, const std::string& user);
bool ready_to_post(const Medium& medium, std::int64_t now_ms);

// The category that X assumes from a type; empty: it has none for it.
std::string_view usual_category(std::string_view type);
// 400 where a file of this size is too large for the category.
Checked<Done> check_size(std::string_view category, std::int64_t bytes, bool premium);

// Takes the bytes of a whole file: looks into it, keeps it and begins processing. What is wrong
// with a picture is refused at once, what is wrong with a film is how its processing will end.
Checked<Done> take_file(Context& x, Medium& medium, std::string_view bytes);

// {"data":{...}} as finalize and STATUS answer it.
std::string media_status(const Context& x, const Medium& medium);

}  // namespace herald::sandbox::twitter

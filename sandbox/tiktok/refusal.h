// Answers in TikTok's own form. A handler that cannot go on returns one as the error of Checked.
// Codes and their statuses: TikTok's error handling and posting references, looked up 2026-09.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "sandbox/side.h"

namespace herald::sandbox::tiktok {

template <class T>
using Checked = std::expected<T, http::Response>;
using Refused = std::unexpected<http::Response>;

// {"data":..,"error":{"code":"ok",..}}; without data: the error object alone.
Answer success(std::string_view data_json);

// {"data":{},"error":{"code":..}} with the code's own status; `status` 0: that. Status 0 of the
// answer: TikTok has no such code.
http::Response refusal(std::string_view code, std::string_view message = {}, int status = 0);

// A parameter's: invalid_param, as the posting calls word it.
Refused wrong(std::string_view message);

// {"error","error_description","log_id"} of the OAuth endpoints.
http::Response oauth_error(int status, std::string_view error, std::string_view description);

}  // namespace herald::sandbox::tiktok

// The small pages that a platform's redirect ends in. No script but the one that is named by a
// nonce, nothing from elsewhere, nothing of what was sent echoed unescaped.
#pragma once

#include <string>
#include <string_view>

#include "http/server/message.h"

namespace herald::http {

// Tells the window that opened it, at exactly `origin`, and closes itself; says so in plain words
// for whoever's opener was cut off.
Response closing_page(const std::string& origin, const std::string& flow_id,
                      const std::string& status, const std::string& nonce);

Response plain_page(int status, std::string_view title, std::string_view text);

std::string escape_html(std::string_view text);

}  // namespace herald::http

// The frame of every HTML page that the sandbox shows. No script, one style sheet.
#pragma once

#include <string>
#include <string_view>

#include "http/server/message.h"

namespace herald::sandbox {

// A whole document; `body` is HTML. `refresh_s` > 0: the browser loads it anew that often.
std::string page_of(std::string_view title, std::string_view body, int refresh_s = 0);

// Lets the page's forms lead (by redirect) to another origin, "https://app.example".
void allow_form_target(http::Response& page, std::string_view origin);

// Served at /_sandbox/style.css on every host.
std::string_view style_sheet();
// Served at /_sandbox/icon.svg.
std::string_view icon();

// The picture of somebody of this name: their initial, as SVG.
http::Response portrait(std::string_view name);

}  // namespace herald::sandbox

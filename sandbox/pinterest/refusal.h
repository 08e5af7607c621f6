// The platform's refusals. Codes and texts as documented or seen; what nobody has seen is ours.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "domain/result.h"
#include "sandbox/pinterest/context.h"

namespace herald::sandbox::pinterest {

template <typename T>
using Checked = std::expected<T, http::Response>;
using Refused = std::unexpected<http::Response>;

http::Response refuse(int status, int code, std::string_view message);

http::Response authentication_failed(const Context& x);                                   // PN-13
http::Response grant_invalid(const Context& x);                                           // PN-07
http::Response scopes_missing(const Context& x, const std::vector<std::string>& scopes);  // PN-20
http::Response app_not_approved();                                                        // PN-22
http::Response on_trial();                                                                // PN-21
http::Response not_permitted();                                                           // PN-23
http::Response no_board();                                                                // PN-24
http::Response no_section();                                                              // PN-25
http::Response no_pin(const Context& x);                                                  // PN-48
http::Response invalid(std::string_view what);                // PN-26, PN-27
http::Response bad_link();                                    // PN-28
http::Response unreachable();                                 // PN-29
http::Response too_small();                                   // PN-29
http::Response broken_image();                                // PN-29
http::Response no_cover();                                    // PN-37
http::Response restricted_feature(std::string_view feature);  // PN-49
http::Response too_many();                                    // PN-42
http::Response spam();                                        // PN-43

// JSON where a browser expected a page.
http::Response consent_error(int code, std::string_view data, std::string_view message);  // PN-01

// By the number of its vector; status 0: no such name.
http::Response scripted_refusal(const Context& x, std::string_view name);

}  // namespace herald::sandbox::pinterest

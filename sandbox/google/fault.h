// A refusal in the error envelope of Google's APIs. The texts are the platform's own where they
// are known; clients must go by `reason` alone.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "http/server/message.h"

namespace herald::sandbox::google {

struct Fault {
  int code = 400;
  std::string message;
  std::string domain = "global";
  std::string reason;
  std::string location;  // Empty: none is named.
  std::string location_type;
  std::string item_message;  // Of errors[0], where it differs from `message`.
  std::string status;        // "UNAUTHENTICATED", ...: only newer front ends send one.
  std::string scope_method;  // "V3DataVideoService.Insert": adds the details of a missing scope.
};

template <class T>
using Checked = std::expected<T, Fault>;

http::Response to_response(const Fault& fault);
http::Response to_response(Checked<http::Response> outcome);

Fault login_required();
Fault invalid_credentials();
Fault insufficient_scope(std::string method);
Fault signup_required();
Fault invalid_api_key();
Fault quota_exceeded();
Fault upload_limit_exceeded();
Fault backend_error();
Fault not_found();  // Of the URL itself.

// About the query: 400 in the domains "global" and "youtube.parameter".
Fault missing_parameter(std::string name);
Fault bad_parameter(std::string name, std::string message);
Fault unknown_part(std::string_view part);
Fault no_filter(std::string expected);
Fault two_filters(std::string sent);
Fault bad_page_token();

// About the body.
Fault bad_json(std::string message);
Fault wrong_type(std::string_view field, std::string_view type, std::string_view value);
Fault unknown_field(std::string_view object, std::string_view name);
Fault video_fault(int code, std::string reason, std::string message, std::string location);
Fault no_media();

Fault video_not_found(std::string domain, std::string location);
Fault playlist_not_found(std::string domain);

}  // namespace herald::sandbox::google

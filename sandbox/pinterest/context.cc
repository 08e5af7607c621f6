#include "sandbox/pinterest/context.h"

namespace herald::sandbox::pinterest {

void declare_switches(Switches& switches) {
  const auto declare = [&](std::string name, std::string value, std::string meaning) {
    switches.declare("pinterest." + std::move(name), std::move(value), std::move(meaning));
  };
  declare("denial", "error", "error or bare: what a refusal's redirect carries (PN-03)");
  declare("token_scope", "blanks", "blanks, commas or absent: scope beside a token (PN-05)");
  declare("refresh_life_s", "5184000", "seconds that a refresh token lives (PN-05)");
  declare("refresh_expires_at", "on", "refresh_token_expires_at beside a token (PN-05)");
  declare("grant_error", "code", "code (401, 283) or oauth (400, invalid_grant) (PN-07)");
  declare("old_refresh_token", "a_minute",
          "lives, a_minute or dies: a refresh token that was used (PN-11)");
  declare("token_error_status_field", "off", "code 2 comes with \"status\":\"failure\" (PN-13)");
  declare("account_id", "on", "user_account has an id (PN-16)");
  declare("repeated_bookmark", "off", "lists give the same bookmark again (PN-17)");
  declare("scope_status", "401", "HTTP status of missing scopes, 401 or 403 (PN-20)");
  declare("lost_board", "not_found",
          "not_found or forbidden: a pin for a board that is gone (PN-24)");
  declare("create_status", "201", "HTTP status of a new pin, 201 or 200 (PN-19)");
  declare("key_frame_cover", "accepted", "accepted or refused: a film's cover by its time (PN-37)");
  declare("media_seconds", "4", "seconds that a film takes to process (PN-35)");
  declare("list_order", "newest", "newest, oldest or shuffled: pins in lists (PN-39)");
  declare("list_lag_s", "0", "seconds until a new pin is in lists (PN-39)");
  declare("created_at_zone", "none", "none, z or offset: how created_at ends (PN-18)");
  declare("rate_headers", "on", "answers have x-ratelimit headers (PN-42)");
  declare("reads_a_minute", "1000", "calls that read (PN-42)");
  declare("writes_a_minute", "100", "calls that write (PN-42)");
  declare("analytics_a_minute", "60", "calls for analytics (PN-42)");
  declare("trial_writes_a_day", "300", "calls that write, of an app on Trial (PN-44)");
  declare("lifetime_metrics", "on", "a pin's analytics have lifetime_metrics (PN-45)");
  declare("delete_error_code", "50", "code of a pin that is gone, 50 or 404 (PN-48)");
}

}  // namespace herald::sandbox::pinterest

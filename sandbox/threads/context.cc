#include "sandbox/threads/context.h"

namespace herald::sandbox::threads {

void declare_switches(Switches& switches) {
  const auto declare = [&](std::string name, std::string value, std::string meaning) {
    switches.declare("threads." + std::move(name), std::move(value), std::move(meaning));
  };
  declare("authorize_error_status", "400", "HTTP status of errors before a redirect (TH-01)");
  declare("denial_state", "on", "a refusal's redirect has the state (TH-04)");
  declare("user_id", "number", "number or string: user_id beside a new token (TH-06)");
  declare("short_token_type", "off", "a new token's answer has token_type (TH-06)");
  declare("secret_error_status", "400", "HTTP status of a wrong secret (TH-08)");
  declare("refresh_keeps_token", "off", "a refreshed token is the same one (TH-12)");
  declare("versioned_tokens", "off", "the token endpoints answer under /v1.0 as well");
  declare("token_error_status", "400", "HTTP status of 190, 400 or 401 (TH-14)");
  declare("expired_subcode", "on", "190 of an expired token has its subcode (TH-14)");
  declare("grant_status", "400", "HTTP status of 100/10, 400 or 500 (TH-11)");
  declare("permission_status", "500", "HTTP status of code 10, 400, 403 or 500 (TH-40)");
  declare("parameter_status", "400", "HTTP status of other 100, 400 or 500 (TH-22)");
  declare("error_type", "own", "own, OAuthException or THApiException: every error's type");
  declare("error_words", "own", "own or other: texts of errors that no client may rely on");
  declare("unknown_parameters", "refused", "refused or ignored");
  declare("text_counting", "emoji", "emoji or bytes: what counts as its bytes (TH-23)");
  declare("trim_text", "off", "white space around a text goes away");
  declare("links", "5", "how many different links a post may have (TH-24)");
  declare("link_error_place", "message", "message, error_user_title or code (TH-24)");
  declare("webp", "refused", "refused or accepted: WebP pictures");
  declare("http_media", "refused", "refused or accepted: media addresses of plain HTTP");
  declare("moov_first", "on", "a film must have its index first");
  declare("reply_to_container", "refused", "refused, or detached: published, but hung nowhere");
  declare("reply_control_scope", "off", "reply_control needs threads_manage_replies");
  // Nobody has recorded it. A client that does it is to be found out.
  declare("second_publish", "repeated", "repeated or refused: publishing a container twice");
  declare("child_ids", "container", "container or own: ids of a carousel's published children");
  declare("list_lag_ms", "0", "how long a new post is missing from the lists");
  declare("paging_single", "shown", "shown or absent: cursors of a list that is all on one page");
  declare("own_replies_scope", "threads_read_replies", "or threads_basic: what /me/replies needs");
  declare("paging_next", "off", "lists name the address of their next page");
  declare("permalink_host", "www.threads.com", "or www.threads.net");
  declare("delete_missing_status", "400", "400 (100/33), 404, or 200 as if it had been there");
  declare("posts_a_day", "250", "posts of a profile in 24 hours (TH-37)");
  declare("replies_a_day", "1000", "its replies");
  declare("deletions_a_day", "100", "its deletions");
  declare("followers_window", "refused", "refused or ignored: since and until of followers_count");
  declare("unversioned_calls", "refused", "refused or accepted: calls without /v1.0");
  declare("numeric_id", "accepted", "accepted or refused: writes by the id instead of me");
  declare("usage_header", "off", "answers have X-App-Usage");
}

}  // namespace herald::sandbox::threads

#include "sandbox/reddit/context.h"

namespace herald::sandbox::reddit {

void declare_switches(Switches& switches) {
  const auto declare = [&](std::string name, std::string value, std::string meaning) {
    switches.declare("reddit." + std::move(name), std::move(value), std::move(meaning));
  };
  declare("token_seconds", "3600", "life of an access token, 3600 or 86400");
  declare("refresh_token_answer", "same",
          "same, none or rotated: the refresh token in a refresh's answer");
  declare("dead_refresh", "message", "message, bare or invalid_request: the body of its 400 (R6)");
  declare("error_message", "on", "bodies of 401 and 403 carry a message (R8, R9)");
  declare("agent_answer", "429", "429 or 403: the answer to a missing or default User-Agent (R7)");
  declare("revoke_status", "200", "HTTP status of a revocation, 200 or 204 (R28)");
  declare("callback_tail", "on", "#_ at the end of the callback's address");
  declare("limit_answer", "page", "page (with Retry-After) or json (without): too many calls");
  declare("listing_scope", "history", "history or read: what a person's submitted listing needs");
  declare("missing_kind", "silent", "silent or refused: a post without a known kind");
  declare("validation_answer", "mixed",
          "mixed (only flair inside 200), 200 or 400: a community's requirements (R18, R19)");
  declare("ratelimit_number", "on", "RATELIMIT comes with the seconds beside the errors");
  declare("ratelimit_words", "classic", "classic or break: the words of RATELIMIT");
  declare("post_gap_seconds", "600", "how long a new account waits between two posts (R17)");
  declare("websocket", "given", "given or null: websocket_url in the answer to a media post");
  declare("submitted_page", "on", "user_submitted_page in that answer");
  declare("media_seconds", "5", "from the submit of a picture until it is in the listing (R23)");
  declare("video_seconds", "30", "likewise of a film");
  declare("asset_seconds", "2", "until an uploaded picture may stand in a gallery");
  declare("unready_gallery", "refused", "refused or accepted: a gallery of pictures before that");
  declare("deleted_link", "refused", "refused or accepted: a comment under a deleted post");
  declare("lease_form", "2023", "2023 or 2020: names, keys and life of an upload lease");
  declare("image_bytes", "20971520", "what the lease of a JPEG, PNG or WebP allows (R22)");
  declare("gif_bytes", "104857600", "what the lease of a GIF allows");
  declare("video_bytes", "1073741824", "what the lease of a film allows, or 2147483648");
  declare("webp", "taken", "taken or refused: WebP pictures");
}

}  // namespace herald::sandbox::reddit

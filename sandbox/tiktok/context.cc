#include "sandbox/tiktok/context.h"

namespace herald::sandbox::tiktok {

void declare_switches(Switches& switches) {
  const auto declare = [&](std::string name, std::string value, std::string meaning) {
    switches.declare("tiktok." + std::move(name), std::move(value), std::move(meaning));
  };
  declare("oauth_error_status", "200", "HTTP status of OAuth errors, 200 or 400");
  declare("web_challenge", "checked", "checked or ignored: a challenge of the web flow");
  declare("denial", "The user denied the request.", "the error_description of a refusal");
  declare("code_seconds", "600", "life of an authorization code");
  declare("rotation", "off", "on: a refresh brings a new refresh token, the old one dies (TT8)");
  declare("rotation_grace_s", "0", "how long a replaced refresh token still works");
  declare("refresh_restarts", "on", "a refresh begins the 365 days anew");
  declare("refresh", "works", "works or refused: a refresh (refused, as sandbox apps saw it)");
  declare("revoke_unknown", "accepted", "accepted or refused: the revocation of no token");
  declare("missing_scope", "scope_not_authorized",
          "or scope_permission_missed (400): the code of a scope that was not given");
  declare("verified", "", "more domains or URL prefixes to pull from, separated by commas");
  declare("pull_scheme", "loopback", "loopback: http only from this machine; https: never");
  declare("chunk_sizes", "either", "either reading of MB, or strict: what holds in both");
  declare("content_range", "count", "count or last: the number in an upload's Content-Range");
  declare("moderation_ms", "20000", "from PUBLISH_COMPLETE until the post is public");
  declare("post_ids", "numbers", "numbers, strings, or bare: one string instead of a list");
  declare("post_ids_name", "publicaly_available_post_id", "or publicly_available_post_id");
  declare("publish_id_days", "0", "how long a publish_id can be asked for; 0: for ever");
  declare("daily_posts", "15", "direct posts of a creator in a day, by all apps (TT24)");
  declare("pending_drafts", "5", "drafts of a creator that may wait (TT29)");
  declare("posting_users", "5", "creators that may post with an unaudited app in 24 hours");
  declare("unaudited_options", "account", "account or self_only: privacy options told to it");
  declare("branded_private", "refused", "refused or accepted: branded content for SELF_ONLY");
  declare("photo_size", "1080p", "1080p or any: larger photos fail");
  declare("photo_links", "photo", "photo or video: the word in a photo post's address");
}

}  // namespace herald::sandbox::tiktok

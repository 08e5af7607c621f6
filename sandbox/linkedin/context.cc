#include "sandbox/linkedin/context.h"

namespace herald::sandbox::linkedin {

void declare_switches(Switches& switches) {
  const auto declare = [&](std::string name, std::string value, std::string meaning) {
    switches.declare("linkedin." + std::move(name), std::move(value), std::move(meaning));
  };
  declare("refresh_tokens", "off", "on: the apps are partners with programmatic refresh");
  declare("refresh_life_unit", "seconds", "seconds or minutes in refresh_token_expires_in");
  declare("skip_consent", "on", "no page for a person who allowed the same scopes before");
  declare("unowned_scope", "callback", "callback or page: a scope that the app does not own");
  declare("revoke_endpoint", "on", "off: there is no such endpoint");
  declare("expired_number", "65602", "65602 or 65600: of an expired token");
  declare("newest_version_day", "10", "day of the month from which its version is active");
  declare("protocol_header", "required", "required or free: X-Restli-Protocol-Version");
  declare("validation", "422", "422 or 400: a missing field (L14)");
  declare("length_unit", "utf16", "utf16 or code_points: of the 3,000 characters (L16)");
  declare("length_counted", "shown", "shown or sent: before or behind escaping");
  declare("restli_id", "plain", "plain, encoded or missing: the header of a new post (L29)");
  declare("media_post_urn", "ugcPost", "ugcPost or share: posts with an image, video or document");
  declare("duplicate_code", "on", "a duplicate's answer has a code");
  declare("duplicate_urn", "post", "post or activity: which urn the refusal names (L24)");
  declare("duplicate_minutes", "1440", "how long a post is remembered as a duplicate");
  declare("comment_delay_ms", "2000", "how long a new post takes no comment (L25)");
  declare("comment_delay_status", "404", "HTTP status of that, 404 or 400");
  declare("comment_text", "plain", "plain or little: whether comments are little text");
  declare("image_put_status", "201", "HTTP status of an uploaded image or document, 201 or 200");
  declare("image_put_token", "required", "required or free: the bearer token of that upload");
  declare("part_urls", "again", "again or once: how often a video's part may be sent");
  declare("etag_form", "quoted", "quoted or token: how a part's ETag looks");
  declare("upload_token", "empty", "empty or filled: the uploadToken of a video");
  declare("finalize_again", "accepted", "accepted or refused: finalizing a finalized video");
  declare("member_video_get", "allowed", "allowed or denied: reading a video by w_member_social");
  declare("delete_again", "204", "HTTP status of deleting a deleted post, 204 or 404 (L28)");
  declare("finder_lag_ms", "0", "how long a new post is missing from the author finder");
  declare("acl_field", "organization", "organization or organizationTarget, in role lists");
  declare("edge_name", "both", "both, CompanyFollowedByMember or COMPANY_FOLLOWED_BY_MEMBER");
  declare("metric_type", "typed", "typed or plain: how metricType is written");
  declare("daily_member_calls", "150", "calls of a member to one resource in a day; 0: no end");
  declare("daily_app_calls", "100000", "calls of an app to one resource in a day; 0: no end");
  declare("limit_code", "off", "on: the daily limit's answer has a code as well");
}

}  // namespace herald::sandbox::linkedin

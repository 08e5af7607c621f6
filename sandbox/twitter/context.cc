#include "sandbox/twitter/context.h"

namespace herald::sandbox::twitter {

void declare_switches(Switches& switches) {
  const auto declare = [&](std::string name, std::string value, std::string meaning) {
    switches.declare("twitter." + std::move(name), std::move(value), std::move(meaning));
  };
  declare("vocabulary", "tweet", "tweet or post: the names in answers (X28)");
  declare("single_grant", "on", "a second authorization of an account kills the first (X29)");
  declare("reuse_kills_family", "on", "a refresh token used twice ends its whole grant");
  declare("refresh_days", "180", "life of a refresh token; 0: for ever");
  declare("denial", "plain", "plain or described: what the callback says of a refusal");
  declare("revoke_answer", "revoked", "revoked or empty: the answer of a revocation");
  declare("empty_text", "refused", "refused or accepted: an explicit empty text with media (X30)");
  declare("own_replies", "allowed", "allowed or refused: replies to the account's own posts (X22)");
  declare("quotes", "summoned", "summoned, free or refused: whose posts may be quoted");
  declare("missing_reply_target", "400", "HTTP status of a reply to nothing, 400 or 403");
  declare("delete_missing", "404", "404 or 200: the answer when a post to delete is gone");
  declare("create_limit", "100", "100 in 15 min, or 200 with 300 in 3 hours: posts of an account");
  declare("limit_answer", "problem", "problem or code88: the words of a rate limit");
  declare("too_long_status", "400", "HTTP status of a text that is too long, 400 or 403 (X13)");
  declare("cashtag_status", "400", "HTTP status of a second cashtag, 400 or 403");
  declare("premium_length", "25000", "characters that a Premium account may post");
  declare("premium_counting", "weighted", "weighted or plain: how they are counted");
  declare("duplicate_hours", "24", "how long a text is remembered as a duplicate (X10)");
  declare("append_answer", "200", "HTTP status of an appended segment, 200 or 204");
  declare("segment_order", "any", "any or strict: segments out of order are refused");
  declare("video_size", "published", "published (1280x1024) or practice (1920x1200)");
  declare("processing_error", "on", "a failed processing says why");
  declare("timeline_lag_ms", "0", "how long a new post is missing from its timeline");
  declare("private_metrics", "drop", "drop or keep: a post whose private metrics are refused");
  declare("analytics", "allowed", "allowed or forbidden: /2/tweets/analytics");
}

}  // namespace herald::sandbox::twitter

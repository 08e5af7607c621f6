#include "sandbox/mastodon/context.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace herald::sandbox::mastodon {

void declare_switches(Switches& switches) {
  const auto declare = [&](std::string name, std::string value, std::string meaning) {
    switches.declare("mastodon." + std::move(name), std::move(value), std::move(meaning));
  };
  declare("profile", "4.5.7", "4.5.7, 4.7.1, 4.7.4, 4.2 or fork: whose release it runs");
  declare("strict_parameters", "on", "unknown and misshaped ones are refused; off: dropped");
  declare("texts", "asked", "asked (Accept-Language), en, fr or scrambled: texts of errors");
  declare("closed", "off", "off, method or api: the instance answers nobody without a token");
  declare("ip_block", "off", "off, empty, plain or html: 403 to every call of the API");
  declare("handle_domain", "", "what comes behind handles, where it is not the host");
  declare("description_limit", "told", "told, or absent as on older servers (MA-19)");
  declare("old_pkce", "ignored", "ignored or refused: PKCE where the release has none");
  declare("token_fields", "plain", "plain, or more: tokens come with expires_in, too");
  declare("revoke_unknown", "200", "200 or 403: an unknown token is given back");
  declare("keys", "kept", "kept, or lost: no Idempotency-Key is remembered");
  declare("repeat", "profile", "profile, same, error or page (500): a repeated key (MA-24)");
  declare("scheduled_repeat", "404", "404, same or again: a scheduled post's repeated key");
  declare("silent_drop", "", "a post that contains this text is accepted and never stored");
  declare("mentions", "full", "full (@user@domain) or kept: what becomes of mentions in texts");
  declare("list_lag_ms", "0", "how long a new post is missing from the lists");
  declare("last_status_at", "date", "date or time (MA-15)");
  declare("limit_per", "token", "token or account: whose 300 calls in 5 minutes they are");
  declare("rate_headers", "on", "answers say how much of the limits is left");
  declare("retry_after", "off", "429 has Retry-After");
  declare("limits", "1", "every limit is this many times as high");
  declare("deprecation", "off", "answers have a Deprecation header");
  declare("failed_media", "thumbnail", "thumbnail or validation: the text of MA-38");
  declare("gif_answer", "202", "200 or 202: an animated GIF is uploaded");
  declare("several_gifs", "accepted", "accepted or refused: more than one in a post");
  declare("quote_with_media", "accepted", "accepted or refused: media or a poll beside a quote");
  declare("video_ms", "8000", "how long a video is processed");
  declare("audio_ms", "4000", "how long a sound is processed");
}

Release release_of(const Context& x) {
  const auto& profile = x.choice("profile");
  if (profile == "4.7.1")
    return {.version = "4.7.1", .api_version = 11, .locks_keys = true, .breaks_repeats = true};
  if (profile == "4.7.4")
    return {.version = "4.7.4",
            .api_version = 11,
            .description = 10'000,
            .locks_keys = true,
            .heic = false};
  if (profile == "4.2")
    return {.version = "4.2.10", .modern = false, .quotes = false, .deletes_media = false};
  if (profile == "fork")
    return {.version = "4.5.7+fork", .api_version = 7, .characters = 5000, .attachments = 9};
  return {.version = "4.5.7", .api_version = 7};
}

std::string moment(std::int64_t ms) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                     fmt::gmtime(static_cast<std::time_t>(ms / 1000)), ms % 1000);
}

}  // namespace herald::sandbox::mastodon

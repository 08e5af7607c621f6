#include "platforms/mastodon.h"
#include "platforms/metric_names.h"

namespace herald::mastodon_flows {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCheckedOn = "2026-11-22";
constexpr const char* kMediaScope = "write:media";
constexpr std::int64_t kTextMax = 500;
constexpr int kAltTextMax = 1500;

Source page(const char* path) {
  return {std::string("https://docs.joinmastodon.org/") + path, kCheckedOn};
}
Source statuses_page() { return page("methods/statuses/"); }
Source instance_page() { return page("entities/Instance/"); }
Source posting_page() { return page("user/posting/"); }

TextRule text(bool required) {
  return {.required = required,
          .max = kTextMax,
          .counted_as = Counting::clusters,
          .source = posting_page()};
}

// Releases from 4.7.2 on take no HEIC and AVIF any more.
MediaRule image() {
  return {.type = MediaType::image,
          .formats = {"image/jpeg", "image/png", "image/webp", "image/gif"},
          .bytes_max = 16'777'216,
          .source = instance_page()};
}

MediaRule video() {
  return {.type = MediaType::video,
          .formats = {"video/mp4", "video/quicktime"},
          .bytes_max = 103'809'024,
          .source = instance_page()};
}

OptionSpec thread() {
  return {.name = "thread",
          .label = "Further posts of the thread",
          .help =
              "Each is posted as an answer to the one before it. Files and polls go with the first "
              "post.",
          .type = OptionType::texts,
          .max = kTextMax,
          .items_max = 24,
          .counted_as = Counting::clusters,
          .source = statuses_page()};
}

OptionSpec visibility() {
  return {.name = "visibility",
          .label = "Who can see it",
          .type = OptionType::choice,
          .default_value = "public",
          .choices = {{"public", "Everyone"},
                      {"unlisted", "Everyone, but not in public timelines"},
                      {"private", "Followers"},
                      {"direct", "Only who is mentioned"}},
          .source = statuses_page()};
}

OptionSpec spoiler_text() {
  return {.name = "spoiler_text",
          .label = "Content warning",
          .help = "Shown in place of the post until somebody opens it. Counts into the text.",
          .type = OptionType::text,
          .max = kTextMax,
          .counted_as = Counting::clusters,
          .source = statuses_page()};
}

OptionSpec language() {
  return {.name = "language",
          .label = "Language",
          .help = "Its code of two or three letters, like en. Without it the account's own.",
          .type = OptionType::text,
          .max = 3,
          .source = statuses_page()};
}

OptionSpec flag(const char* name, const char* label, const char* help) {
  return {.name = name,
          .label = label,
          .help = help,
          .type = OptionType::boolean,
          .default_value = "false",
          .source = statuses_page()};
}

std::vector<OptionSpec> poll_options() {
  return {{.name = "poll_answers",
           .label = "Answers",
           .help = "2 to 4, each of at most 50 characters and none twice.",
           .type = OptionType::texts,
           .required = true,
           .max = 50,
           .items_min = 2,
           .items_max = 4,
           .source = instance_page()},
          {.name = "poll_minutes",
           .label = "Open for",
           .type = OptionType::choice,
           .default_value = "1440",
           .choices = {{"5", "5 minutes"},
                       {"30", "30 minutes"},
                       {"60", "1 hour"},
                       {"360", "6 hours"},
                       {"720", "12 hours"},
                       {"1440", "1 day"},
                       {"4320", "3 days"},
                       {"10080", "7 days"}},
           .source = instance_page()},
          flag("poll_multiple", "Several answers may be chosen", ""),
          flag("poll_hide_totals", "Hide the figures until it ends", "")};
}

PostKind kind(const char* id, const char* label, TextRule text, MediaSlots media,
              std::vector<OptionSpec> own = {}) {
  const bool with_files = media.max > 0;
  if (with_files) {
    own.push_back(flag("sensitive", "Hide the files as sensitive",
                       "They are hidden behind a content warning in any case."));
  }
  own.push_back(thread());
  own.push_back(visibility());
  own.push_back(spoiler_text());
  own.push_back(language());
  PostKind made;
  made.id = id;
  made.label = label;
  made.text = std::move(text);
  made.media = std::move(media);
  made.options = std::move(own);
  made.scope = with_files ? kMediaScope : "";
  return made;
}

std::vector<PostKind> kinds() {
  return {
      kind("text", "Post", text(true), {}),
      kind("image", "Post with pictures", text(false),
           {.min = 1, .max = 4, .rules = {image()}, .alt_text_max = kAltTextMax}),
      kind("video", "Post with a video", text(false),
           {.min = 1, .max = 1, .rules = {video()}, .alt_text_max = kAltTextMax}),
      kind("poll", "Poll", text(true), {}, poll_options()),
  };
}

std::vector<Limit> limits() {
  const Source rates = page("api/rate-limits/");
  // Of the posts in three hours the documentation says nothing; the server's source does.
  const Source throttles{"https://github.com/mastodon/mastodon/blob/v4.5.7/app/lib/rate_limiter.rb",
                         kCheckedOn};
  return {
      {"posts.three_hours", "Posts of an account in 3 hours", 300, "posts", throttles},
      {"uploads.half_hour", "Files of an account in 30 minutes", 30, "files", rates},
      {"image.pixels", "Width x height of a picture", 33'177'600, "pixels", instance_page()},
      {"gif.pixels", "Width x height of a GIF", 921'600, "pixels", posting_page()},
      {"video.pixels", "Width x height of a video", 8'294'400, "pixels", instance_page()},
      {"video.frame_rate", "Pictures a second of a video", 120, "pictures", instance_page()},
  };
}

std::vector<ScopeSpec> scopes() {
  const Source source = page("api/oauth-scopes/");
  return {
      {"read:accounts", "See which account it is, and its figures.", true, ScopeUse::publish,
       source},
      {"read:statuses", "Find a post again when the answer was lost, and read its figures.", true,
       ScopeUse::publish, source},
      {"write:statuses", "Post.", true, ScopeUse::publish, source},
      {kMediaScope, "Upload pictures and videos.", false, ScopeUse::publish, source},
  };
}

std::vector<MetricSpec> metrics() {
  const Source post = page("entities/Status/");
  const Source account = page("entities/Account/");
  return {
      post_metric("likes", "favourites_count", "Favourites that its server knows of.", post),
      post_metric("comments", "replies_count", "Answers that its server knows of.", post),
      post_metric("shares", "reblogs_count", "Boosts that its server knows of.", post),
      post_metric("quotes", "quotes_count", "Quotes that were accepted; from release 4.5 on.",
                  post),
      account_metric("followers", "followers_count", "Who follows the account.", account),
      account_metric("following", "following_count", "Whom the account follows.", account),
      account_metric("posts", "statuses_count", "All posts of the account, boosts included.",
                     account),
  };
}

}  // namespace

const PlatformSpec& spec() {
  static const PlatformSpec kSpec{
      .id = PlatformId("mastodon"),
      .name = "Mastodon",
      .sign_in = "Mastodon",
      .account_type = "Mastodon account on this server's instance",
      .account_word = "account",
      .can_post = {"posts", "threads", "pictures", "videos", "polls"},
      .kinds = kinds(),
      .limits = limits(),
      .scopes = scopes(),
      .metrics = metrics(),
      .api_version = {"v1", std::nullopt, page("api/guidelines/")},
      .oauth = {.authorize_url = "https://{instance}/oauth/authorize",
                // Else who is signed in at the instance could connect no second account.
                .authorize_extra = {{"force_login", "true"}},
                .pkce = Pkce::s256,
                .token_url = "https://{instance}/oauth/token",
                .revoke_url = "https://{instance}/oauth/revoke",
                .revoked_token = Reference::Kind::user_token,
                .revoke_names_client = true,
                .tokens_last = true},
      .variables = {.client_id = "MASTODON_CLIENT_ID",
                    .client_secret = "MASTODON_CLIENT_SECRET",
                    .redirect_uri = "MASTODON_REDIRECT_URI",
                    .instance = "MASTODON_INSTANCE"},
      .token_hosts = {"{instance}"},
      .listing_lag = 1min,
      .lookup = {.fresh = 1h, .before_publish = true},
  };
  return kSpec;
}

}  // namespace herald::mastodon_flows

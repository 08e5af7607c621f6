#include "platforms/metric_names.h"
#include "platforms/twitter.h"

namespace herald::twitter_flows {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCheckedOn = "2026-11-22";
constexpr const char* kMediaScope = "media.write";
constexpr std::int64_t kTextMax = 280;
constexpr std::int64_t kLongTextMax = 25'000;

Source page(const char* path) { return {std::string("https://docs.x.com/") + path, kCheckedOn}; }
Source create_page() { return page("x-api/posts/create-post"); }
Source media_page() { return page("x-api/media/quickstart/best-practices"); }
Source counting_page() { return page("fundamentals/counting-characters"); }

TextRule text(bool required, std::int64_t max = kTextMax) {
  return {.required = required,
          .max = max,
          .counted_as = Counting::weighted,
          .source = counting_page()};
}

MediaRule image() {
  return {.type = MediaType::image,
          .formats = {"image/jpeg", "image/png", "image/webp"},
          .bytes_max = 5 << 20,
          .source = media_page()};
}

MediaRule gif() {
  return {.type = MediaType::image,
          .formats = {"image/gif"},
          .bytes_max = 15 << 20,
          .width_max = 1280,
          .source = media_page()};
}

// The same page names 1280x1024 pixels at most; larger ones are taken in practice, so check() only
// warns of them.
MediaRule video() {
  return {.type = MediaType::video,
          .formats = {"video/mp4", "video/quicktime"},
          .bytes_max = 512 << 20,
          .ratio_min = 1.0 / 3,
          .ratio_max = 3,
          .side_min = 32,
          .frame_rate_max = 60,
          .duration_min_ms = 500,
          .duration_max_ms = 140'000,
          .source = media_page()};
}

OptionSpec thread() {
  return {.name = "thread",
          .label = "Further posts of the thread",
          .help =
              "Each is posted as an answer to the one before it. Pictures, videos and polls go "
              "with the first post.",
          .type = OptionType::texts,
          .max = kTextMax,
          .items_max = 24,
          .counted_as = Counting::weighted,
          .source = {"https://help.x.com/en/using-x/create-a-thread", kCheckedOn}};
}

OptionSpec reply_settings() {
  return {.name = "reply_settings",
          .label = "Who can reply",
          .type = OptionType::choice,
          .default_value = "everyone",
          .choices = {{"everyone", "Everyone"},
                      {"following", "Accounts you follow"},
                      {"mentionedUsers", "Only accounts you mention"},
                      {"subscribers", "Subscribers"},
                      {"verified", "Verified accounts"}},
          .source = create_page()};
}

OptionSpec flag(const char* name, const char* label, const char* help) {
  return {.name = name,
          .label = label,
          .help = help,
          .type = OptionType::boolean,
          .default_value = "false",
          .source = create_page()};
}

OptionSpec quote() {
  return {.name = "quote",
          .label = "Post to quote",
          .help = "Its link. X takes quotes only from apps with a contract of their own.",
          .type = OptionType::text,
          .max = 200,
          .source = page("changelog")};
}

OptionSpec poll_answers() {
  return {.name = "poll_answers",
          .label = "Answers",
          .help = "2 to 4, each of at most 25 characters.",
          .type = OptionType::texts,
          .required = true,
          .max = 25,
          .items_min = 2,
          .items_max = 4,
          .source = create_page()};
}

OptionSpec poll_minutes() {
  return {.name = "poll_minutes",
          .label = "Open for",
          .type = OptionType::choice,
          .default_value = "1440",
          .choices = {{"30", "30 minutes"},
                      {"60", "1 hour"},
                      {"360", "6 hours"},
                      {"720", "12 hours"},
                      {"1440", "1 day"},
                      {"4320", "3 days"},
                      {"10080", "7 days"}},
          .source = create_page()};
}

PostKind kind(const char* id, const char* label, TextRule text, MediaSlots media,
              std::vector<OptionSpec> own = {}) {
  const bool with_files = media.max > 0;
  own.push_back(thread());
  own.push_back(reply_settings());
  own.push_back(flag("made_with_ai", "Made with AI", "X shows a label."));
  own.push_back(flag("paid_partnership", "Paid partnership", "X shows a label."));
  return {.id = id,
          .label = label,
          .text = std::move(text),
          .media = std::move(media),
          .options = std::move(own),
          .scope = with_files ? kMediaScope : ""};
}

PostKind post() {
  PostKind made = kind("text", "Post", text(true), {});
  made.options.push_back(quote());
  return made;
}

std::vector<PostKind> kinds() {
  return {
      post(),
      kind("image", "Post with pictures", text(false),
           {.min = 1, .max = 4, .rules = {image()}, .alt_text_max = 1000}),
      kind("gif", "Post with an animated GIF", text(false),
           {.min = 1, .max = 1, .rules = {gif()}, .alt_text_max = 1000}),
      kind("video", "Post with a video", text(false), {.min = 1, .max = 1, .rules = {video()}}),
      kind("poll", "Poll", text(true), {}, {poll_answers(), poll_minutes()}),
      kind("long_text", "Long post (X Premium)", text(true, kLongTextMax), {}),
  };
}

std::vector<Limit> limits() {
  const Source source = page("x-api/fundamentals/rate-limits");
  return {
      {"posts.quarter_hour", "Posts of an account in 15 minutes", 100, "posts", source},
      {"posts.daily", "Posts a day, for all customers of this server together", 10'000, "posts",
       source},
      {kReadingsDaily,
       "Posts that Herald reads figures of a day, of one account; X has each paid for", 100,
       "readings", page("changelog")},
      {"gif.height", "Height of an animated GIF", 1080, "pixels", media_page()},
      {"gif.frames", "Pictures of an animated GIF", 350, "pictures", media_page()},
      {"gif.pixels", "Width x height x pictures of an animated GIF", 300'000'000, "pixels",
       media_page()},
      {"cashtags", "$SYMBOLs of one post", 1, "symbols", page("changelog")},
  };
}

std::vector<ScopeSpec> scopes() {
  const Source source = page("fundamentals/authentication/oauth-2-0/authorization-code");
  return {
      {"tweet.read", "Find a post again when the answer was lost, and read its figures.", true,
       ScopeUse::publish, source},
      {"users.read", "See which account it is; X asks for it with every post as well.", true,
       ScopeUse::publish, source},
      {"tweet.write", "Post.", true, ScopeUse::publish, source},
      {"offline.access", "Stay connected for longer than two hours.", true, ScopeUse::publish,
       source},
      {kMediaScope, "Upload pictures and videos.", false, ScopeUse::publish, source},
  };
}

// The public ones, by the names that X's own pages still use.
std::vector<MetricSpec> metrics() {
  const Source source = page("x-api/fundamentals/metrics");
  return {
      post_metric("views", "impression_count", "How often the post was seen.", source),
      post_metric("likes", "like_count", "Likes of the post.", source),
      post_metric("comments", "reply_count", "Answers to the post.", source),
      post_metric("shares", "retweet_count", "Reposts without words of one's own.", source),
      post_metric("quotes", "quote_count", "Reposts with words of one's own.", source),
      post_metric("saves", "bookmark_count", "How often the post was bookmarked.", source),
      account_metric("followers", "followers_count", "Who follows the account.", source),
      account_metric("following", "following_count", "Whom the account follows.", source),
      account_metric("posts", "tweet_count", "All posts of the account, reposts included.", source),
  };
}

}  // namespace

const PlatformSpec& spec() {
  static const PlatformSpec kSpec{
      .id = PlatformId("twitter"),
      .name = "X (Twitter)",
      .sign_in = "X",
      .account_type = "X account",
      .account_word = "account",
      .can_post = {"posts", "threads", "images", "GIFs", "videos", "polls"},
      .kinds = kinds(),
      .limits = limits(),
      .scopes = scopes(),
      .metrics = metrics(),
      // Reading a post costs a third of writing it: daily for a week, then weekly.
      .readings = {{std::chrono::days(7), std::chrono::days(1)},
                   {std::chrono::days(28), std::chrono::days(7)}},
      .api_version = {"2", std::nullopt, page("x-api/introduction")},
      .oauth = {.authorize_url = "https://x.com/i/oauth2/authorize",
                .pkce = Pkce::s256,
                .token_url = "https://api.x.com/2/oauth2/token",
                .revoke_url = "https://api.x.com/2/oauth2/revoke",
                .client_auth = ClientAuth::basic,
                .rotates = true},
      .variables = {"TWITTER_CLIENT_ID", "TWITTER_CLIENT_SECRET", "TWITTER_REDIRECT_URI"},
      .token_hosts = {"api.x.com"},
      .listing_lag = 5min,
      .lookup = {.fresh = 1h},  // Every read costs the operator money.
  };
  return kSpec;
}

}  // namespace herald::twitter_flows

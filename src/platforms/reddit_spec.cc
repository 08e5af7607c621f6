#include "platforms/metric_names.h"
#include "platforms/reddit.h"

namespace herald::reddit_flows {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCheckedOn = "2026-11-22";

Source section(const char* name) {
  return {std::string("https://www.reddit.com/dev/api/#") + name, kCheckedOn};
}
Source api_page() { return section("POST_api_submit"); }
Source info_page() { return section("GET_api_info"); }
Source me_page() { return section("GET_api_v1_me"); }
Source flair_page() { return section("section_flair"); }
Source wiki_page() {
  return {"https://support.reddithelp.com/hc/en-us/articles/16160319875092-Reddit-Data-API-Wiki",
          kCheckedOn};
}
// Uploads are not in Reddit's own reference: as its most used client sends them.
Source client_page() {
  return {"https://praw.readthedocs.io/en/stable/code_overview/models/subreddit.html", kCheckedOn};
}

TextRule body() { return {.max = 40'000, .source = api_page()}; }

MediaRule image(std::vector<std::string> formats, std::uint64_t bytes_max = 20 << 20) {
  return {.type = MediaType::image,
          .formats = std::move(formats),
          .bytes_max = bytes_max,
          .source = client_page()};
}

MediaRule video() {
  return {.type = MediaType::video,
          .formats = {"video/mp4", "video/quicktime"},
          .bytes_max = 1 << 30,
          .duration_max_ms = 15LL * 60 * 1000,
          .source = client_page()};
}

OptionSpec title() {
  return {.name = "title",
          .label = "Title",
          .help = "It cannot be changed later.",
          .type = OptionType::text,
          .required = true,
          .max = 300,
          .source = api_page()};
}

OptionSpec flair() {
  return {.name = "flair",
          .label = "Flair",
          .help = "Some subreddits want one. Which there are depends on the subreddit.",
          .type = OptionType::choice,
          .choices_from = kFlairs,
          .source = flair_page()};
}

OptionSpec flag(const char* name, const char* label, const char* help,
                const char* otherwise = "false") {
  return {.name = name,
          .label = label,
          .help = help,
          .type = OptionType::boolean,
          .default_value = otherwise,
          .source = api_page()};
}

OptionSpec link() {
  return {.name = "link",
          .label = "Link",
          .help = "Begins with https:// or http://.",
          .type = OptionType::text,
          .required = true,
          .max = 2000,
          .source = api_page()};
}

OptionSpec poster() {
  OptionSpec option{.name = "poster",
                    .label = "Poster",
                    .help = "The picture that stands for the video until it plays.",
                    .type = OptionType::media,
                    .required = true,
                    .source = client_page()};
  option.media = image({"image/jpeg", "image/png"});
  return option;
}

PostKind kind(const char* id, const char* label, MediaSlots media,
              std::vector<OptionSpec> own = {}) {
  own.insert(own.begin(), title());
  own.push_back(flair());
  own.push_back(flag("nsfw", "NSFW", "Not safe for work: shown blurred, to adults."));
  own.push_back(flag("spoiler", "Spoiler", "Shown covered."));
  own.push_back(flag("inbox", "Send replies to the inbox", "", "true"));
  return {.id = id,
          .label = label,
          .text = body(),
          .media = std::move(media),
          .options = std::move(own),
          .consents = {}};
}

std::vector<PostKind> kinds() {
  return {
      kind("self", "Text", {}),
      kind("link", "Link", {},
           {link(), flag("again", "Also if it was posted there before",
                         "Else Reddit refuses a link that the subreddit has already.")}),
      kind("image", "Image",
           {.min = 1,
            .max = 1,
            // So large may only a GIF be; see "image.bytes".
            .rules = {image({"image/jpeg", "image/png", "image/gif"}, 100 << 20)}}),
      kind("gallery", "Gallery",
           {.min = 2,
            .max = 20,
            .rules = {image({"image/jpeg", "image/png"})},
            .alt_text_max = 180}),
      kind("video", "Video", {.min = 1, .max = 1, .rules = {video()}}, {poster()}),
  };
}

std::vector<Limit> limits() {
  return {
      {"calls.app", "Calls a minute, for all customers of this server together, over ten minutes",
       100, "calls", wiki_page()},
      {"image.bytes", "Size of a picture that is no GIF", 20 << 20, "bytes", client_page()},
      {"upload.minutes", "Minutes in which a file must be uploaded", 15, "minutes", client_page()},
  };
}

std::vector<ScopeSpec> scopes() {
  return {
      {"identity", "See which account it is.", true, ScopeUse::publish, me_page()},
      {"read", "See what a subreddit takes and wants, and a post's figures.", true,
       ScopeUse::publish, info_page()},
      {"submit", "Post.", true, ScopeUse::publish, api_page()},
      {"flair", "Offer the subreddit's flairs.", true, ScopeUse::publish, flair_page()},
      {"history", "Find a post in the account's own list: Reddit does not always say its id.", true,
       ScopeUse::publish, section("GET_user_{username}_submitted")},
  };
}

// Views and reach Reddit does not offer.
std::vector<MetricSpec> metrics() {
  return {
      post_metric("score", "score", "Votes for it less votes against, blurred by Reddit.",
                  info_page()),
      post_metric("comments", "num_comments", "Comments on the post.", info_page()),
      post_metric("shares", "num_crossposts", "How often it was posted on in other subreddits.",
                  info_page()),
      account_metric("karma", "total_karma", "What votes for posts and comments have earned.",
                     me_page()),
  };
}

}  // namespace

const PlatformSpec& spec() {
  static const PlatformSpec kSpec{
      .id = PlatformId("reddit"),
      .name = "Reddit",
      .sign_in = "Reddit",
      .account_type = "Reddit account",
      .account_word = "account",
      .can_post = {"text posts", "links", "images", "galleries", "videos"},
      .kinds = kinds(),
      .target = {.word = "subreddit",
                 .label = "Subreddit",
                 .help = "Its name. For the account's own profile: u_ and the account's name.",
                 .prefix = "r/",
                 .folds_case = true,
                 .source = api_page()},
      .limits = limits(),
      .scopes = scopes(),
      .metrics = metrics(),
      .api_version = {"1", std::nullopt, wiki_page()},  // It has none; some paths say v1.
      .oauth = {.authorize_url = "https://www.reddit.com/api/v1/authorize",
                .authorize_extra = {{"duration", "permanent"}},
                .code_suffix = "#_",
                .token_url = "https://www.reddit.com/api/v1/access_token",
                .revoke_url = "https://www.reddit.com/api/v1/revoke_token",
                .client_auth = ClientAuth::basic,
                .needs_refresh_token = true},
      .variables = {.client_id = "REDDIT_CLIENT_ID",
                    .client_secret = "REDDIT_CLIENT_SECRET",
                    .redirect_uri = "REDDIT_REDIRECT_URI",
                    .owner = "REDDIT_OWNER"},
      .token_hosts = {"www.reddit.com", "oauth.reddit.com"},
      // Posts of files show up minutes later.
      .listing_lag = 10min,
      .lookup = {.fresh = 15min, .before_publish = true, .per_target = true},
  };
  return kSpec;
}

}  // namespace herald::reddit_flows

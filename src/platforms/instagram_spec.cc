#include "platforms/instagram.h"
#include "platforms/metric_names.h"

namespace herald::instagram_flows {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCheckedOn = "2026-11-22";
constexpr const char* kCommentScope = "instagram_manage_comments";
constexpr const char* kInsightsScope = "instagram_manage_insights";

Source page(const char* path) {
  return {std::string("https://developers.facebook.com/docs/") + path, kCheckedOn};
}
Source media_page() {
  return page("instagram-platform/instagram-graph-api/reference/ig-user/media");
}
Source comments_page() {
  return page("instagram-platform/instagram-graph-api/reference/ig-media/comments");
}
Source media_insights() { return page("instagram-platform/reference/instagram-media/insights"); }
Source account_insights() {
  return page("instagram-platform/instagram-graph-api/reference/ig-user/insights");
}
Source publishing_page() { return page("instagram-platform/content-publishing"); }

MediaRule feed_image() {
  return {.type = MediaType::image,
          .formats = {"image/jpeg"},
          .jpeg_only = true,
          .bytes_max = 8ULL << 20,
          .ratio_min = 0.8,
          .ratio_max = 1.91,
          .source = media_page()};
}

MediaRule story_image() {
  MediaRule rule = feed_image();
  rule.ratio_min = 0;
  rule.ratio_max = 0;
  return rule;
}

MediaRule reel_video() {
  return {.type = MediaType::video,
          .formats = {"video/mp4", "video/quicktime"},
          .bytes_max = 300ULL << 20,
          .ratio_min = 0.01,
          .ratio_max = 10,
          .width_max = 1920,
          .frame_rate_min = 23,
          .frame_rate_max = 60,
          .duration_min_ms = 3'000,
          .duration_max_ms = 900'000,
          .source = media_page()};
}

MediaRule story_video() {
  MediaRule rule = reel_video();
  rule.bytes_max = 100ULL << 20;
  rule.ratio_min = 0.1;
  rule.duration_max_ms = 60'000;
  return rule;
}

TextRule caption() { return {.max = 2200, .source = media_page()}; }
TextRule no_caption() { return {.allowed = false, .source = media_page()}; }

OptionSpec collaborators() {
  return {.name = "collaborators",
          .label = "Collaborators",
          .help = "Up to 3 usernames; each is asked to accept.",
          .type = OptionType::tags,
          .source = media_page()};
}

OptionSpec location() {
  return {.name = "location_id",
          .label = "Location",
          .help = "The id of a Facebook Page that has a location.",
          .type = OptionType::text,
          .max = 40,
          .source = media_page()};
}

OptionSpec ai_label() {
  return {.name = "is_ai_generated",
          .label = "Label as made with AI",
          .type = OptionType::boolean,
          .default_value = "false",
          .source = publishing_page()};
}

OptionSpec first_comment() {
  return {.name = "first_comment",
          .label = "First comment",
          .help = "Posted by the account right after publishing.",
          .type = OptionType::long_text,
          .max = 2200,
          .scope = kCommentScope,
          .source = comments_page()};
}

OptionSpec share_to_feed() {
  return {.name = "share_to_feed",
          .label = "Show in the feed too",
          .help = "Off: the Reels tab only.",
          .type = OptionType::boolean,
          .default_value = "true",
          .source = media_page()};
}

OptionSpec cover() {
  return {.name = "cover",
          .label = "Cover image",
          .help = "JPEG up to 8 MB; wins over the cover moment.",
          .type = OptionType::media,
          .media = MediaRule{.type = MediaType::image,
                             .formats = {"image/jpeg"},
                             .jpeg_only = true,
                             .bytes_max = 8ULL << 20,
                             .source = media_page()},
          .source = media_page()};
}

OptionSpec thumb_offset() {
  return {.name = "thumb_offset",
          .label = "Cover moment",
          .help = "Milliseconds from the start of the video.",
          .type = OptionType::text,
          .max = 9,
          .source = media_page()};
}

std::vector<PostKind> kinds() {
  return {
      {.id = "image",
       .label = "Photo",
       .text = caption(),
       .media = {.min = 1, .max = 1, .rules = {feed_image()}, .alt_text_max = 1000},
       .options = {collaborators(), location(), ai_label(), first_comment()}},
      {.id = "carousel",
       .label = "Carousel",
       .text = caption(),
       .media = {.min = 2, .max = 10, .rules = {feed_image(), reel_video()}, .alt_text_max = 1000},
       .options = {collaborators(), location(), ai_label(), first_comment()}},
      {.id = "reel",
       .label = "Reel",
       .text = caption(),
       .media = {.min = 1, .max = 1, .rules = {reel_video()}},
       .options = {share_to_feed(), cover(), thumb_offset(), collaborators(), location(),
                   ai_label(), first_comment()}},
      {.id = "story",
       .label = "Story",
       .text = no_caption(),
       .media = {.min = 1, .max = 1, .rules = {story_image(), story_video()}},
       .options = {ai_label()}},
  };
}

std::vector<Limit> limits() {
  return {
      {"publish.daily", "Posts in 24 hours, per account", 50, "posts",
       page("instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit")},
      {"containers.daily", "Prepared media in 24 hours, per account", 400, "containers",
       media_page()},
      {"caption.hashtags", "Hashtags in a caption", 30, "hashtags", media_page()},
      {"caption.mentions", "Mentions in a caption", 20, "mentions", media_page()},
      {"collaborators", "Collaborators of a post", 3, "usernames", media_page()},
  };
}

std::vector<ScopeSpec> scopes() {
  return {
      {"instagram_basic", "Read the account, its media and how far publishing has come.", true,
       ScopeUse::publish, media_page()},
      {"instagram_content_publish", "Publish, and read what is left of the daily limit.", true,
       ScopeUse::publish, media_page()},
      {"pages_show_list", "Find the Pages that the accounts are linked to.", true,
       ScopeUse::publish, media_page()},
      {"pages_read_engagement", "Meta asks for it beside instagram_basic.", true, ScopeUse::publish,
       media_page()},
      {kCommentScope, "Write the first comment.", false, ScopeUse::publish, comments_page()},
      {kInsightsScope, "Read reach, views and other figures.", false, ScopeUse::measure,
       media_insights()},
  };
}

std::vector<MetricSpec> metrics() {
  std::vector<MetricSpec> all;
  const auto post = [&](const char* name, const char* theirs, const char* meaning) {
    all.push_back(post_metric(name, theirs, meaning, media_insights(), kInsightsScope));
  };
  post("views", "views", "How often the post was shown or played.");
  post("reach", "reach", "How many accounts saw the post.");
  post("shares", "shares", "How often the post was shared.");
  post("saves", "saved", "How often the post was saved.");
  post("replies", "replies", "Answers to a story.");
  post("average_watch_ms", "ig_reels_avg_watch_time",
       "How long a reel was watched on average, in milliseconds.");
  const Source node = page("instagram-platform/reference/instagram-media");
  all.push_back(post_metric("likes", "like_count", "Likes of the post.", node));
  all.push_back(post_metric("comments", "comments_count", "Comments on the post.", node));
  const auto day = [&](const char* name, const char* theirs, const char* meaning) {
    all.push_back(account_metric(name, theirs, meaning, account_insights(), kInsightsScope));
    all.back().span = MetricSpec::Span::day;
  };
  day("views", "views", "How often the account's media were shown or played.");
  day("reach", "reach", "How many accounts saw any of the account's media.");
  day("engaged_accounts", "accounts_engaged", "How many accounts did anything with the media.");
  day("engagements", "total_interactions", "Likes, comments, saves, shares and answers, together.");
  const Source user = page("instagram-platform/instagram-graph-api/reference/ig-user");
  all.push_back(account_metric("followers", "followers_count", "Who follows the account.", user));
  all.push_back(account_metric("posts", "media_count", "The media the account shows.", user));
  return all;
}

}  // namespace

const PlatformSpec& spec() {
  static const PlatformSpec kSpec{
      .id = PlatformId("instagram"),
      .name = "Instagram",
      .sign_in = "Facebook Login",
      .account_type = "Instagram professional account linked to a Facebook Page",
      .account_word = "account",
      .can_post = {"photos", "carousels", "reels", "stories"},
      .kinds = kinds(),
      .limits = limits(),
      .scopes = scopes(),
      .metrics = metrics(),
      .api_version = {"v25.0", "2028-07-29", page("graph-api/changelog")},
      .oauth = {.authorize_url = "https://www.facebook.com/{version}/dialog/oauth",
                .scope_separator = ",",
                // Without it, permissions that were declined once are not offered again.
                .reconnect_extra = {{"auth_type", "rerequest"}},
                .token_url = "https://graph.facebook.com/{version}/oauth/access_token"},
      .variables = {"INSTAGRAM_APP_ID", "INSTAGRAM_APP_SECRET", "INSTAGRAM_REDIRECT_URI"},
      .token_hosts = {"graph.facebook.com"},
      .listing_lag = 2min,
      .lookup = {.fresh = 1min, .before_publish = true},
  };
  return kSpec;
}

}  // namespace herald::instagram_flows

#include "platforms/facebook.h"
#include "platforms/metric_names.h"

namespace herald::facebook_flows {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCheckedOn = "2026-11-22";
constexpr const char* kCommentScope = "pages_manage_engagement";
constexpr const char* kInsightsScope = "read_insights";

Source page(const char* path) {
  return {std::string("https://developers.facebook.com/docs/") + path, kCheckedOn};
}
Source posts_page() { return page("pages-api/posts"); }
Source photos_page() { return page("graph-api/reference/page/photos"); }
Source comments_page() { return page("graph-api/reference/object/comments"); }
Source insights_page() { return page("graph-api/reference/page/insights"); }
// Meta states no length; this is what its servers are known to take.
Source seen_in_clients() { return {"https://github.com/gitroomhq/postiz-app", kCheckedOn}; }

// The reference says 10 MB; the servers' own words say 4.
MediaRule photo() {
  return {.type = MediaType::image,
          .formats = {"image/jpeg"},
          .jpeg_only = true,
          .bytes_max = 4'000'000,
          .source = photos_page()};
}

MediaRule reel_video() {
  return {.type = MediaType::video,
          .formats = {"video/mp4"},
          .ratio_min = 0.56,
          .ratio_max = 1.78,
          .side_min = 540,
          .frame_rate_min = 24,
          .frame_rate_max = 60,
          .duration_min_ms = 3'000,
          .duration_max_ms = 90'000,
          .source = page("video-api/guides/reels-publishing")};
}

MediaRule story_video() {
  MediaRule rule = reel_video();
  rule.duration_max_ms = 60'000;
  rule.source = page("video-api/page-stories-api");
  return rule;
}

// How large and how long is not documented.
MediaRule video() {
  return {.type = MediaType::video,
          .formats = {"video/mp4", "video/quicktime"},
          .source = page("graph-api/reference/page/videos")};
}

TextRule message(bool required) {
  return {.required = required, .max = 63'206, .source = seen_in_clients()};
}

OptionSpec link() {
  return {.name = "link",
          .label = "Link",
          .help = "Facebook shows a preview of the page it leads to.",
          .type = OptionType::text,
          .required = true,
          .max = 2000,
          .source = posts_page()};
}

OptionSpec first_comment() {
  return {.name = "first_comment",
          .label = "First comment",
          .help = "Posted by the Page right after publishing.",
          .type = OptionType::long_text,
          .max = 8000,
          .scope = kCommentScope,
          .source = comments_page()};
}

OptionSpec publish_at() {
  return {.name = "publish_at",
          .label = "Publish on Facebook at",
          .help =
              "Handed over now and published by Facebook, 10 minutes to 30 days from now (reels 29 "
              "days, "
              "videos 180).",
          .type = OptionType::date_time,
          .source = posts_page()};
}

OptionSpec title() {
  return {.name = "title",
          .label = "Title",
          .type = OptionType::text,
          .max = 250,
          .source = page("graph-api/reference/page/videos")};
}

TextRule no_message() { return {.allowed = false, .source = page("video-api/page-stories-api")}; }

std::vector<PostKind> kinds() {
  const std::vector<OptionSpec> options{first_comment(), publish_at()};
  return {
      {.id = "text", .label = "Text", .text = message(true), .options = options},
      {.id = "link",
       .label = "Link",
       .text = message(false),
       .options = {link(), first_comment(), publish_at()}},
      {.id = "photo",
       .label = "Photo",
       .text = message(false),
       .media = {.min = 1, .max = 1, .rules = {photo()}, .alt_text_max = 1000},
       .options = options},
      {.id = "photos",
       .label = "Several photos",
       .text = message(false),
       .media = {.min = 2, .max = 10, .rules = {photo()}, .alt_text_max = 1000},
       .options = options},
      {.id = "video",
       .label = "Video",
       .text = message(false),
       .media = {.min = 1, .max = 1, .rules = {video()}},
       .options = {title(), first_comment(), publish_at()}},
      {.id = "reel",
       .label = "Reel",
       .text = message(false),
       .media = {.min = 1, .max = 1, .rules = {reel_video()}},
       .options = {title(), first_comment(), publish_at()}},
      {.id = "story",
       .label = "Story",
       .text = no_message(),
       .media = {.min = 1, .max = 1, .rules = {photo(), story_video()}}},
  };
}

std::vector<Limit> limits() {
  return {
      {"publish_at.minutes", "Earliest publishing time by Facebook", 10, "minutes from now",
       posts_page()},
      {"reels.daily", "Reels in 24 hours, per Page", 30, "reels",
       page("video-api/guides/reels-publishing")},
      {"publish_at.days", "Latest publishing time by Facebook", 30, "days from now", posts_page()},
      // Six months, the shortest that they can be.
      {"publish_at.days.video", "Latest publishing time of a video by Facebook", 180,
       "days from now", page("graph-api/reference/page/videos")},
      {"publish_at.days.reel", "Latest publishing time of a reel by Facebook", 29, "days from now",
       page("video-api/guides/reels-publishing")},
  };
}

std::vector<ScopeSpec> scopes() {
  return {
      {"pages_show_list", "Find the Pages.", true, ScopeUse::publish, posts_page()},
      {"pages_manage_posts", "Publish to a Page.", true, ScopeUse::publish, posts_page()},
      {"pages_read_engagement",
       "Meta asks for it beside every post; finds a post again and counts likes and comments.",
       true, ScopeUse::publish, posts_page()},
      {kCommentScope, "Write the first comment.", false, ScopeUse::publish, comments_page()},
      {kInsightsScope, "Read views, reach and other figures.", false, ScopeUse::measure,
       insights_page()},
  };
}

// Which fields are counters without a permission of their own, a client in use shows.
Source counters() { return {"https://github.com/getopenpost/openpost", kCheckedOn}; }

std::vector<MetricSpec> metrics() {
  std::vector<MetricSpec> all{
      account_metric("views", "page_media_view", "How often the Page's posts were shown or played.",
                     insights_page(), kInsightsScope),
      account_metric("reach", "page_total_media_view_unique",
                     "How many people the Page's posts were shown to.", insights_page(),
                     kInsightsScope),
      account_metric("engagements", "page_post_engagements",
                     "How often people reacted to the Page's posts, commented on them, shared them "
                     "and the like.",
                     insights_page(), kInsightsScope)};
  for (auto& metric : all) metric.span = MetricSpec::Span::day;
  for (auto& metric :
       {account_metric("followers", "followers_count", "Who follows the Page.", counters()),
        post_metric("views", "post_media_view", "How often the post was shown or played.",
                    insights_page(), kInsightsScope),
        post_metric("reach", "post_total_media_view_unique",
                    "How many people the post was shown to.", insights_page(), kInsightsScope),
        post_metric("clicks", "post_clicks", "Clicks anywhere in the post.", insights_page(),
                    kInsightsScope),
        post_metric("likes", "reactions", "Reactions of every kind, likes among them.", counters()),
        post_metric("comments", "comments", "Comments on the post.", counters()),
        post_metric("shares", "shares", "How often the post was shared.", counters())}) {
    all.push_back(metric);
  }
  return all;
}

}  // namespace

const PlatformSpec& spec() {
  static const PlatformSpec kSpec{
      .id = PlatformId("facebook"),
      .name = "Facebook",
      .sign_in = "Facebook Login",
      .account_type = "Facebook Page",
      .account_word = "page",
      .can_post = {"texts", "links", "photos", "videos", "reels", "stories"},
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
      .variables = {"FACEBOOK_APP_ID", "FACEBOOK_APP_SECRET", "FACEBOOK_REDIRECT_URI"},
      .token_hosts = {"graph.facebook.com", "rupload.facebook.com"},
      .listing_lag = 2min,
      .lookup = {.fresh = 1h},
  };
  return kSpec;
}

}  // namespace herald::facebook_flows

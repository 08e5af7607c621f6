#include "platforms/metric_names.h"
#include "platforms/youtube.h"

namespace herald::youtube_flows {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCheckedOn = "2026-11-22";
constexpr const char* kCommentScope = "https://www.googleapis.com/auth/youtube.force-ssl";

Source page(const char* path) {
  return {std::string("https://developers.google.com/youtube/v3/") + path, kCheckedOn};
}
Source videos_page() { return page("docs/videos"); }
Source insert_page() { return page("docs/videos/insert"); }

MediaRule video() {
  return {.type = MediaType::video,
          .formats = {"video/*"},
          .bytes_max = 274'877'906'944,
          .duration_max_ms = 12LL * 60 * 60 * 1000,
          .source = insert_page()};
}

MediaRule short_video() {
  MediaRule rule = video();
  rule.ratio_max = 1.0;
  rule.duration_max_ms = 3LL * 60 * 1000;
  rule.source = {"https://support.google.com/youtube/answer/15424877", kCheckedOn};
  return rule;
}

OptionSpec title() {
  return {.name = "title",
          .label = "Title",
          .help = "1 to 100 characters, without < and >.",
          .type = OptionType::text,
          .required = true,
          .max = 100,
          .source = videos_page()};
}

OptionSpec tags() {
  return {.name = "tags",
          .label = "Tags",
          .help = "500 characters in all; a tag with a space counts two more.",
          .type = OptionType::tags,
          .source = videos_page()};
}

// The ids that videoCategories.list calls assignable in most regions.
OptionSpec category() {
  return {.name = "category",
          .label = "Category",
          .type = OptionType::choice,
          .default_value = "22",
          .choices = {{"1", "Film & Animation"},
                      {"2", "Autos & Vehicles"},
                      {"10", "Music"},
                      {"15", "Pets & Animals"},
                      {"17", "Sports"},
                      {"19", "Travel & Events"},
                      {"20", "Gaming"},
                      {"22", "People & Blogs"},
                      {"23", "Comedy"},
                      {"24", "Entertainment"},
                      {"25", "News & Politics"},
                      {"26", "Howto & Style"},
                      {"27", "Education"},
                      {"28", "Science & Technology"},
                      {"29", "Nonprofits & Activism"}},
          .source = page("docs/videoCategories/list")};
}

OptionSpec privacy() {
  return {.name = "privacy",
          .label = "Who can watch",
          .type = OptionType::choice,
          .default_value = "public",
          .choices = {{"public", "Everyone"},
                      {"unlisted", "Everyone with the link"},
                      {"private", "Only the channel"}},
          .source = videos_page()};
}

OptionSpec flag(const char* name, const char* label, const char* help, const char* usual) {
  return {.name = name,
          .label = label,
          .help = help,
          .type = OptionType::boolean,
          .default_value = usual,
          .source = videos_page()};
}

OptionSpec made_for_kids() {
  OptionSpec option = flag("made_for_kids", "Made for kids",
                           "The law asks the channel to say so for every video.", "");
  option.required = true;
  return option;
}

OptionSpec license() {
  return {.name = "license",
          .label = "Licence",
          .type = OptionType::choice,
          .default_value = "youtube",
          .choices = {{"youtube", "Standard YouTube licence"},
                      {"creativeCommon", "Creative Commons - Attribution"}},
          .source = videos_page()};
}

OptionSpec thumbnail() {
  return {.name = "thumbnail",
          .label = "Thumbnail",
          .help = "JPEG or PNG up to 50 MB; the channel must be verified.",
          .type = OptionType::media,
          // What is neither JPEG nor PNG goes as Herald's JPEG of it.
          .media = MediaRule{.type = MediaType::image,
                             .formats = {"image/jpeg", "image/png", "image/webp", "image/gif"},
                             .bytes_max = 50ULL << 20,
                             .source = page("docs/thumbnails/set")},
          .source = page("docs/thumbnails/set")};
}

OptionSpec captions() {
  return {.name = "captions",
          .label = "Captions",
          .help = "WebVTT or SubRip; added once the video is up.",
          .type = OptionType::media,
          .media = MediaRule{.type = MediaType::captions,
                             .formats = {"text/vtt", "application/x-subrip"},
                             .bytes_max = 100ULL << 20,
                             .source = page("docs/captions/insert")},
          .scope = kCommentScope,
          .source = page("docs/captions/insert")};
}

OptionSpec captions_language() {
  return {.name = "captions_language",
          .label = "Language of the captions",
          .help = "As a language tag: en, de, pt-BR.",
          .type = OptionType::text,
          .max = 35,
          .source = page("docs/captions#snippet.language")};
}

OptionSpec publish_at() {
  return {.name = "publish_at",
          .label = "Goes public at",
          .help = "YouTube keeps the video private until then.",
          .type = OptionType::date_time,
          .source = videos_page()};
}

OptionSpec playlist() {
  return {.name = "playlist",
          .label = "Playlist",
          .help = "The video is added once it is up.",
          .type = OptionType::choice,
          .max = 64,
          .choices_from = kPlaylists,
          .scope = kCommentScope,
          .source = page("docs/playlistItems/insert")};
}

OptionSpec first_comment() {
  return {.name = "first_comment",
          .label = "First comment",
          .help = "Posted by the channel right after publishing; not on videos made for kids.",
          .type = OptionType::long_text,
          .max = 10'000,
          .scope = kCommentScope,
          .source = page("docs/commentThreads/insert")};
}

PostKind kind(const char* id, const char* label, MediaRule rule) {
  return {.id = id,
          .label = label,
          // The post's text is the description.
          .text = {.max = 5000, .counted_as = Counting::utf8_bytes, .source = videos_page()},
          .media = {.min = 1, .max = 1, .rules = {std::move(rule)}},
          .options = {title(), privacy(), made_for_kids(), tags(), category(),
                      flag("contains_synthetic_media", "Altered or synthetic content",
                           "Realistic content that was altered or generated.", "false"),
                      license(), flag("embeddable", "May be embedded", "", "true"),
                      flag("notify_subscribers", "Notify subscribers", "", "true"), publish_at(),
                      thumbnail(), captions(), captions_language(), playlist(), first_comment()}};
}

std::vector<Limit> limits() {
  const Source source = page("determine_quota_cost");
  return {
      {"videos.insert.daily", "Uploads a day, for all customers of this server together", 100,
       "uploads", source},
      {"units.daily", "Quota units a day for everything else", 10'000, "units", source},
      {kReadingsDaily,
       "Quota units a day that Herald uses to read figures, of all channels of one sign-in", 1'000,
       "units", source},
      {"tags.total", "Characters of all tags together", 500, "characters", videos_page()},
      {"duration.unverified", "Length of a video while the channel's phone is not verified", 15,
       "minutes", insert_page()},
  };
}

std::vector<ScopeSpec> scopes() {
  return {
      {"https://www.googleapis.com/auth/youtube.upload", "Upload videos and set thumbnails.", true,
       ScopeUse::publish, insert_page()},
      {"https://www.googleapis.com/auth/youtube.readonly",
       "Find the channel, and see how processing and views come along.", true, ScopeUse::publish,
       page("docs/channels/list")},
      {kCommentScope, "Add captions, add a video to a playlist and write the first comment.", false,
       ScopeUse::publish, page("docs/commentThreads/insert")},
  };
}

std::vector<MetricSpec> metrics() {
  const Source channels = page("docs/channels");
  return {
      post_metric("views", "viewCount", "How often the video was watched.", videos_page()),
      post_metric("likes", "likeCount", "Who likes the video.", videos_page()),
      post_metric("comments", "commentCount", "Comments on the video.", videos_page()),
      account_metric("views", "viewCount", "How often the channel's videos were watched.",
                     channels),
      account_metric("followers", "subscriberCount",
                     "Subscribers, rounded down to three figures; absent where a channel hides it.",
                     channels),
      account_metric("posts", "videoCount", "The channel's public videos.", channels),
  };
}

}  // namespace

const PlatformSpec& spec() {
  static const PlatformSpec kSpec{
      .id = PlatformId("youtube"),
      .name = "YouTube",
      .sign_in = "Google",
      .account_type = "YouTube channel",
      .account_word = "channel",
      .can_post = {"videos", "Shorts"},
      .kinds = {kind("video", "Video", video()), kind("short", "Short", short_video())},
      .limits = limits(),
      .scopes = scopes(),
      .metrics = metrics(),
      .api_version = {"v3", std::nullopt, page("docs")},
      .oauth = {.authorize_url = "https://accounts.google.com/o/oauth2/v2/auth",
                // Without "consent" a second connection brings no refresh token.
                .authorize_extra = {{"access_type", "offline"}, {"prompt", "consent"}},
                .pkce = Pkce::s256,
                .issuer = "https://accounts.google.com",
                .token_url = "https://oauth2.googleapis.com/token",
                .revoke_url = "https://oauth2.googleapis.com/revoke"},
      .variables = {"YOUTUBE_CLIENT_ID", "YOUTUBE_CLIENT_SECRET", "YOUTUBE_REDIRECT_URI"},
      .token_hosts = {"www.googleapis.com", "youtube.googleapis.com", "oauth2.googleapis.com"},
      .listing_lag = 10min,
      .lookup = {.fresh = 5min},  // Two units of the day's 10,000.
  };
  return kSpec;
}

}  // namespace herald::youtube_flows

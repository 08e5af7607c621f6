#include "platforms/metric_names.h"
#include "platforms/tiktok.h"

namespace herald::tiktok_flows {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCheckedOn = "2026-11-22";
constexpr const char* kDraftScope = "video.upload";
constexpr const char* kPostsScope = "video.list";
constexpr const char* kAccountScope = "user.info.stats";

Source page(const char* path) {
  return {std::string("https://developers.tiktok.com/doc/") + path, kCheckedOn};
}
Source direct_page() { return page("content-posting-api-reference-direct-post"); }
Source photo_page() { return page("content-posting-api-reference-photo-post"); }
Source draft_page() { return page("content-posting-api-reference-upload-video"); }
Source media_page() { return page("content-posting-api-media-transfer-guide"); }
Source guidelines() { return page("content-sharing-guidelines"); }

MediaRule video() {
  return {.type = MediaType::video,
          .formats = {"video/mp4", "video/quicktime", "video/webm"},
          .bytes_max = 4ULL << 30,
          .side_min = 360,
          .frame_rate_min = 23,
          .frame_rate_max = 60,
          .duration_max_ms = 600'000,
          .source = media_page()};
}

MediaRule photo() {
  return {.type = MediaType::image,
          .formats = {"image/jpeg"},
          .jpeg_only = true,
          .bytes_max = 20ULL << 20,
          .source = media_page()};
}

OptionSpec flag(const char* name, const char* label, const char* help, Source source) {
  return {.name = name,
          .label = label,
          .help = help,
          .type = OptionType::boolean,
          .default_value = "false",
          .source = std::move(source)};
}

// The guidelines want nothing preselected.
OptionSpec privacy() {
  return {.name = "privacy",
          .label = "Who can see it",
          .type = OptionType::choice,
          .required = true,
          .choices_from = kPrivacy,
          .source = guidelines()};
}

OptionSpec comments() { return flag("allow_comment", "Allow comments", "", guidelines()); }

// The guidelines want a switch that is off, and below it which of the two it is, or both.
std::vector<OptionSpec> disclosure() {
  std::vector<OptionSpec> options{
      flag(kDisclosure, "Disclose commercial content",
           "Switch it on where the post promotes yourself, a brand, a product or a service.",
           guidelines()),
      flag("your_brand", "Promotes your own brand", "TikTok labels it as \"Promotional content\".",
           guidelines()),
      flag("branded_content", "Branded content for a third party",
           "TikTok labels it as \"Paid partnership\"; it cannot be for you alone.", guidelines())};
  options[1].under = options[2].under = kDisclosure;
  return options;
}

OptionSpec transfer() {
  return {.name = "transfer",
          .label = "How TikTok gets the video",
          .help = "Fetching needs this server's address to be verified at TikTok.",
          .type = OptionType::choice,
          .default_value = "upload",
          .choices = {{"upload", "Herald uploads it"}, {"pull", "TikTok fetches it"}},
          .source = media_page()};
}

OptionSpec cover_moment() {
  return {.name = "cover_moment",
          .label = "Cover moment",
          .help = "Milliseconds from the start of the video.",
          .type = OptionType::text,
          .max = 6,
          .source = direct_page()};
}

OptionSpec title() {
  return {.name = "title",
          .label = "Title",
          .type = OptionType::text,
          .max = 90,
          .counted_as = Counting::utf16_units,
          .source = photo_page()};
}

OptionSpec cover_photo() {
  return {.name = "cover_photo",
          .label = "Cover photo",
          .help = "Its number, counted from 1; the first where nothing is set.",
          .type = OptionType::text,
          .max = 2,
          .source = photo_page()};
}

// The guidelines give the words.
std::vector<Consent> consents() {
  const ConsentLink music{"Music Usage Confirmation",
                          "https://www.tiktok.com/legal/page/global/music-usage-confirmation/en"};
  const ConsentLink branded{"Branded Content Policy",
                            "https://www.tiktok.com/legal/page/global/bc-policy/en"};
  return {{.text = "By posting, you agree to TikTok's Music Usage Confirmation.",
           .links = {music},
           .option = "branded_content",
           .when = false,
           .source = guidelines()},
          {.text = "By posting, you agree to TikTok's Branded Content Policy and Music Usage "
                   "Confirmation.",
           .links = {branded, music},
           .option = "branded_content",
           .when = true,
           .source = guidelines()}};
}

TextRule caption() {
  return {.max = 2200, .counted_as = Counting::utf16_units, .source = direct_page()};
}
TextRule description() {
  return {.max = 4000, .counted_as = Counting::utf16_units, .source = photo_page()};
}

std::vector<OptionSpec> joined(std::vector<OptionSpec> options, std::vector<OptionSpec> more) {
  for (auto& option : more) options.push_back(std::move(option));
  return options;
}

std::vector<PostKind> kinds() {
  const MediaSlots one_video{.min = 1, .max = 1, .rules = {video()}};
  const MediaSlots photos{.min = 1, .max = 35, .rules = {photo()}};
  return {
      {.id = "video",
       .label = "Video",
       .text = caption(),
       .media = one_video,
       .options = joined(
           joined({privacy(), comments(), flag("allow_duet", "Allow duets", "", guidelines()),
                   flag("allow_stitch", "Allow stitches", "", guidelines())},
                  disclosure()),
           {flag("ai_generated", "Label as made with AI", "", direct_page()), cover_moment(),
            transfer()}),
       .consents = consents()},
      {.id = "photo",
       .label = "Photos",
       .text = description(),
       .media = photos,
       .options = joined(
           joined({privacy(), title(), comments()}, disclosure()),
           {flag("auto_add_music", "Let TikTok add music", "", photo_page()), cover_photo()}),
       .consents = consents()},
      {.id = "video_draft",
       .label = "Video to the inbox",
       .text = {.allowed = false, .source = draft_page()},
       .media = one_video,
       .options = {transfer()},
       .scope = kDraftScope},
      {.id = "photo_draft",
       .label = "Photos to the inbox",
       .text = description(),
       .media = photos,
       .options = {title(), cover_photo()},
       .scope = kDraftScope},
  };
}

std::vector<Limit> limits() {
  return {
      {"publish.daily", "Posts in 24 hours, per account and from all apps together (about)", 15,
       "posts", guidelines()},
      {"drafts.pending", "Drafts of 24 hours that wait in an inbox", 5, "drafts", draft_page()},
      {"publish.minute", "Posts and drafts begun in a minute, per account", 6, "posts",
       direct_page()},
      {"creator_info.minute", "Looks at an account's settings in a minute", 20, "calls",
       page("content-posting-api-reference-query-creator-info")},
      {"status.minute", "Looks at a post's progress in a minute, per account", 30, "calls",
       page("content-posting-api-reference-get-video-status")},
      {"upload.minutes", "Time for uploading one video", 60, "minutes", media_page()},
      {"video.side_max", "Width and height of a video, at most", 4096, "pixels", media_page()},
      {"photo.side", "Shorter side of a photo; Herald scales larger ones down", 1080, "pixels",
       media_page()},
      {"unaudited.users", "Accounts that may post in 24 hours while TikTok has not audited the app",
       5, "accounts", guidelines()},
  };
}

std::vector<ScopeSpec> scopes() {
  const Source source = page("tiktok-api-scopes");
  return {
      {"user.info.basic", "Find the account, its name and picture.", true, ScopeUse::publish,
       source},
      {"video.publish", "Publish videos and photos, and read what the account allows.", true,
       ScopeUse::publish, source},
      {kDraftScope, "Send drafts to the TikTok inbox.", false, ScopeUse::publish, source},
      {kPostsScope, "Find a post whose end was not seen, and read the figures of posts.", false,
       ScopeUse::publish, source},
      {kAccountScope, "Read followers, likes and videos of the account.", false, ScopeUse::measure,
       source},
  };
}

std::vector<MetricSpec> metrics() {
  const Source query = page("tiktok-api-v2-video-query");
  const Source info = page("tiktok-api-v2-get-user-info");
  return {
      post_metric("views", "view_count", "How often the post was viewed.", query, kPostsScope),
      post_metric("likes", "like_count", "Likes of the post.", query, kPostsScope),
      post_metric("comments", "comment_count", "Comments on the post.", query, kPostsScope),
      post_metric("shares", "share_count", "How often the post was shared.", query, kPostsScope),
      account_metric("followers", "follower_count", "Who follows the account.", info,
                     kAccountScope),
      account_metric("following", "following_count", "Whom the account follows.", info,
                     kAccountScope),
      account_metric("likes", "likes_count", "Likes of all that the account has posted.", info,
                     kAccountScope),
      account_metric("posts", "video_count", "The account's public posts.", info, kAccountScope),
  };
}

}  // namespace

const PlatformSpec& spec() {
  static const PlatformSpec kSpec{
      .id = PlatformId("tiktok"),
      .name = "TikTok",
      .sign_in = "TikTok",
      .account_type = "TikTok account",
      .account_word = "account",
      .can_post = {"videos", "photos", "drafts"},
      .kinds = kinds(),
      .limits = limits(),
      .scopes = scopes(),
      .metrics = metrics(),
      .api_version = {"v2", std::nullopt, page("content-posting-api-get-started")},
      .oauth = {.authorize_url = "https://www.tiktok.com/v2/auth/authorize/",
                .client_id_parameter = "client_key",
                .scope_separator = ",",
                // Else the page may be skipped, and with it what was left unticked before.
                .reconnect_extra = {{"disable_auto_auth", "1"}},
                .pkce = Pkce::s256_hex,
                .token_url = "https://open.tiktokapis.com/v2/oauth/token/",
                .revoke_url = "https://open.tiktokapis.com/v2/oauth/revoke/",
                .revoked_token = Reference::Kind::user_token,
                .revoke_names_client = true,
                // "If it differs, use the new one": whether the old one lives on is not said.
                .rotates = true},
      .variables = {"TIKTOK_CLIENT_KEY", "TIKTOK_CLIENT_SECRET", "TIKTOK_REDIRECT_URI"},
      .token_hosts = {"open.tiktokapis.com"},
      .listing_lag = 10min,
      .lookup = {.fresh = 1min, .before_publish = true},
  };
  return kSpec;
}

}  // namespace herald::tiktok_flows

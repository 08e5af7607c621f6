#include "platforms/metric_names.h"
#include "platforms/pinterest.h"

namespace herald::pinterest_flows {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCheckedOn = "2026-11-22";

Source page(const char* path) {
  return {std::string("https://developers.pinterest.com/docs/") + path, kCheckedOn};
}
Source auth_page() { return page("getting-started/set-up-authentication-and-authorization/"); }
Source pins_page() { return page("work-with-organic-content-and-users/create-boards-and-pins/"); }
Source limits_page() { return page("reference/rate-limits/"); }
Source figures_page() { return page("analytics-and-reports/organic-reporting/"); }
// Lengths and shapes of fields stand in the API's own description.
Source description() {
  return {"https://github.com/pinterest/api-description/blob/main/v5/openapi.yaml", kCheckedOn};
}
Source product_page() {
  return {"https://help.pinterest.com/en/business/article/pinterest-product-specs", kCheckedOn};
}

MediaRule image() {
  return {.type = MediaType::image,
          .formats = {"image/jpeg"},
          .jpeg_only = true,
          .bytes_max = 20'000'000,
          .source = product_page()};
}

MediaRule video() {
  return {.type = MediaType::video,
          .formats = {"video/mp4", "video/quicktime"},
          .bytes_max = 2'000'000'000,
          .ratio_min = 0.5,
          .ratio_max = 1.91,
          .duration_min_ms = 4'000,
          .duration_max_ms = 15LL * 60 * 1000,
          .source = product_page()};
}

OptionSpec title() {
  return {.name = "title",
          .label = "Title",
          .type = OptionType::text,
          .max = 100,
          .source = description()};
}

OptionSpec link() {
  return {.name = "link",
          .label = "Link",
          .help = "Where the pin leads to. Begins with https:// or http://.",
          .type = OptionType::text,
          .max = 2048,
          .source = description()};
}

// A carousel has one description for all its pictures.
OptionSpec alt_text() {
  return {.name = "alt_text",
          .label = "Description of the pictures",
          .help = "For people who cannot see them; one for the whole pin.",
          .type = OptionType::text,
          .max = 500,
          .source = description()};
}

OptionSpec cover() {
  OptionSpec option{.name = "cover",
                    .label = "Cover",
                    .help = "The picture that stands for the video until it plays.",
                    .type = OptionType::media,
                    .required = true,
                    .source = pins_page()};
  option.media = image();
  return option;
}

PostKind kind(const char* id, const char* label, MediaSlots media,
              std::vector<OptionSpec> own = {}) {
  own.insert(own.begin(), {title(), link()});
  return {.id = id,
          .label = label,
          .text = {.max = 800, .source = description()},
          .media = std::move(media),
          .options = std::move(own),
          .consents = {}};
}

std::vector<PostKind> kinds() {
  return {
      kind("image", "Image", {.min = 1, .max = 1, .rules = {image()}, .alt_text_max = 500}),
      kind("carousel", "Carousel", {.min = 2, .max = 5, .rules = {image()}}, {alt_text()}),
      kind("video", "Video", {.min = 1, .max = 1, .rules = {video()}, .alt_text_max = 500},
           {cover()}),
  };
}

std::vector<Limit> limits() {
  return {
      {"writes", "Pins and uploads a minute, per account; apps with standard access", 100, "calls",
       limits_page()},
      {"reads", "Looks a minute, per account; apps with standard access", 1000, "calls",
       limits_page()},
      {"boards", "Boards of an account, those of others that it may use included", 2000, "boards",
       pins_page()},
      {"pins", "Pins of an account", 200'000, "pins", pins_page()},
  };
}

std::vector<ScopeSpec> scopes() {
  return {
      {"user_accounts:read", "See which account it is, and its figures.", true, ScopeUse::publish,
       auth_page()},
      {"boards:read", "Offer the account's boards.", true, ScopeUse::publish, auth_page()},
      {"boards:write", "Pinterest wants it for putting a pin on a board.", true, ScopeUse::publish,
       auth_page()},
      {"pins:read", "Find a pin again when the answer was lost, and read its figures.", true,
       ScopeUse::publish, auth_page()},
      {"pins:write", "Create pins and upload videos.", true, ScopeUse::publish, auth_page()},
  };
}

std::vector<MetricSpec> metrics() {
  const Source source = figures_page();
  std::vector<MetricSpec> all{
      post_metric("views", "IMPRESSION", "How often the pin was on a screen.", source),
      post_metric("clicks", "PIN_CLICK", "Clicks that opened the pin.", source),
      post_metric("saves", "SAVE", "How often people saved it to a board.", source),
      post_metric("comments", "TOTAL_COMMENTS", "Comments on the pin.", source),
      post_metric("likes", "TOTAL_REACTIONS", "Reactions to the pin.", source),
      account_metric("views", "IMPRESSION", "How often the account's pins were on a screen.",
                     source),
      account_metric("followers", "follower_count", "Who follows the account.", source),
      account_metric("following", "following_count", "Whom the account follows.", source),
  };
  for (auto& metric : all) {
    if (metric.of == MetricSpec::Of::account && metric.name == "views") {
      metric.span = MetricSpec::Span::day;
    }
  }
  return all;
}

}  // namespace

const PlatformSpec& spec() {
  static const PlatformSpec kSpec{
      .id = PlatformId("pinterest"),
      .name = "Pinterest",
      .sign_in = "Pinterest",
      .account_type = "Pinterest account",
      .account_word = "account",
      .can_post = {"images", "carousels", "videos"},
      .kinds = kinds(),
      .target = {.word = "board",
                 .label = "Board",
                 .help = "Each pin goes to one board.",
                 .max = 19,
                 .choices_from = kBoards,
                 .source = description()},
      .limits = limits(),
      .scopes = scopes(),
      .metrics = metrics(),
      // The figures of the last 89 days are to be had, no others.
      .readings = {{std::chrono::days(88), std::chrono::days(1)}},
      .api_version = {"v5", std::nullopt, description()},
      .oauth = {.authorize_url = "https://www.pinterest.com/oauth/",
                .scope_separator = ",",
                .token_url = "https://api.pinterest.com/{version}/oauth/token",
                .client_auth = ClientAuth::basic,
                .needs_refresh_token = true,
                .rotates = true},  // Whether the one before lives on is not documented.
      .left_standing =
          "Pinterest lets nobody but you take its permission back: in its settings, under "
          "Security, "
          "where the connected apps are.",
      .variables = {"PINTEREST_APP_ID", "PINTEREST_APP_SECRET", "PINTEREST_REDIRECT_URI"},
      .token_hosts = {"api.pinterest.com"},
      .listing_lag = 15min,  // Not documented; what is not listed by then is for a person.
      .lookup = {.fresh = 10min},
  };
  return kSpec;
}

}  // namespace herald::pinterest_flows

#include "platforms/linkedin.h"
#include "platforms/metric_names.h"

namespace herald::linkedin_flows {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCheckedOn = "2026-11-22";
constexpr const char* kPagesScope = "r_organization_admin";
constexpr const char* kPostsScope = "r_member_postAnalytics";
constexpr const char* kFollowersScope = "r_member_profileAnalytics";
// Reported of the API's terms, which are not public: what members do may be kept so long.
constexpr auto kMemberFiguresKept = 48h;

Source page(const char* path) {
  return {std::string("https://learn.microsoft.com/en-us/linkedin/") + path, kCheckedOn};
}
Source posts_page() { return page("marketing/community-management/shares/posts-api"); }
Source roles_page() {
  return page("marketing/community-management/organizations/organization-access-control-by-role");
}
Source page_figures() {
  return page("marketing/community-management/organizations/share-statistics");
}
Source post_figures() { return page("marketing/community-management/members/post-statistics"); }
Source follower_figures() {
  return page("marketing/community-management/members/follower-statistics");
}
Source images_page() { return page("marketing/community-management/shares/images-api"); }

// Counted by code points, of the text as it is written; which unit LinkedIn takes, and whether it
// counts the escapes, is not known. check() warns where that matters.
TextRule commentary(bool required) {
  return {.required = required, .max = 3000, .source = posts_page()};
}

MediaRule image() {
  return {.type = MediaType::image,
          .formats = {"image/jpeg", "image/png", "image/gif"},
          .source = images_page()};
}

MediaRule video() {
  return {.type = MediaType::video,
          .formats = {"video/mp4"},
          .bytes_min = 75 << 10,
          .bytes_max = 500'000'000,
          .ratio_min = 1 / 2.4,
          .ratio_max = 2.4,
          .duration_min_ms = 3000,
          .duration_max_ms = 30LL * 60 * 1000,
          .source = page("marketing/community-management/shares/videos-api")};
}

MediaRule document() {
  const std::string office = "application/vnd.openxmlformats-officedocument.";
  return {.type = MediaType::document,
          .formats = {"application/pdf", "application/msword", office + "wordprocessingml.document",
                      "application/vnd.ms-powerpoint", office + "presentationml.presentation"},
          .bytes_max = 100'000'000,
          .source = page("marketing/community-management/shares/documents-api")};
}

OptionSpec text(const char* name, const char* label, const char* help, std::int64_t max,
                Source source) {
  return {.name = name,
          .label = label,
          .help = help,
          .type = OptionType::text,
          .max = max,
          .source = std::move(source)};
}

OptionSpec required(OptionSpec option) {
  option.required = true;
  return option;
}

OptionSpec visibility() {
  return {.name = "visibility",
          .label = "Who can see it",
          .help = "Pages cannot post to connections only.",
          .type = OptionType::choice,
          .default_value = "PUBLIC",
          .choices = {{"PUBLIC", "Everyone"},
                      {"LOGGED_IN", "Everyone who is signed in to LinkedIn"},
                      {"CONNECTIONS", "Connections only"}},
          .source = posts_page()};
}

OptionSpec no_reshares() {
  return {.name = "no_reshares",
          .label = "Nobody may repost it",
          .type = OptionType::boolean,
          .default_value = "false",
          .source = posts_page()};
}

OptionSpec first_comment() {
  return {.name = "first_comment",
          .label = "First comment",
          .help = "Posted by the account right after publishing.",
          .type = OptionType::long_text,
          .max = 1250,
          .source = page("marketing/community-management/shares/comments-api")};
}

PostKind kind(const char* id, const char* label, bool needs_text, MediaSlots media,
              std::vector<OptionSpec> own = {}) {
  PostKind made{.id = id,
                .label = label,
                .text = commentary(needs_text),
                .media = std::move(media),
                .options = std::move(own)};
  for (auto option : {visibility(), no_reshares(), first_comment()}) {
    made.options.push_back(std::move(option));
  }
  return made;
}

// LinkedIn does not look at the link: what is shown is what is said here.
std::vector<OptionSpec> article() {
  OptionSpec description = text("description", "Description", "", 0, posts_page());
  description.type = OptionType::long_text;
  return {required(text("link", "Link", "Begins with https://", 2048, posts_page())),
          required(text("title", "Title of the link", "LinkedIn does not read it from the page.",
                        400, posts_page())),
          std::move(description),
          {.name = "thumbnail",
           .label = "Picture of the link",
           .help = "JPEG, PNG or GIF.",
           .type = OptionType::media,
           .media = image(),
           .source = images_page()}};
}

std::vector<OptionSpec> poll() {
  const Source source = page("marketing/community-management/shares/poll-post-api");
  OptionSpec answers = required(text("answers", "Answers", "2 to 4 answers.", 30, source));
  answers.type = OptionType::texts;
  answers.items_min = 2;
  answers.items_max = 4;
  return {required(text("question", "Question", "", 140, source)),
          std::move(answers),
          {.name = "duration",
           .label = "Open for",
           .type = OptionType::choice,
           .default_value = "THREE_DAYS",
           .choices = {{"ONE_DAY", "One day"},
                       {"THREE_DAYS", "Three days"},
                       {"SEVEN_DAYS", "A week"},
                       {"FOURTEEN_DAYS", "Two weeks"}},
           .source = source}};
}

std::vector<PostKind> kinds() {
  const auto files = [](int min, int max, MediaRule rule, int alt_text_max) {
    return MediaSlots{
        .min = min, .max = max, .rules = {std::move(rule)}, .alt_text_max = alt_text_max};
  };
  constexpr int kAltTextMax = 4086;
  return {
      kind("text", "Text", true, {}),
      kind("article", "Link", false, {}, article()),
      kind("image", "Image", false, files(1, 1, image(), kAltTextMax)),
      kind("images", "Several images", false, files(2, 20, image(), kAltTextMax)),
      kind("video", "Video", false, files(1, 1, video(), 0),
           {text("title", "Title", "", 400, posts_page())}),
      kind("document", "Document", false, files(1, 1, document(), 0),
           {text("title", "Title", "Left empty, it is the file's name.", 400, posts_page())}),
      kind("poll", "Poll", false, {}, poll()),
      kind("reshare", "Repost", false, {},
           {required(text("post", "The post", "Its link, or its URN (urn:li:share:...).", 400,
                          posts_page()))}),
  };
}

std::vector<Limit> limits() {
  const Source source = page("shared/api-guide/concepts/rate-limits");
  return {
      {"calls.app.development",
       "Calls a day in the development tier, for all customers of this server together (reported)",
       500, "calls", source},
      {"calls.member.development", "Calls a day in the development tier, per member (reported)",
       100, "calls", source},
      {kReadingsDaily,
       "Calls a day that Herald makes to read figures, per member, pages included; the rest is for "
       "posting",
       50, "calls", source},
      {"image.frames", "Frames of a GIF", 250, "frames", images_page()},
      {"document.pages", "Pages of a document; LinkedIn counts them itself", 300, "pages",
       page("marketing/community-management/shares/documents-api")},
      {"image.pixels", "Pixels of an image, fewer than", 36'152'320, "pixels", images_page()},
  };
}

std::vector<ScopeSpec> scopes() {
  const Source sign_in = page("shared/authentication/authorization-code-flow");
  return {
      {"openid", "Sign in.", true, ScopeUse::publish, sign_in},
      {"profile", "Know the member's id, name and picture.", true, ScopeUse::publish, sign_in},
      {"w_member_social", "Post as the member, and upload files for that.", true, ScopeUse::publish,
       posts_page()},
      {kPagesScope, "Find the pages and read their figures.", false, ScopeUse::publish,
       roles_page()},
      {"w_organization_social", "Post and comment as a page.", false, ScopeUse::publish,
       posts_page()},
      {"r_organization_social", "See a page's posts, to find one whose answer was lost.", false,
       ScopeUse::publish, posts_page()},
      {kPostsScope, "Read the figures of the member's posts.", false, ScopeUse::measure,
       post_figures()},
      {kFollowersScope, "Read how many follow the member.", false, ScopeUse::measure,
       follower_figures()},
  };
}

// They reach back twelve months.
std::vector<MetricSpec> page_metrics() {
  std::vector<MetricSpec> all;
  const auto both = [&](const char* name, const char* theirs, const char* meaning) {
    all.push_back(account_metric(name, theirs, meaning, page_figures(), kPagesScope));
    all.back().meaning += " Of all its posts, in the last twelve months.";
    all.push_back(post_metric(name, theirs, meaning, page_figures(), kPagesScope));
  };
  both("views", "impressionCount", "How often it was shown, without advertising.");
  both("reach", "uniqueImpressionsCount", "How many members it was shown to.");
  both("clicks", "clickCount", "Clicks on content, name or logo.");
  both("likes", "likeCount", "Reactions of every kind.");
  both("comments", "commentCount", "Comments.");
  both("shares", "shareCount", "Reposts.");
  all.push_back(account_metric("followers", "firstDegreeSize", "Members who follow the page.",
                               page_figures(), kPagesScope));
  for (auto& metric : all) metric.account_kind = "page";
  return all;
}

std::vector<MetricSpec> metrics() {
  std::vector<MetricSpec> all;
  const auto post = [&](const char* name, const char* theirs, const char* meaning) {
    all.push_back(post_metric(name, theirs, meaning, post_figures(), kPostsScope));
  };
  post("views", "IMPRESSION", "How often the post was shown.");
  post("reach", "MEMBERS_REACHED", "How many members the post was shown to.");
  post("likes", "REACTION", "Reactions of every kind.");
  post("comments", "COMMENT", "Comments.");
  post("shares", "RESHARE", "Reposts.");
  all.push_back(account_metric("followers", "memberFollowersCount", "Who follows the member.",
                               follower_figures(), kFollowersScope));
  for (auto& metric : all) {
    metric.account_kind = "profile";
    metric.kept_max = kMemberFiguresKept;
  }
  for (auto& metric : page_metrics()) all.push_back(std::move(metric));
  return all;
}

}  // namespace

const PlatformSpec& spec() {
  static const PlatformSpec kSpec{
      .id = PlatformId("linkedin"),
      .name = "LinkedIn",
      .sign_in = "LinkedIn",
      .account_type = "LinkedIn member or organisation page",
      .account_word = "page",
      .can_post = {"posts", "links", "images", "videos", "documents", "polls"},
      .kinds = kinds(),
      .limits = limits(),
      .scopes = scopes(),
      .metrics = metrics(),
      // A member's calls are few, and a post takes five.
      .readings = {{std::chrono::days(7), std::chrono::days(1)},
                   {std::chrono::days(28), std::chrono::days(7)}},
      // A version is kept for a year at least; this is the first day on which it may be gone.
      .api_version = {"202609", "2027-09-01", page("marketing/versioning")},
      .oauth = {.authorize_url = "https://www.linkedin.com/oauth/v2/authorization",
                .token_url = "https://www.linkedin.com/oauth/v2/accessToken",
                .revoke_url = "https://www.linkedin.com/oauth/v2/revoke",
                // Not every app is given refresh tokens.
                .revoked_token = Reference::Kind::user_token,
                .revoke_names_client = true,
                // Also what it says when Herald's request is wrong; only the words differ.
                .code_errors = {"invalid_request", "invalid_redirect_uri"},
                .needs_refresh_token = true,
                .consent_replaces = true},
      .variables = {"LINKEDIN_CLIENT_ID", "LINKEDIN_CLIENT_SECRET", "LINKEDIN_REDIRECT_URI",
                    "LINKEDIN_SCOPES_LEFT_OUT"},
      .token_hosts = {"api.linkedin.com", "www.linkedin.com"},
      .listing_lag = 5min,
      .lookup = {.fresh = 1h},  // Three of a member's few calls a day.
  };
  return kSpec;
}

}  // namespace herald::linkedin_flows

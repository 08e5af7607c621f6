#include "platforms/metric_names.h"
#include "platforms/threads.h"

namespace herald::threads_flows {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCheckedOn = "2026-11-22";
constexpr const char* kReplyScope = "threads_manage_replies";
constexpr const char* kInsightsScope = "threads_manage_insights";

Source page(const char* path) {
  return {std::string("https://developers.facebook.com/documentation/threads/") + path, kCheckedOn};
}
Source posts_page() { return page("posts"); }
Source publishing_page() { return page("reference/publishing"); }
Source limits_page() { return page("overview"); }

MediaRule image_rule() {
  return {.type = MediaType::image,
          .formats = {"image/jpeg"},
          .jpeg_only = true,
          .bytes_max = 8ULL << 20,
          .ratio_max = 10,
          .source = posts_page()};
}

MediaRule video_rule() {
  return {.type = MediaType::video,
          .formats = {"video/mp4", "video/quicktime"},
          .bytes_max = 1ULL << 30,
          .ratio_min = 0.01,
          .ratio_max = 10,
          .width_max = 1920,
          .duration_max_ms = 300'000,
          .source = posts_page()};
}

// Some have seen more count as bytes than emoji: threads_check.cc warns of that.
TextRule words(bool required) {
  return {.required = required,
          .max = 500,
          .counted_as = Counting::emoji_bytes,
          .source = posts_page()};
}

OptionSpec link_attachment() {
  return {.name = "link_attachment",
          .label = "Link",
          .help = "Shown as a card. Without it the first link of the text is.",
          .type = OptionType::text,
          .max = 2000,
          .source = posts_page()};
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
          .source = page("polls")};
}

OptionSpec topic_tag() {
  return {.name = "topic_tag",
          .label = "Topic",
          .help = "One per post; wins over a #tag in the text.",
          .type = OptionType::text,
          .max = 50,
          .source = posts_page()};
}

OptionSpec reply_control() {
  return {.name = "reply_control",
          .label = "Who may reply",
          .type = OptionType::choice,
          .default_value = "everyone",
          .choices = {{"everyone", "Everyone"},
                      {"followers_only", "Followers"},
                      {"accounts_you_follow", "Profiles you follow"},
                      {"mentioned_only", "Only who is mentioned"}},
          .source = publishing_page()};
}

OptionSpec spoiler() {
  return {.name = "is_spoiler_media",
          .label = "Hide the media as a spoiler",
          .type = OptionType::boolean,
          .default_value = "false",
          .source = page("spoilers")};
}

OptionSpec first_comment() {
  return {.name = "first_comment",
          .label = "First comment",
          .help = "A reply by the profile itself, right after publishing.",
          .type = OptionType::long_text,
          .max = 500,
          .counted_as = Counting::emoji_bytes,
          .scope = kReplyScope,
          .source = page("create-replies")};
}

PostKind kind(const char* id, const char* label, TextRule text, MediaSlots media,
              std::vector<OptionSpec> own) {
  own.push_back(topic_tag());
  own.push_back(reply_control());
  own.push_back(first_comment());
  PostKind made;
  made.id = id;
  made.label = label;
  made.text = std::move(text);
  made.media = std::move(media);
  made.options = std::move(own);
  return made;
}

std::vector<PostKind> kinds() {
  return {
      kind("text", "Text", words(true), {}, {link_attachment()}),
      kind("poll", "Poll", words(true), {}, {poll_answers()}),
      kind("image", "Photo", words(false),
           {.min = 1, .max = 1, .rules = {image_rule()}, .alt_text_max = 1000}, {spoiler()}),
      kind("video", "Video", words(false),
           {.min = 1, .max = 1, .rules = {video_rule()}, .alt_text_max = 1000}, {spoiler()}),
      kind("carousel", "Carousel", words(false),
           {.min = 2, .max = 20, .rules = {image_rule(), video_rule()}, .alt_text_max = 1000},
           {spoiler()}),
  };
}

std::vector<Limit> limits() {
  return {
      {"publish.daily", "Posts in 24 hours, per profile", 250, "posts", limits_page()},
      {"replies.daily", "Replies in 24 hours, per profile", 1000, "replies", limits_page()},
      {"links", "Different links in a post", 5, "links", posts_page()},
  };
}

std::vector<ScopeSpec> scopes() {
  const Source source = page("get-started");
  return {
      {"threads_basic", "Read the profile, its posts and how far publishing has come.", true,
       ScopeUse::publish, source},
      {"threads_content_publish", "Publish, and read what is left of the daily limit.", true,
       ScopeUse::publish, source},
      {kReplyScope, "Write the first comment.", false, ScopeUse::publish, source},
      {"threads_read_replies", "Find the first comment again when the answer was lost.", false,
       ScopeUse::publish, source},
      {kInsightsScope, "Read views, likes and other figures.", false, ScopeUse::measure, source},
  };
}

std::vector<MetricSpec> metrics() {
  const Source source = page("insights");
  std::vector<MetricSpec> all;
  const auto post = [&](const char* name, const char* theirs, const char* meaning) {
    all.push_back(post_metric(name, theirs, meaning, source, kInsightsScope));
  };
  post("views", "views", "How often the post was shown or played.");
  post("likes", "likes", "Likes of the post.");
  post("comments", "replies", "Replies to the post, also to its replies.");
  post("shares", "reposts", "Reposts without words of one's own.");
  post("quotes", "quotes", "Reposts with words of one's own.");
  all.push_back(account_metric("views", "views", "How often the profile was looked at.", source,
                               kInsightsScope));
  all.back().span = MetricSpec::Span::day;
  all.push_back(account_metric("followers", "followers_count", "Who follows the profile.", source,
                               kInsightsScope));
  return all;
}

}  // namespace

const PlatformSpec& spec() {
  static const PlatformSpec kSpec{
      .id = PlatformId("threads"),
      .name = "Threads",
      .sign_in = "Threads",
      .account_type = "Threads profile",
      .account_word = "profile",
      .can_post = {"texts", "links", "polls", "photos", "videos", "carousels"},
      .kinds = kinds(),
      .limits = limits(),
      .scopes = scopes(),
      .metrics = metrics(),
      .api_version = {"v1.0", std::nullopt, page("changelog")},
      .oauth = {.authorize_url = "https://threads.com/oauth/authorize",
                .scope_separator = ",",
                .code_suffix = "#_",
                .token_url = "https://graph.threads.net/oauth/access_token"},
      .left_standing =
          "Threads lets nobody but you take its permission back: in its settings, under "
          "Website permissions.",
      .variables = {"THREADS_APP_ID", "THREADS_APP_SECRET", "THREADS_REDIRECT_URI"},
      .token_hosts = {"graph.threads.net"},
      .listing_lag = 2min,
      .lookup = {.fresh = 1min, .before_publish = true},
  };
  return kSpec;
}

}  // namespace herald::threads_flows

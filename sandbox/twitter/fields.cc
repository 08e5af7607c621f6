// Which fields a call asks for.
#include <fmt/format.h>

#include <algorithm>

#include "sandbox/query.h"
#include "sandbox/twitter/post_json.h"

namespace herald::sandbox::twitter {

namespace {

using Names = std::set<std::string, std::less<>>;
using Words = std::vector<std::string_view>;

const Words kPostWords = {"article",
                          "attachments",
                          "author_id",
                          "card_uri",
                          "community_id",
                          "context_annotations",
                          "conversation_id",
                          "created_at",
                          "display_text_range",
                          "edit_controls",
                          "edit_history_post_ids",
                          "edit_history_tweet_ids",
                          "entities",
                          "geo",
                          "id",
                          "in_reply_to_user_id",
                          "lang",
                          "made_with_ai",
                          "media_metadata",
                          "non_public_metrics",
                          "note_post",
                          "note_tweet",
                          "organic_metrics",
                          "paid_partnership",
                          "possibly_sensitive",
                          "promoted_metrics",
                          "public_metrics",
                          "referenced_posts",
                          "referenced_tweets",
                          "reply_settings",
                          "scopes",
                          "source",
                          "suggested_source_links",
                          "text",
                          "withheld"};
const Words kUserWords = {"affiliation",
                          "confirmed_email",
                          "connection_status",
                          "created_at",
                          "description",
                          "entities",
                          "id",
                          "is_identity_verified",
                          "location",
                          "most_recent_post_id",
                          "most_recent_tweet_id",
                          "name",
                          "parody",
                          "pinned_post_id",
                          "pinned_tweet_id",
                          "profile_banner_url",
                          "profile_image_url",
                          "protected",
                          "public_metrics",
                          "receives_your_dm",
                          "subscription",
                          "subscription_type",
                          "url",
                          "username",
                          "verified",
                          "verified_followers_count",
                          "verified_type",
                          "withheld"};
const Words kMediaWords = {"alt_text",
                           "duration_ms",
                           "height",
                           "media_key",
                           "non_public_metrics",
                           "organic_metrics",
                           "preview_image_url",
                           "promoted_metrics",
                           "public_metrics",
                           "type",
                           "url",
                           "variants",
                           "width"};
const Words kPollWords = {"duration_minutes", "end_datetime", "id", "options", "voting_status"};
const Words kExpansions = {"article.cover_media",
                           "article.media_entities",
                           "attachments.media_keys",
                           "attachments.media_source_tweet",
                           "attachments.poll_ids",
                           "author_id",
                           "author_screen_name",
                           "edit_history_post_ids",
                           "edit_history_tweet_ids",
                           "entities.mentions.username",
                           "geo.place_id",
                           "in_reply_to_user_id",
                           "entities.note.mentions.username",
                           "pinned_tweet_id",
                           "referenced_posts",
                           "referenced_posts.id",
                           "referenced_posts.id.author_id",
                           "referenced_tweets.id",
                           "referenced_tweets.id.author_id"};

Checked<Done> read(const Call& call, std::string_view name, const Words& known, Names& into) {
  for (const auto& field : call.query) {
    if (field.name != name) continue;
    for (auto& word : split(field.value, ',')) {
      if (std::ranges::find(known, word) == known.end())
        return Refused(invalid(fmt::format("The `{}` query parameter value [{}] is not one of [{}]",
                                           name, word, fmt::join(known, ",")),
                               name, word));
      into.insert(std::move(word));
    }
  }
  return Done{};
}

}  // namespace

Checked<FieldNames> read_fields(const Call& call) {
  FieldNames names;
  for (const auto* name : {"tweet.fields", "post.fields"})
    HERALD_CHECK(read(call, name, kPostWords, names.post));
  HERALD_CHECK(read(call, "user.fields", kUserWords, names.user));
  HERALD_CHECK(read(call, "media.fields", kMediaWords, names.media));
  HERALD_CHECK(read(call, "poll.fields", kPollWords, names.poll));
  HERALD_CHECK(read(call, "expansions", kExpansions, names.expansions));
  return names;
}

}  // namespace herald::sandbox::twitter

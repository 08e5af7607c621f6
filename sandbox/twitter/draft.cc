#include "sandbox/twitter/draft.h"

#include <boost/json.hpp>

#include "sandbox/twitter/members.h"
#include "sandbox/twitter/text.h"

namespace herald::sandbox::twitter {

namespace json = boost::json;

namespace {

using Fault = std::optional<http::Response>;

constexpr std::size_t kMediaMax = 4;
constexpr std::size_t kOptionsMax = 4;
constexpr std::size_t kOptionLettersMax = 25;
constexpr std::int64_t kPollMinutesMin = 5;
constexpr std::int64_t kPollMinutesMax = 10'080;

void read_media(const json::object& object, Draft& draft, Fault& fault) {
  Members media(object, "$.media", fault);
  media.only({"media_ids", "tagged_user_ids", "title", "description", "preview_media_id",
              "embeddable", "call_to_actions"});
  media.require({"media_ids"});
  draft.media = media.ids("media_ids", 1, kMediaMax);
  media.ids("tagged_user_ids", 0, 10);
  media.text("title");
  media.text("description");
  media.id("preview_media_id");
  media.flag("embeddable");
}

void read_poll(const json::object& object, Draft& draft, Fault& fault) {
  Members poll(object, "$.poll", fault);
  poll.only({"options", "duration_minutes", "reply_settings"});
  poll.require({"options", "duration_minutes"});
  draft.poll = poll.texts("options", 2, kOptionsMax);
  for (const auto& option : draft.poll)
    if (option.empty() || letters_of(option) > kOptionLettersMax)
      poll.refuse("$.poll.options: an option must be at least 1 and at most 25 characters long");
  draft.poll_minutes =
      poll.number("duration_minutes", kPollMinutesMin, kPollMinutesMax).value_or(0);
}

void read_reply(const json::object& object, Draft& draft, Fault& fault) {
  Members reply(object, "$.reply", fault);
  reply.only({"in_reply_to_tweet_id", "exclude_reply_user_ids", "auto_populate_reply_metadata"});
  reply.require({"in_reply_to_tweet_id"});
  draft.reply_to = reply.id("in_reply_to_tweet_id");
  reply.ids("exclude_reply_user_ids", 0, SIZE_MAX);
  reply.flag("auto_populate_reply_metadata");
}

void read_geo(const json::object& object, Fault& fault) {
  Members geo(object, "$.geo", fault);
  geo.only({"place_id"});
  geo.text("place_id");
}

void read_edit(const json::object& object, Fault& fault) {
  Members edit(object, "$.edit_options", fault);
  edit.only({"previous_post_id"});
  edit.require({"previous_post_id"});
  edit.id("previous_post_id");
}

}  // namespace

Checked<Draft> read_draft(const Call& call) {
  HERALD_TRY(const auto body, read_body(call));
  Draft draft;
  Fault fault;
  Members post(body, "$", fault);
  post.only({"text", "media", "poll", "reply", "quote_tweet_id", "reply_settings", "community_id",
             "share_with_followers", "for_super_followers_only", "nullcast", "geo", "card_uri",
             "direct_message_deep_link", "edit_options", "made_with_ai", "paid_partnership"});
  draft.text = post.text("text");
  if (const auto* media = post.object("media")) read_media(*media, draft, fault);
  if (const auto* poll = post.object("poll")) read_poll(*poll, draft, fault);
  if (const auto* reply = post.object("reply")) read_reply(*reply, draft, fault);
  if (const auto* geo = post.object("geo")) read_geo(*geo, fault);
  if (const auto* edit = post.object("edit_options")) read_edit(*edit, fault);
  draft.edits = post.has("edit_options");
  draft.quote = post.id("quote_tweet_id");
  draft.reply_settings =
      post.word("reply_settings", {"following", "mentionedUsers", "subscribers", "verified"});
  post.id("community_id");
  for (const auto* name : {"share_with_followers", "for_super_followers_only", "nullcast"})
    post.flag(name);
  draft.made_with_ai = post.flag("made_with_ai");
  draft.paid_partnership = post.flag("paid_partnership");
  draft.other_carrier =
      !post.text_or("card_uri").empty() || !post.text_or("direct_message_deep_link").empty();
  int carriers = 0;
  for (const auto* name :
       {"poll", "quote_tweet_id", "direct_message_deep_link", "media", "card_uri"})
    carriers += post.has(name) ? 1 : 0;
  if (carriers > 1)
    post.refuse(
        "You can only provide one of poll or quote_tweet_id or direct_message_deep_link or media "
        "or card_uri.");
  if (!post.has("text") && carriers == 0)
    post.refuse("$.text: is missing but it is required without media, poll, quote or card");
  if (fault) return Refused(*std::move(fault));
  return draft;
}

}  // namespace herald::sandbox::twitter

// POST and DELETE of posts: the rules that look at more than the body.
#include <boost/json.hpp>

#include "sandbox/twitter/draft.h"
#include "sandbox/twitter/endpoint.h"
#include "sandbox/twitter/media.h"
#include "sandbox/twitter/members.h"
#include "sandbox/twitter/post_json.h"
#include "sandbox/twitter/posts.h"
#include "sandbox/twitter/text.h"

namespace herald::sandbox::twitter {

namespace json = boost::json;

namespace {

constexpr std::int64_t kHourMs = 60LL * 60 * 1000;

using Refusal = Checked<Done>;

std::size_t length_max(const Request& request) {
  return request.user->premium() ? static_cast<std::size_t>(request.x.number("premium_length"))
                                 : kWeightMax;
}

Refusal check_text(const Request& request, const Draft& draft) {
  const auto& x = request.x;
  if (!draft.text) return Done{};
  const bool carries = !draft.media.empty() || !draft.poll.empty() || !draft.quote.empty();
  if (draft.text->empty() && (!carries || x.choice("empty_text") == "refused"))
    return Refused(invalid("$.text: must be at least 1 character long", "text", ""));
  if (has_forbidden_letters(*draft.text))
    return Refused(invalid("Your Tweet text contains characters that are not allowed."));
  std::string_view counted = *draft.text;
  if (const auto* target = x.state.post(draft.reply_to))
    counted = without_leading_mention(counted, x.state.users.at(target->author).username);
  const bool plain = request.user->premium() && x.choice("premium_counting") == "plain";
  if ((plain ? letters_of(counted) : weight_of(counted)) > length_max(request))
    return Refused(text_too_long(x.choice("too_long_status") == "403"));
  if (cashtags_in(*draft.text) > 1) {
    constexpr std::string_view kOne = "Your Tweet may contain a maximum of one cashtag.";
    return Refused(x.choice("cashtag_status") == "403" ? forbidden(kOne) : invalid(kOne));
  }
  return Done{};
}

// Its author has mentioned the account, or quoted it.
bool summons(const State& state, const Post& post, const User& user) {
  for (const auto& name : mentions_in(post.text))
    if (state.user_named(name) == &user) return true;
  const auto* quoted = state.post(post.quote);
  return quoted != nullptr && quoted->author == user.id;
}

Refusal check_reply(const Request& request, const Draft& draft) {
  if (draft.reply_to.empty()) return Done{};
  const auto& x = request.x;
  const auto* target = x.state.post(draft.reply_to);
  if (target == nullptr) {
    if (x.choice("missing_reply_target") == "403")
      return Refused(
          forbidden("You attempted to reply to a Tweet that is deleted or not visible to you."));
    return Refused(
        invalid("Your reply tweet ID is invalid.", "reply.in_reply_to_tweet_id", draft.reply_to));
  }
  if (request.is(target->author)) {
    if (x.choice("own_replies") == "refused") return Refused(not_summoned());
  } else if (!summons(x.state, *target, *request.user)) {
    return Refused(not_summoned());
  }
  return Done{};
}

Refusal check_quote(const Request& request, const Draft& draft) {
  if (draft.quote.empty()) return Done{};
  const auto& x = request.x;
  const auto* quoted = x.state.post(draft.quote);
  if (quoted == nullptr)
    return Refused(invalid("Your quote tweet ID is invalid.", "quote_tweet_id", draft.quote));
  if (x.choice("quotes") == "refused") return Refused(not_permitted());
  if (x.choice("quotes") == "free" || request.is(quoted->author)) return Done{};
  if (summons(x.state, *quoted, *request.user)) return Done{};
  return Refused(forbidden(
      "Quoting this post is not allowed because you have not been mentioned or are not part of the "
      "conversation thread of the post you are quoting."));
}

Refusal check_media(const Request& request, const Draft& draft) {
  std::size_t moving = 0;
  for (const auto& id : draft.media) {
    const auto* medium = request.state().medium(id);
    if (medium == nullptr || !may_use(*medium, request.user->id) ||
        !ready_to_post(*medium, request.x.now_ms()))
      return Refused(bad_media(id));
    moving += medium->category.ends_with("image") ? 0 : 1;
    if (medium->duration_ms > kPlainVideoMs && !request.user->premium())
      return Refused(forbidden("This user is not allowed to post a video longer than 2 minutes"));
  }
  if (moving > 0 && draft.media.size() > 1)
    return Refused(invalid("A Tweet may carry up to 4 photos, or one animated GIF, or one video.",
                           "media.media_ids", draft.media.front()));
  return Done{};
}

Refusal check_twin(const Request& request, const Draft& draft) {
  if (!draft.text || draft.text->empty()) return Done{};
  const auto text = to_nfc(*draft.text);
  const auto since = request.x.now_ms() - request.x.number("duplicate_hours") * kHourMs;
  for (const auto& [id, post] : request.state().posts)
    if (request.is(post.author) && !post.deleted && post.at_ms > since && to_nfc(post.text) == text)
      return Refused(duplicate());
  return Done{};
}

}  // namespace

Checked<Answer> create_post(Request& request) {
  HERALD_TRY(const auto draft, read_draft(request.call));
  HERALD_CHECK(check_text(request, draft));
  HERALD_CHECK(check_reply(request, draft));
  HERALD_CHECK(check_quote(request, draft));
  HERALD_CHECK(check_media(request, draft));
  if (draft.edits || draft.other_carrier) return Refused(not_permitted());
  HERALD_CHECK(check_twin(request, draft));
  const auto& post = make_visible(request.x, {.author = request.user->id,
                                              .text = draft.text.value_or(""),
                                              .media = draft.media,
                                              .poll = draft.poll,
                                              .poll_minutes = draft.poll_minutes,
                                              .reply_to = draft.reply_to,
                                              .quote = draft.quote,
                                              .reply_settings = draft.reply_settings,
                                              .made_with_ai = draft.made_with_ai,
                                              .paid_partnership = draft.paid_partnership});
  auto answer = answer_with(
      json::serialize(json::object{{"data", post_json(request, post, FieldNames{})}}), 201);
  answer.publishes = true;
  return answer;
}

Checked<Answer> delete_post(Request& request) {
  if (!is_id(request.id))
    return Refused(invalid("The `id` query parameter value [" + request.id + "] is not valid", "id",
                           request.id));
  const auto* post = request.state().post(request.id);
  if (post == nullptr && request.x.choice("delete_missing") == "404")
    return Refused(not_found("tweet", "id", request.id));
  if (post != nullptr && !request.is(post->author))
    return Refused(forbidden("You are not authorized to delete this Tweet."));
  if (post != nullptr) remove_post(request.x, request.id);
  return answer_with(R"({"data":{"deleted":true}})");
}

}  // namespace herald::sandbox::twitter

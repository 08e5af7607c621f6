// Step two: the container becomes a post that the audience sees.
#include "sandbox/threads/publish.h"

#include <boost/json.hpp>

#include "sandbox/threads/posts.h"

namespace herald::sandbox::threads {

namespace json = boost::json;

namespace {

std::string_view act_of(const Words& words) { return words.reply_to.empty() ? "post" : "reply"; }

}  // namespace

Checked<Done> may_publish(const Request& request, const Words& words) {
  const auto& x = request.x;
  if (!request.may("threads_content_publish")) return Refused(no_permission(x));
  const bool reply = !words.reply_to.empty();
  if (reply && !request.may("threads_manage_replies")) return Refused(no_permission(x));
  if (request.me.restricted) return Refused(restricted(x));
  const auto used = x.state.acts_since(request.me.id, act_of(words), x.now_ms() - kDayMs);
  if (used >= x.number(reply ? "replies_a_day" : "posts_a_day")) return Refused(quota_used_up(x));
  return Done{};
}

Answer publish_now(Request& request, Container& container) {
  auto& x = request.x;
  container.post = make_visible(x, container).id;
  x.state.acts.push_back({.profile = request.me.id,
                          .kind = std::string(act_of(container.words)),
                          .at_ms = x.now_ms()});
  auto answer = answer_with({{"id", container.post}});
  answer.publishes = true;
  return answer;
}

Checked<Answer> publish(Request& request) {
  auto& x = request.x;
  HERALD_CHECK(only_known(request, "creation_id"));
  if (!request.may("threads_content_publish")) return Refused(no_permission(x));
  const auto id = request.call.get("creation_id");
  if (id.empty()) return Refused(invalid_parameter(x, "The parameter creation_id is required"));
  const auto found = x.state.containers.find(id);
  if (found == x.state.containers.end() || found->second.profile != request.me.id)
    return Refused(media_not_found(x, id));
  auto& container = found->second;
  const auto status = status_of(container, x.now_ms());
  const bool again = status == "PUBLISHED" && x.choice("second_publish") == "repeated";
  if (status != "FINISHED" && !again) return Refused(media_not_found(x, id));
  if (container.is_child) return Refused(invalid_parameter(x));
  if (container.not_found != 0) {
    if (container.not_found > 0) --container.not_found;
    return Refused(media_not_found(x, id));
  }
  HERALD_CHECK(may_publish(request, container.words));
  return publish_now(request, container);
}

Checked<Answer> repost(Request& request) {
  auto& x = request.x;
  HERALD_CHECK(only_known(request, ""));
  const auto* post = x.state.post(request.id);
  if (post == nullptr || !post->repost_of.empty()) return Refused(no_object(x, "post", request.id));
  HERALD_CHECK(may_publish(request, {}));
  const auto& made = add_post(x, {.profile = request.me.id,
                                  .words = {.media_type = "TEXT", .text = post->words.text},
                                  .repost_of = post->id});
  x.state.acts.push_back({.profile = request.me.id, .kind = "post", .at_ms = x.now_ms()});
  auto answer = answer_with({{"id", made.id}});
  answer.publishes = true;
  return answer;
}

}  // namespace herald::sandbox::threads

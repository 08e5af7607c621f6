// GET /api/history: every attempt, newest first.
#include <algorithm>
#include <boost/json.hpp>

#include "http/cursor.h"
#include "http/json_body.h"
#include "http/strict_query.h"
#include "http/uploader.h"

namespace herald::http {
namespace {

namespace json = boost::json;

// The engine's word for what an answer meant, the public one, and what to say where nothing else
// was said.
struct Heard {
  std::string_view word;
  const char* outcome;
  const char* message;
};
constexpr Heard kHeard[] = {
    {"accepted", "accepted", ""},
    {"refused", "refused", ""},
    {"not yet", "not_yet", ""},
    {"unknown", "unknown", ""},
    {"no answer", "unknown", "No answer came."},
    {"nothing sent", "not_sent", "The platform could not be reached."},
    {"live", "accepted", "Looked at the platform: it is live."},
    {"absent", "not_yet", "Looked at the platform: it is not there."},
    {"cannot tell", "unknown", "Looked at the platform: not clear yet."},
    {"failed", "unknown", "The look did not come to an end."},
};

bool is_look(const Attempt& attempt) {
  return attempt.step == "look" || attempt.step.starts_with("look;") ||
         attempt.step == "settled by hand";
}

json::object attempt_json(const Attempt& attempt) {
  const auto* heard = std::ranges::find(kHeard, std::string_view(attempt.outcome), &Heard::word);
  const bool known = heard != std::end(kHeard);
  json::value outcome = nullptr;
  if (!attempt.outcome.empty()) outcome = known ? heard->outcome : "unknown";
  const bool ended = attempt.ended_at != Time{};
  const char* effect = attempt.visible ? "publish" : "prepare";
  return {{"id", attempt.id},
          {"delivery_id", attempt.delivery.value},
          {"post_id", attempt.post.value},
          {"account_id", attempt.account.value},
          {"platform", attempt.platform.value},
          {"number", attempt.number},
          {"step", attempt.step},
          {"effect", is_look(attempt) ? "look" : effect},
          {"started_at", to_text(attempt.started_at)},
          {"ended_at", ended ? json::value(to_text(attempt.ended_at)) : json::value(nullptr)},
          {"outcome", std::move(outcome)},
          {"status_code",
           attempt.status_code > 0 ? json::value(attempt.status_code) : json::value(nullptr)},
          {"message", or_null(attempt.message.empty() && known ? std::string(heard->message)
                                                               : attempt.message)}};
}

// What was asked for, once it is sure that this person may see it. `bound`: what a cursor belongs
// to.
Result<AttemptFilter> filter_of(const ApiCall& call, const Query& query, std::string& bound) {
  const Caller& caller = call.caller();
  AttemptFilter filter;
  if (caller.role != Role::admin) filter.user = caller.user;
  if (const auto* post = query.find("post_id")) {
    filter.post = PostId(*post);
    HERALD_CHECK(call.services.compose.find(caller, *filter.post));
    bound += "post_id=" + *post + ";";
  }
  if (const auto* id = query.find("delivery_id")) {
    filter.delivery = DeliveryId(*id);
    HERALD_TRY(const Delivery delivery,
               call.services.store.find_delivery(caller.scope, *filter.delivery));
    if (!caller.may_see(delivery.user)) {
      return fail(ErrorKind::not_found, "There is no such delivery.");
    }
    bound += "delivery_id=" + *id + ";";
  }
  return filter;
}

Result<json::object> history_page(const ApiCall& call) {
  HERALD_TRY(const Query query,
             strict_query(call.request.query, {"post_id", "delivery_id", "cursor", "limit"}));
  std::string bound;
  HERALD_TRY(const AttemptFilter filter, filter_of(call, query, bound));
  HERALD_TRY(const PageRequest asked, page_request(call, query, "history", bound));
  HERALD_TRY(const PageOf<Attempt> page,
             call.services.store.list_attempts(call.caller().scope, filter, asked));
  json::array attempts;
  for (const auto& attempt : page.rows) attempts.push_back(attempt_json(attempt));
  json::value next = nullptr;
  if (page.more) {
    const Attempt& last = page.rows.back();
    HERALD_TRY(const std::string cursor,
               cursor_after(call, "history", bound, last.started_at, last.id));
    next = json::value(cursor);
  }
  return json::object{{"attempts", std::move(attempts)}, {"next_cursor", std::move(next)}};
}

void list_history(ApiCall call, Reply reply) {
  auto page = history_page(call);
  reply(page ? json_answer(200, *page) : call.refuse(page.error()));
}

}  // namespace

void add_history_routes(ApiRoutes& routes) {
  routes.add("GET", "/api/history", {.handle = list_history});
}

}  // namespace herald::http

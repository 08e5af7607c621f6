// After publishing: the first comment.
// Source: learn.microsoft.com/linkedin/marketing/community-management/shares/comments-api.
#include <boost/json.hpp>

#include "domain/check.h"
#include "platforms/json_answer.h"
#include "platforms/linkedin.h"
#include "platforms/steps.h"

namespace herald::linkedin_flows {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

// A post cannot be commented on for some moments after it was made.
constexpr Duration kWaits[] = {5s, 15s, 30s, 60s, 120s, 300s};

std::string actions_of(const Input& input) { return "socialActions/" + segment(input.remote_id); }

// Told by the notes, since begun_at is there as well while the comment itself is under way. A doubt
// begins without notes.
bool looks(const Notes& notes) { return !notes.has("looked"); }

Step next(const Input& input, const Progress& progress) {
  Notes notes(progress);
  if (const auto delay = notes.number("rest"); delay > 0) {
    return rest(Duration(delay), notes.erase("rest"));
  }
  if (notes.has("done")) return finished(Published{notes.text("done"), {}, {}});
  if (input.follow_up != "comment" || input.remote_id.empty()) {
    return Error{ErrorKind::invalid,
                 "The first comment was not posted: the post's id is not known.",
                 "follow-up " + input.follow_up,
                 {},
                 "no_remote_id"};
  }
  // An earlier try may have gone through. Whose the comments are is not said: only none at all
  // proves something.
  if (looks(notes) && input.begun_at) {
    return get(input, "look for the comment", actions_of(input));
  }
  if (looks(notes)) return rest({}, notes.set("looked", "yes"));  // There is nothing to look for.
  if (notes.has("commented")) {
    return Error{ErrorKind::conflict,
                 "Somebody has commented already, and Herald cannot tell whether that is the first "
                 "comment. Look on LinkedIn.",
                 "comments after a doubt",
                 {},
                 "ambiguous"};
  }
  // Plain: a comment's text is not little text.
  Call call = post(input, "comment", actions_of(input) + "/comments",
                   json::serialize(json::object{
                       {"actor", input.account.remote_id},
                       {"object", input.remote_id},
                       {"message", {{"text", text_of(input.options, "first_comment")}}}}));
  call.effect = Effect::publish;
  return call;
}

Absorbed absorb_look(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    if (fault->error.code == "permission_missing") fault->error.kind = ErrorKind::forbidden;
    return refused(notes, std::move(fault->error));
  }
  const auto comments = JsonAnswer(answer.body).number("/commentsSummary/totalFirstLevelComments");
  if (!comments) return in_doubt(notes, nonsense(answer, "LinkedIn"));
  if (*comments > 0) notes.set("commented", "yes");
  return accepted(notes.set("looked", "yes"));
}

// "Unable to obtain activity" comes as 400 or 404 and is told from other refusals by its words
// only: so each of those without a code of its own is tried again for a while.
bool too_early(const Fault& fault, const Answer& answer) {
  const bool nameless = answer.status == 400 && fault.visible == Verdict::unknown;
  return nameless || answer.status == 404;
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (looks(notes)) return absorb_look(input, notes, answer);
  auto fault = fault_in(input, answer);
  if (!fault) {
    const JsonAnswer json(answer.body);
    auto id = json.text("/commentUrn");
    if (id.empty()) id = json.text("/id");
    if (id.empty()) return in_doubt(notes, nonsense(answer, "LinkedIn"));
    return accepted(notes.set("done", id));
  }
  const auto waits = static_cast<std::size_t>(notes.number("waits"));
  if (too_early(*fault, answer) && waits < std::size(kWaits)) {
    return not_yet(notes.count("waits").set("rest", kWaits[waits].count()));
  }
  // The grant is alive, and only this fails.
  if (fault->error.code == "permission_missing") fault->error.kind = ErrorKind::forbidden;
  const bool certain = fault->visible != Verdict::unknown || too_early(*fault, answer);
  if (!certain) return in_doubt(notes, std::move(fault->error));
  return refused(notes, std::move(fault->error));
}

}  // namespace

FlowSteps follow_up() { return {next, absorb}; }

}  // namespace herald::linkedin_flows

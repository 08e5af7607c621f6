// The media, then the posts of the thread one after the other. Each is seen at once, and answers
// the one before it.
#include <algorithm>
#include <boost/json.hpp>

#include "domain/check.h"
#include "platforms/steps.h"
#include "platforms/twitter_media.h"

namespace herald::twitter_flows {
namespace {

namespace json = boost::json;

constexpr std::int64_t kMediaLostMax = 3;

bool wants_media(const Input& input, const Notes& notes) {
  return notes.list(kPosted).empty() && !has_all_media(input, notes);
}

json::object poll_of(const Input& input) {
  json::array answers;
  for (const auto& answer : tags_of(input.options, "poll_answers")) answers.emplace_back(answer);
  const auto chosen = text_of(input.options, "poll_minutes");
  const std::int64_t minutes = chosen.empty() ? 1440 : std::strtoll(chosen.c_str(), nullptr, 10);
  return {{"options", std::move(answers)}, {"duration_minutes", minutes}};
}

// What only the first post of a thread has.
void add_own(const Input& input, const Notes& notes, json::object& body) {
  if (!input.media.empty()) {
    const auto& ready = ready_media(notes);
    body["media"] = {{"media_ids", json::array(ready.begin(), ready.end())}};
  }
  if (input.kind == "poll") body["poll"] = poll_of(input);
  const auto quote = post_id_in(text_of(input.options, "quote"));
  if (!quote.empty()) body["quote_tweet_id"] = quote;
  const auto replies = text_of(input.options, "reply_settings");
  if (!replies.empty() && replies != "everyone") body["reply_settings"] = replies;
}

Call post(const Input& input, const Notes& notes) {
  const auto parts = parts_of(input);
  const auto& posted = notes.list(kPosted);
  const std::size_t part = posted.size();
  json::object body;
  // An empty text is refused; none is not.
  if (!parts[part].empty()) body["text"] = parts[part];
  if (part == 0) {
    add_own(input, notes, body);
  } else {
    body["reply"] = {{"in_reply_to_tweet_id", posted.back()}};
  }
  for (const char* label : {"made_with_ai", "paid_partnership"}) {
    if (flag_of(input.options, label)) body[label] = true;
  }
  const std::string which = std::to_string(part + 1) + " of " + std::to_string(parts.size());
  Call call =
      send_json(parts.size() == 1 ? "post" : "post " + which, "tweets", json::serialize(body));
  call.effect = Effect::publish;
  return call;
}

Step next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (wants_media(input, notes)) return next_of_media(input, notes);
  const auto& posted = notes.list(kPosted);
  if (posted.size() < parts_of(input).size()) return post(input, notes);
  return finished(Published{posted.front(), post_url(input, posted.front()), {}});
}

// Says what is live already, and that it stays.
Error with_live_parts(const Input& input, const Notes& notes, Error error) {
  const auto& posted = notes.list(kPosted);
  if (posted.empty()) return error;
  error.message += " Live so far: " + std::to_string(posted.size()) + " of " +
                   std::to_string(parts_of(input).size()) + " posts, from " +
                   post_url(input, posted.front()) + " on. A retry goes on there.";
  return error;
}

Absorbed absorb_refusal(const Input& input, Notes notes, Fault fault) {
  const bool first = notes.list(kPosted).empty();
  if (fault.parameter == "media.media_ids" && first &&
      notes.count("media_lost").number("media_lost") <= kMediaLostMax) {
    // They expired, or X was not done with them: uploaded anew.
    return not_yet(without_media(notes));
  }
  // A person who retries has changed something, or the files are at fault.
  if (fault.error.kind == ErrorKind::invalid && first) notes = without_media(std::move(notes));
  return refused(notes.erase("media_lost"), with_live_parts(input, notes, std::move(fault.error)));
}

Absorbed absorb_post(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    if (fault->visible == Verdict::unknown) return in_doubt(notes, std::move(fault->error));
    // After a call whose end was not seen, this may say that its text is there: looked for once
    // more, since absence was believed before.
    if (fault->may_repeat && notes.number(kDoubts) == 1) {
      return in_doubt(notes, std::move(fault->error));
    }
    return absorb_refusal(input, std::move(notes), std::move(*fault));
  }
  const std::string id = JsonAnswer(answer.body).text("/data/id");
  if (id.empty()) return in_doubt(notes, nonsense(answer, "X"));
  return accepted(notes.add(kPosted, id).erase(kDoubts));
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const Notes notes(progress);
  return wants_media(input, notes) ? absorb_of_media(input, notes, answer)
                                   : absorb_post(input, notes, answer);
}

}  // namespace

FlowSteps publish() { return {next, absorb}; }

Answer imagine(const Input& input, const Progress& progress, const Call&) {
  const Notes notes(progress);
  if (wants_media(input, notes)) return imagine_of_media(input, notes);
  const std::string id = std::to_string(notes.list(kPosted).size() + 1);
  return {.status = 201, .body = R"({"data":{"id":")" + id + "\"}}"};
}

}  // namespace herald::twitter_flows

// The files, then the posts of the thread one after the other, each an answer to the one before.
// Each is looked at once it is posted: an instance may take a post and drop it without a word.
#include <algorithm>
#include <boost/json.hpp>

#include "domain/check.h"
#include "platforms/mastodon_media.h"
#include "platforms/steps.h"

namespace herald::mastodon_flows {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::int64_t kLooksMax = 3;
constexpr Duration kLookAgain = 10s;  // A copy of the database may be behind.

// Notes beside those of mastodon.h: "unseen" while the last post was not looked at yet, and
// "looks"; "checked" once the files were asked for again; "note" what became of it, for a person.
enum class Stage { look, media, post, done };

Stage stage_of(const Input& input, const Notes& notes) {
  if (notes.has("unseen")) return Stage::look;
  const auto posted = notes.list(kPosted).size();
  if (posted >= parts_of(input).size()) return Stage::done;
  return posted == 0 && !has_all_media(input, notes) ? Stage::media : Stage::post;
}

std::string visibility_of(const Input& input) {
  const auto chosen = text_of(input.options, "visibility");
  return chosen.empty() ? "public" : chosen;
}

json::object poll_of(const Input& input) {
  json::array answers;
  for (const auto& answer : tags_of(input.options, "poll_answers")) answers.emplace_back(answer);
  const auto chosen = text_of(input.options, "poll_minutes");
  const std::int64_t minutes = chosen.empty() ? 1440 : std::strtoll(chosen.c_str(), nullptr, 10);
  return {{"options", std::move(answers)},
          {"expires_in", minutes * 60},
          {"multiple", flag_of(input.options, "poll_multiple")},
          {"hide_totals", flag_of(input.options, "poll_hide_totals")}};
}

Call post(const Input& input, const Notes& notes) {
  const auto parts = parts_of(input);
  const auto& posted = notes.list(kPosted);
  const std::size_t part = posted.size();
  // What is left out is as the account has it, so all that matters is said.
  json::object body{{"status", parts[part]}, {"visibility", visibility_of(input)}};
  if (part > 0) body["in_reply_to_id"] = posted.back();
  if (part == 0 && !input.media.empty()) {
    const auto& media = notes.list(kMedia);
    body["media_ids"] = json::array(media.begin(), media.end());
    body["sensitive"] = flag_of(input.options, "sensitive");
  }
  if (part == 0 && input.kind == "poll") body["poll"] = poll_of(input);
  for (const char* name : {"spoiler_text", "language"}) {
    const auto text = text_of(input.options, name);
    if (!text.empty()) body[name] = text;
  }
  const std::string number = std::to_string(part + 1);
  Call call = ask(input,
                  parts.size() == 1 ? std::string("post")
                                    : "post " + number + " of " + std::to_string(parts.size()),
                  "v1/statuses");
  call.method = "POST";
  call.effect = Effect::publish;
  call.body = JsonBody{json::serialize(body), {}};
  // The instance answers a repeat within the hour with the post that is there. Nothing here relies
  // on that: what is in doubt is looked for first.
  if (!input.publish_key.empty()) {
    call.headers = {{"Idempotency-Key", input.publish_key + "/" + number}};
  }
  return call;
}

Step next(const Input& input, const Progress& progress) {
  if (auto error = elsewhere(input)) return std::move(*error);
  Notes notes(progress);
  const auto& posted = notes.list(kPosted);
  if (posted.empty() && is_stale(input, notes)) return rest({}, without_media(std::move(notes)));
  if (const auto delay = notes.number("rest"); delay > 0) {
    return rest(Duration(delay), notes.erase("rest"));
  }
  switch (stage_of(input, notes)) {
    case Stage::look:
      return ask(input, "look at the post", "v1/statuses/" + segment(posted.back()));
    case Stage::media:
      return next_of_media(input, std::move(notes));
    case Stage::post:
      return post(input, notes);
    case Stage::done:
      break;
  }
  return finished(Published{posted.front(), notes.text(kUrl), notes.text("note")});
}

// Says what is live already, and that it stays.
Error with_live_parts(const Input& input, const Notes& notes, Error error) {
  const auto& posted = notes.list(kPosted);
  if (posted.empty()) return error;
  error.message += " Live so far: " + std::to_string(posted.size()) + " of " +
                   std::to_string(parts_of(input).size()) + " posts, from " + notes.text(kUrl) +
                   " on. A retry goes on there.";
  return error;
}

Absorbed absorb_refusal(const Input& input, Notes notes, const Answer& answer, Fault fault) {
  const bool with_files = notes.list(kPosted).empty() && !input.media.empty();
  const auto doubts = notes.number(kDoubts);
  if (answer.status == 422 && with_files) {
    // A file goes with one post only: perhaps the one that was in doubt has it. Looked for once
    // more, since absence was believed before.
    if (doubts == 1) return in_doubt(notes, std::move(fault.error));
    // It may not be processed after all, or be gone.
    if (doubts == 0 && !notes.has("checked")) {
      return not_yet(with_media_in_question(notes.set("checked", "yes")));
    }
    // A person who retries has changed something, or the files are at fault.
    notes = without_media(std::move(notes.erase("checked")));
  }
  if (answer.status == 404 && !notes.list(kPosted).empty()) {
    fault.error.message = "The post that this one answers is gone from Mastodon.";
    fault.error.code = "reply_target_gone";
  } else if (answer.status == 404) {
    fault.error.message =
        "Mastodon knows this post and says that it was deleted. Look at the account; a copy of "
        "this post can be published anew.";
  }
  return refused(notes, with_live_parts(input, notes, std::move(fault.error)));
}

Absorbed absorb_post(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    if (fault->visible == Verdict::unknown) return in_doubt(notes, std::move(fault->error));
    return absorb_refusal(input, std::move(notes), answer, std::move(*fault));
  }
  const JsonAnswer json(answer.body);
  const std::string id = json.text("/id");
  if (id.empty()) return in_doubt(notes, nonsense(answer, "Mastodon"));
  if (notes.list(kPosted).empty()) {
    notes.set(kUrl, url_in(json, ""));
    if (json.size("/media_attachments") < input.media.size()) {
      notes.set("note", "Mastodon shows fewer files than were sent. Look at the post.");
    }
  }
  const std::string shown = json.text("/visibility");
  if (!shown.empty() && shown != visibility_of(input)) {
    notes.set("note", "Mastodon made it \"" + shown + "\": the account is restricted.");
  }
  return accepted(notes.add(kPosted, id).erase(kDoubts).erase("checked").set("unseen", "yes"));
}

// The post stands, but where the instance says that it knows none of this id.
Absorbed absorb_look(const Input& input, Notes notes, const Answer& answer) {
  const auto fault = fault_in(input, answer);
  const bool missing = fault && answer.status == 404 && fault->visible == Verdict::refused;
  const bool seen = !fault && !JsonAnswer(answer.body).text("/id").empty();
  const auto looks = notes.count("looks").number("looks");
  if (!seen && looks < kLooksMax) return accepted(notes.set("rest", kLookAgain.count()));
  notes.erase("looks").erase("unseen");
  if (!missing) return accepted(notes);
  notes.keep_first(kPosted, notes.list(kPosted).size() - 1);
  const bool first = notes.list(kPosted).empty();
  if (first) notes = without_media(std::move(notes.erase(kUrl).erase("note")));
  Absorbed gone = refused(
      notes,
      with_live_parts(input, notes,
                      {ErrorKind::forbidden,
                       "Mastodon took the post and does not show it: its rules against spam drop "
                       "posts of young accounts that mention others, and certain words. Look at "
                       "the account before you retry.",
                       "404 of a post that was answered with 200",
                       {},
                       "dropped"}));
  gone.taken_back = true;
  return gone;
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const Notes notes(progress);
  switch (stage_of(input, notes)) {
    case Stage::look:
      return absorb_look(input, notes, answer);
    case Stage::media:
      return absorb_of_media(input, notes, answer);
    case Stage::post:
      return absorb_post(input, notes, answer);
    case Stage::done:
      break;
  }
  return in_doubt(notes, nonsense(answer, "Mastodon"));
}

}  // namespace

FlowSteps publish() { return {next, absorb}; }

Answer imagine(const Input& input, const Progress& progress, const Call&) {
  const Notes notes(progress);
  const std::string id = std::to_string(notes.list(kPosted).size() + 1);
  const std::string address = "https://" + input.app.instance + "/@you/" + id;
  json::object post{{"id", id}, {"url", address}};
  post["media_attachments"] = json::array(input.media.size());
  return {.status = 200, .body = json::serialize(post)};
}

}  // namespace herald::mastodon_flows

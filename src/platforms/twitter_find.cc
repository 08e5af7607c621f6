// What became of a post whose end was not seen: the account's newest posts are looked through for
// one of these words that answers what this one was to answer. Only a look that saw everything
// since then says that it is not there.
#include <algorithm>

#include "domain/check.h"
#include "platforms/steps.h"
#include "platforms/twitter.h"
#include "platforms/twitter_words.h"
#include "platforms/window.h"

namespace herald::twitter_flows {
namespace {

constexpr std::int64_t kPagesMax = 4;

// Notes: "page" to go on with; "pages"; "listed" when over; "matches"; "near" when a post may be
// it.

std::string shown(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
  const auto two = [](auto number) {
    const auto text = std::to_string(number);
    return text.size() < 2 ? "0" + text : text;
  };
  return std::to_string(static_cast<int>(date.year())) + "-" +
         two(static_cast<unsigned>(date.month())) + "-" + two(static_cast<unsigned>(date.day())) +
         "T" + two(clock.hours().count()) + ":" + two(clock.minutes().count()) + ":" +
         two(clock.seconds().count()) + "Z";
}

Call list(const Input& input, const Notes& notes) {
  const std::string name = fields_name(notes);
  const bool old = name == "tweet.fields";
  std::vector<Field> query{{"max_results", "100"},
                           {name, std::string("created_at,entities,attachments,") +
                                      (old ? "note_tweet,referenced_tweets" : "referenced_posts")}};
  if (const auto start = window_start(input)) query.push_back({"start_time", shown(*start)});
  if (notes.has("page")) query.push_back({"pagination_token", notes.text("page")});
  return ask("look through the posts", "users/" + segment(input.account.remote_id) + "/tweets",
             std::move(query));
}

Found judged(const Input& input, const Notes& notes) {
  Notes publish(input.publish_progress);
  const auto& matches = notes.list("matches");
  if (matches.size() > 1 || (matches.empty() && notes.has("near"))) {
    return {.what = Found::What::cannot_tell};
  }
  if (matches.empty()) {
    return {.what = Found::What::absent, .progress = publish.count(kDoubts).progress()};
  }
  const std::string& id = matches.front();
  return {.what = Found::What::accepted,
          .published = {id, post_url(input, id), {}},
          .progress = publish.add(kPosted, id).erase(kDoubts).progress()};
}

Step next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("listed")) return finished(judged(input, notes));
  return list(input, notes);
}

// What the post at `pointer` answers; empty: nothing.
std::string answered_by(const JsonAnswer& json, const std::string& pointer) {
  for (const char* name : {"/referenced_tweets", "/referenced_posts"}) {
    for (std::size_t i = 0; i < json.size(pointer + name); ++i) {
      if (json.text(at(pointer + name, i, "/type")) != "replied_to") continue;
      return json.text(at(pointer + name, i, "/id"));
    }
  }
  return {};
}

enum class Likeness { other, near, same };

Likeness compared(const Input& input, const Notes& publish, const JsonAnswer& json,
                  const std::string& pointer) {
  const auto& posted = publish.list(kPosted);
  const auto parts = parts_of(input);
  if (std::ranges::count(posted, json.text(pointer + "/id")) > 0) return Likeness::other;
  const auto made = time_of(json.text(pointer + "/created_at"));
  const Age age = made ? age_of(input, *made) : Age::doubtful;
  if (age == Age::before) return Likeness::other;
  const std::string above = posted.empty() ? "" : posted.back();
  if (posted.size() >= parts.size() || answered_by(json, pointer) != above) return Likeness::other;
  const Words sent = words_sent(parts[posted.size()]);
  const Words seen = words_seen(json, pointer, post_id_in(text_of(input.options, "quote")));
  const std::size_t media = posted.empty() ? input.media.size() : 0;
  const bool same_media = json.size(pointer + "/attachments/media_keys") == media;
  const bool younger = age == Age::since || !above.empty();  // An answer to our own last post is.
  if (sent == seen && same_media) return younger ? Likeness::same : Likeness::near;
  // Links may have been rewritten, a long text cut off, and who else answers our own last post?
  const bool cut = input.kind == "long_text" && !json.has(pointer + "/note_tweet/text");
  const bool near = sent.text == seen.text || !above.empty() || (posted.empty() && cut);
  return near ? Likeness::near : Likeness::other;
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (learns_fields_name(answer, notes)) return accepted(notes);
  if (auto fault = fault_in(input, answer)) return refused(notes, std::move(fault->error));
  const JsonAnswer json(answer.body);
  // A 200 may hold nothing but errors.
  if (!json.has("/meta/result_count")) return in_doubt(notes, nonsense(answer, "X"));
  const Notes publish(input.publish_progress);
  for (std::size_t i = 0; i < json.size("/data"); ++i) {
    const std::string pointer = at("/data", i);
    const Likeness likeness = compared(input, publish, json, pointer);
    if (likeness == Likeness::same) notes.add("matches", json.text(pointer + "/id"));
    if (likeness == Likeness::near) notes.set("near", "yes");
  }
  const std::string page = json.text("/meta/next_token");
  if (page.empty()) return accepted(notes.set("listed", "yes"));
  if (notes.count("pages").number("pages") < kPagesMax) return accepted(notes.set("page", page));
  // There is more than was seen.
  return accepted(notes.set("near", "yes").set("listed", "yes"));
}

}  // namespace

FlowSteps find() { return {next, absorb}; }

}  // namespace herald::twitter_flows

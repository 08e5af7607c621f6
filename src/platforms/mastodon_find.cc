// What became of a post whose end was not seen: the account's newest posts are looked through for
// one that has its files, or its words and its place. Only a look that saw everything since then
// says that it is not there.
#include <algorithm>

#include "domain/check.h"
#include "domain/clustered_text.h"
#include "platforms/mastodon.h"
#include "platforms/steps.h"
#include "platforms/window.h"

namespace herald::mastodon_flows {
namespace {

constexpr std::size_t kPageSize = 40;
constexpr std::int64_t kPagesMax = 4;

// Notes: "page" to go on below; "pages"; "listed" when over; "candidates" whose words are asked
// for, "asked" of how many; "matches"; "near" when a post may be it; "url.<id>", "old.<id>".

Call list(const Input& input, const Notes& notes) {
  std::vector<Field> query{{"limit", std::to_string(kPageSize)}, {"exclude_reblogs", "true"}};
  if (notes.has("page")) query.push_back({"max_id", notes.text("page")});
  return ask(input, "look through the posts",
             "v1/accounts/" + segment(account_id(input)) + "/statuses", std::move(query));
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
  const std::string url = notes.text("url." + id);
  if (publish.list(kPosted).empty()) publish.set(kUrl, url);
  return {.what = Found::What::accepted,
          .published = {id, url, {}},
          .progress = publish.add(kPosted, id).erase(kDoubts).progress()};
}

std::size_t asked(const Notes& notes) { return static_cast<std::size_t>(notes.number("asked")); }

Step next(const Input& input, const Progress& progress) {
  if (auto error = elsewhere(input)) return std::move(*error);
  const Notes notes(progress);
  if (!notes.has("listed")) return list(input, notes);
  const auto& candidates = notes.list("candidates");
  if (asked(notes) < candidates.size()) {
    return ask(input, "read the words of a post",
               "v1/statuses/" + segment(candidates[asked(notes)]) + "/source");
  }
  return finished(judged(input, notes));
}

// As the instance keeps it: mentions are written anew.
std::string plain(std::string_view text) { return without_mentioned_servers(folded(text)); }

std::vector<std::string> ids_in(const JsonAnswer& json, const std::string& list) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < json.size(list); ++i) ids.push_back(json.text(at(list, i, "/id")));
  return ids;
}

bool has_poll_of(const Input& input, bool first, const JsonAnswer& json, const std::string& row) {
  std::vector<std::string> seen;
  for (std::size_t i = 0; i < json.size(row + "/poll/options"); ++i) {
    seen.push_back(folded(json.text(at(row + "/poll/options", i, "/title"))));
  }
  std::vector<std::string> sent;
  if (first && input.kind == "poll") sent = tags_of(input.options, "poll_answers");
  for (auto& answer : sent) answer = folded(answer);
  return seen == sent;
}

// One row of the list: may it be the post in doubt?
void weigh(const Input& input, const Notes& publish, const JsonAnswer& json, const std::string& row,
           Notes& notes) {
  const std::string id = json.text(row + "/id");
  const auto& posted = publish.list(kPosted);
  const auto made = time_of(json.text(row + "/created_at"));
  const Age age = made ? age_of(input, *made) : Age::doubtful;
  const bool first = posted.empty();
  const std::string above = first ? "" : posted.back();
  if (id.empty() || age == Age::before || std::ranges::count(posted, id) > 0) return;
  if (json.text(row + "/in_reply_to_id") != above || posted.size() >= parts_of(input).size())
    return;
  notes.set("url." + id, url_in(json, row));
  const auto media = ids_in(json, row + "/media_attachments");
  if (first && !input.media.empty()) {
    // A file goes with one post only.
    const auto& sent = publish.list(kMedia);
    if (!media.empty() && media == sent) notes.add("matches", id);
    const bool some = std::ranges::any_of(
        media, [&](const std::string& one) { return std::ranges::count(sent, one) > 0; });
    if (media != sent && some) notes.set("near", "yes");
    return;
  }
  if (!media.empty() || !has_poll_of(input, first, json, row)) return;
  // Who else answers our own last post?
  if (age == Age::doubtful && first) notes.set("old." + id, "yes");
  notes.add("candidates", id);
}

Absorbed absorb_list(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) return absorbed(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  if (!json.is_array()) return in_doubt(notes, nonsense(answer, "Mastodon"));
  const Notes publish(input.publish_progress);
  bool past_window = false;
  const std::size_t rows = json.size("");
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string row = at("", i);
    const auto made = time_of(json.text(row + "/created_at"));
    // Newest first: the last row says how far back the page goes.
    past_window = made && age_of(input, *made) == Age::before;
    weigh(input, publish, json, row, notes);
  }
  // Fewer than were asked for may mean that some are hidden: only none is the end.
  if (rows == 0 || past_window) return accepted(notes.set("listed", "yes"));
  if (notes.count("pages").number("pages") < kPagesMax) {
    return accepted(notes.set("page", json.text(at("", rows - 1, "/id"))));
  }
  // There is more than was seen.
  return accepted(notes.set("near", "yes").set("listed", "yes"));
}

Absorbed absorb_source(const Input& input, Notes notes, const Answer& answer) {
  const std::string id = notes.list("candidates")[asked(notes)];
  if (auto fault = fault_in(input, answer)) {
    const bool gone = answer.status == 404 && fault->visible == Verdict::refused;
    if (!gone) return absorbed(notes, std::move(*fault));
    return accepted(notes.count("asked"));
  }
  const JsonAnswer json(answer.body);
  if (json.text("/id") != id) return in_doubt(notes, nonsense(answer, "Mastodon"));
  const auto parts = parts_of(input);
  const auto part = Notes(input.publish_progress).list(kPosted).size();
  const bool same =
      plain(json.text("/text")) == plain(parts[part]) &&
      folded(json.text("/spoiler_text")) == folded(text_of(input.options, "spoiler_text"));
  if (same && !notes.has("old." + id)) notes.add("matches", id);
  if ((same && notes.has("old." + id)) || (!same && part > 0)) notes.set("near", "yes");
  return accepted(notes.count("asked"));
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  return notes.has("listed") ? absorb_source(input, std::move(notes), answer)
                             : absorb_list(input, std::move(notes), answer);
}

}  // namespace

FlowSteps find() { return {next, absorb}; }

}  // namespace herald::mastodon_flows

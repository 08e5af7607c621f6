// What became of a post whose end was not seen. A video is asked itself; a story is known by the
// file that it shows. Any other post is recognised by who wrote it (our app), when, and its words
// or the photos that it holds; never by being the newest. Only a look that saw everything since
// then says that it is not there.
#include <algorithm>

#include "domain/check.h"
#include "platforms/facebook.h"
#include "platforms/json_answer.h"
#include "platforms/steps.h"
#include "platforms/window.h"

namespace herald::facebook_flows {
namespace {

using namespace std::chrono_literals;
using graph::As;

constexpr std::int64_t kPagesMax = 4;
constexpr Duration kLookAgain = 60s;
constexpr std::int64_t kLooksMax = 10;

// Notes: "after" and "pages" while paging; "listed" when over; "matches" and the first one's
// "link"; "near" when a post may be it.

// Spaces at the ends and carriage returns are not always kept.
std::string plain(std::string text) {
  std::erase(text, '\r');
  text.erase(text.find_last_not_of(" \t\n") + 1);
  text.erase(0, text.find_first_not_of(" \t\n"));
  return text;
}

Found judged(const Input& input, const Notes& notes) {
  const auto& matches = notes.list("matches");
  if (matches.size() == 1 && !notes.has("near")) {
    return {.what = Found::What::live, .published = {matches.front(), notes.text("link"), {}}};
  }
  Notes publish(input.publish_progress);
  publish.count(kDoubts).erase("rest");
  Found found{.what = Found::What::absent, .progress = publish.progress()};
  const auto at = scheduled_at(input);
  // By then it is no longer among those that wait.
  const bool may_have_left = at && input.now + 5min >= *at;
  if (!matches.empty() || notes.has("near") || may_have_left) {
    found.what = Found::What::cannot_tell;
  }
  return found;
}

// ---------------------------------------------------------------- videos

// A video is finished once, however often that is asked for.
Found judged_video(const Input& input, const Notes& notes) {
  Notes publish(input.publish_progress);
  publish.erase("rest");
  const bool begun = notes.text("publishing") == "yes";
  if (begun) {
    return {.what = Found::What::accepted, .progress = publish.set(kFinished, "yes").progress()};
  }
  publish.count(kDoubts);
  return {.what = Found::What::absent, .progress = publish.progress(), .once_only = true};
}

bool is_asked_itself(const Input& input) { return is_video(input) && input.kind != "story"; }

Step next_of_asked(const Input& input, Notes notes) {
  if (notes.has("rest")) return rest(kLookAgain, notes.erase("rest"));
  if (notes.has("publishing")) return finished(judged_video(input, notes));
  return video_call(input, Notes(input.publish_progress).text(kVideo), "look at the video");
}

Absorbed absorb_asked(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(answer)) return refused_quietly(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  if (!json.has("/status")) return in_doubt(notes, nonsense(answer, "Facebook"));
  if (is_publishing(input, answer)) return accepted(notes.set("publishing", "yes"));
  // It was said before that nothing had begun, and it may not show yet.
  const bool unclear = Notes(input.publish_progress).has(kDoubts) &&
                       json.text("/status/video_status") == "processing";
  if (unclear && notes.count("looks").number("looks") <= kLooksMax) {
    return accepted(notes.set("rest", "yes"));
  }
  return accepted(notes.set("publishing", "no"));
}

// ---------------------------------------------------------------- lists

Call list_stories(const Input& input, const Notes& notes) {
  std::vector<Field> query;
  if (const auto start = window_start(input)) {
    query.push_back({"since", std::to_string(to_ms(*start) / 1000)});
  }
  if (notes.has("after")) query.push_back({"after", notes.text("after")});
  Call call = graph::get(input, As::account, "look through the stories",
                         edge(input.account.remote_id, "stories"), std::move(query));
  call.secrets = {{"/paging/next", "next"}, {"/paging/previous", "previous"}};
  return call;
}

Step next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (is_asked_itself(input)) return next_of_asked(input, notes);
  if (notes.has("listed")) return finished(judged(input, notes));
  if (input.kind == "story") return list_stories(input, notes);
  const bool waits = scheduled_at(input).has_value();
  std::string fields =
      "id,message,created_time,permalink_url,application,status_type,"
      "attachments{target,media_type}";
  if (waits) fields += ",scheduled_publish_time";
  std::vector<Field> query{{"fields", std::move(fields)}, {"limit", "25"}};
  if (notes.has("after")) query.push_back({"after", notes.text("after")});
  Call call =
      graph::get(input, As::account, "look through the posts",
                 edge(input.account.remote_id, waits ? "scheduled_posts" : "published_posts"),
                 std::move(query));
  // The links to other pages carry the token as well.
  call.secrets = {{"/paging/next", "next"}, {"/paging/previous", "previous"}};
  return call;
}

enum class Likeness { other, near, same };

// What is attached to the post at `row`.
struct Attached {
  bool ours = false;  // A photo that was uploaded for it, or its link.
  bool media = false;
};

Attached attached_to(const Input& input, const JsonAnswer& json, const std::string& row) {
  const Notes publish(input.publish_progress);
  const auto& photos = publish.list(kPhotos);
  const std::string link = input.kind == "link" ? text_of(input.options, "link") : "";
  Attached attached;
  for (std::size_t i = 0; i < json.size(row + "/attachments/data"); ++i) {
    const std::string one = at(row + "/attachments/data", i);
    const std::string target = json.text(one + "/target/id");
    if (std::ranges::find(photos, target) != photos.end()) attached.ours = true;
    if (!link.empty() && json.text(one + "/target/url") == link) attached.ours = true;
    // The preview of an address in the words is none.
    if (json.text(one + "/media_type") != "link") attached.media = true;
  }
  return attached;
}

Likeness compared(const Input& input, const JsonAnswer& json, const std::string& row) {
  const Attached attached = attached_to(input, json, row);
  if (attached.ours && !input.media.empty()) return Likeness::same;
  const auto made = time_of(json.text(row + "/created_time"));
  const Age age = made ? age_of(input, *made) : Age::doubtful;
  if (age == Age::before) return Likeness::other;
  const std::string app = json.text(row + "/application/id");
  if (!app.empty() && app != input.app.client_id) return Likeness::other;
  const std::string words = plain(input.text);
  if (plain(json.text(row + "/message")) != words) return Likeness::other;
  if (const auto at = scheduled_at(input)) {
    const auto waits_for = json.number(row + "/scheduled_publish_time");
    if (waits_for && *waits_for != to_ms(*at) / 1000) return Likeness::other;
  }
  if (input.media.empty() && attached.media) return Likeness::near;
  const bool tells = !words.empty() || attached.ours;
  return age == Age::since && !app.empty() && tells ? Likeness::same : Likeness::near;
}

// A story shows one file, and each upload is another.
bool shows_ours(const Input& input, const JsonAnswer& json, const std::string& row) {
  const Notes publish(input.publish_progress);
  const std::string medium = json.text(row + "/media_id");
  if (medium.empty()) return false;
  const auto& photos = publish.list(kPhotos);
  return medium == publish.text(kVideo) || std::ranges::find(photos, medium) != photos.end();
}

// Takes in row after row; true when one is older than what is looked for.
bool take_rows(const Input& input, const JsonAnswer& json, Notes& notes) {
  bool past_window = false;
  for (std::size_t i = 0; i < json.size("/data"); ++i) {
    const std::string row = at("/data", i);
    if (input.kind == "story") {
      if (!shows_ours(input, json, row)) continue;
      notes.add("matches", json.text(row + "/post_id")).set("link", json.text(row + "/url"));
      continue;
    }
    const auto made = time_of(json.text(row + "/created_time"));
    // Only the published are known to come newest first.
    const bool before = made && age_of(input, *made) == Age::before;
    if (before && !scheduled_at(input)) past_window = true;
    const Likeness likeness = compared(input, json, row);
    if (likeness == Likeness::near) notes.set("near", "yes");
    if (likeness != Likeness::same) continue;
    notes.add("matches", json.text(row + "/id")).set("link", json.text(row + "/permalink_url"));
  }
  return past_window;
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (is_asked_itself(input)) return absorb_asked(input, notes, answer);
  if (auto fault = fault_in(answer)) return refused_quietly(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  if (!json.has("/data")) return in_doubt(notes, nonsense(answer, "Facebook"));
  const bool past_window = take_rows(input, json, notes);
  const std::string after = json.text("/paging/cursors/after");
  const bool more = json.has("/paging/next") && !after.empty() && !past_window;
  if (!more) return accepted(notes.set("listed", "yes"));
  if (notes.count("pages").number("pages") < kPagesMax) return accepted(notes.set("after", after));
  // There is more than was seen.
  return accepted(notes.set("near", "yes").set("listed", "yes"));
}

}  // namespace

FlowSteps find() { return {next, absorb}; }

}  // namespace herald::facebook_flows

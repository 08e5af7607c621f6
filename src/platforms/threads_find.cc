// What became of a threads_publish whose end was not seen. The container's status comes first: only
// PUBLISHED says that there is a post. Which one it is, its words, its time and its kind say, never
// that it is the newest: another tool may have posted meanwhile.
#include "platforms/json_answer.h"
#include "platforms/steps.h"
#include "platforms/threads.h"
#include "platforms/window.h"

namespace herald::threads_flows {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kPagesMax = 4;
constexpr std::size_t kPageSize = 25;
constexpr std::int64_t kLooksMax = 3;  // How soon the list shows a post is not documented.
constexpr Duration kLookAgain = 20s;
constexpr Duration kListBegins = std::chrono::seconds(1'688'540'400);  // `since` must not be less.

// Notes: status (the container's, or "unreadable"); then "candidate" and its "link", "twin" when
// another is like it, "after" and "pages" while paging, "looks", "listed" when that is over.

const char* type_of(const Input& input) {
  if (input.kind == "carousel") return "CAROUSEL_ALBUM";
  if (input.kind == "image") return "IMAGE";
  if (input.kind == "video") return "VIDEO";
  return "TEXT_POST";
}

Found absent(const Input& input, bool same_container) {
  Notes publish(input.publish_progress);
  publish.erase("unreached").erase("rest").erase("polls").erase(kAllowed);
  if (same_container) {
    // It may have fallen back to processing: asked again before it is published.
    const auto made = static_cast<std::int64_t>(publish.list(kItems).size());
    publish.set(kReady, made > 0 ? made - 1 : 0).set(kDoubted, "yes");
  } else {
    publish.keep_first(kItems, 0).set(kReady, 0).erase(kDoubted);
  }
  // What a second threads_publish of one container does is not known: the first must have settled.
  return {.what = Found::What::absent, .progress = publish.progress(), .once_only = false};
}

Found judged(const Notes& notes) {
  Found found{.what = Found::What::live};
  if (notes.has("candidate") && !notes.has("twin")) {
    found.published = {notes.text("candidate"), notes.text("link"), {}};
  } else if (notes.text("status") == "PUBLISHED") {
    // One container, one post: published, whether it can be told from others or not.
    found.published.note = "Threads says that it is live; its link is not known.";
  } else {
    found.what = Found::What::cannot_tell;
  }
  return found;
}

Call list(const Input& input, const Notes& notes) {
  std::vector<Field> query{{"fields", "id,text,timestamp,media_type,permalink"},
                           {"limit", std::to_string(kPageSize)}};
  const auto start = window_start(input);
  if (start && start->time_since_epoch() > kListBegins) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(start->time_since_epoch());
    query.push_back({"since", std::to_string(seconds.count())});
  }
  if (notes.has("after")) query.push_back({"after", notes.text("after")});
  Call call = ask(input, "look through the posts", "me/threads", std::move(query));
  // The links to other pages, where there are any, carry the token.
  call.secrets = {{"/paging/next", "next"}, {"/paging/previous", "previous"}};
  return call;
}

Step next(const Input& input, const Progress& progress) {
  Notes notes(progress);
  if (const auto delay = notes.number("rest"); delay > 0) {
    return rest(Duration(delay), notes.erase("rest"));
  }
  const auto items = Notes(input.publish_progress).list(kItems);
  if (items.empty()) return finished(absent(input, false));
  const std::string status = notes.text("status");
  if (status.empty()) {
    return ask(input, "look at the container", segment(items.back()),
               {{"fields", "status,error_message"}});
  }
  if (status == "FINISHED" || status == "IN_PROGRESS") return finished(absent(input, true));
  if (status == "EXPIRED" || status == "ERROR") return finished(absent(input, false));
  if (notes.has("listed")) return finished(judged(notes));
  return list(input, notes);
}

Absorbed absorb_status(Notes notes, const Answer& answer) {
  if (auto fault = fault_in(answer)) {
    const bool gone = is_missing(*fault) || is_out_of_reach(*fault);
    if (gone) return accepted(notes.set("status", "unreadable"));
    return refused_quietly(notes, std::move(*fault));
  }
  const std::string status = JsonAnswer(answer.body).text("/status");
  if (status.empty()) return in_doubt(notes, nonsense(answer, "Threads"));
  return accepted(notes.set("status", status));
}

// Takes the rows of a page. True when they reach back before the call began.
bool take_rows(const Input& input, const JsonAnswer& json, Notes& notes) {
  bool past_window = false;
  const bool known_live = notes.text("status") == "PUBLISHED";
  const std::string words = folded(input.text);
  for (std::size_t i = 0; i < json.size("/data"); ++i) {
    const auto field = [&](const char* name) { return json.text(at("/data", i, name)); };
    const auto posted = time_of(field("/timestamp"));
    if (!posted) continue;
    const Age age = age_of(input, *posted);
    if (age == Age::before) past_window = true;
    // Of a post that is known to be there, the platform's own clock is enough.
    const bool within = known_live && input.platform_time && age == Age::doubtful;
    if (age != Age::since && !within) continue;
    if (folded(field("/text")) != words || field("/media_type") != type_of(input)) continue;
    // Another may stand on a later page; the first is remembered until then.
    if (notes.has("candidate")) notes.set("twin", "yes");
    notes.set("candidate", field("/id")).set("link", field("/permalink"));
  }
  return past_window;
}

Absorbed absorb_list(const Input& input, Notes notes, const Answer& answer) {
  const bool known_live = notes.text("status") == "PUBLISHED";
  if (auto fault = fault_in(answer)) {
    if (known_live && fault->error.kind != ErrorKind::unavailable &&
        fault->error.kind != ErrorKind::rate_limited) {
      return accepted(notes.set("listed", "failed"));
    }
    return refused_quietly(notes, std::move(*fault));
  }
  const JsonAnswer json(answer.body);
  if (!json.has("/data")) return in_doubt(notes, nonsense(answer, "Threads"));
  const bool past_window = take_rows(input, json, notes);
  // The page says that there is no `next`; Meta's own sample reads one.
  const std::string after = json.text("/paging/cursors/after");
  const bool full = json.size("/data") >= kPageSize || json.has("/paging/next");
  if (full && !after.empty() && !past_window && notes.count("pages").number("pages") < kPagesMax) {
    return accepted(notes.set("after", after));
  }
  if (known_live && !notes.has("candidate") && notes.count("looks").number("looks") < kLooksMax) {
    return accepted(notes.erase("after").erase("pages").set("rest", kLookAgain.count()));
  }
  return accepted(notes.set("listed", "yes"));
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const Notes notes(progress);
  return notes.has("status") ? absorb_list(input, notes, answer) : absorb_status(notes, answer);
}

}  // namespace

FlowSteps find() { return {next, absorb}; }

}  // namespace herald::threads_flows

// What became of a media_publish whose end was not seen. The container is a ticket for one post:
// its status comes first. A post is recognised by its words, its time and its kind, never by being
// the newest: another tool may have posted meanwhile.
#include "platforms/instagram.h"
#include "platforms/json_answer.h"
#include "platforms/steps.h"

namespace herald::instagram_flows {
namespace {

using namespace std::chrono_literals;
using graph::As;

constexpr Duration kClockSkew = 2min;
constexpr std::int64_t kPagesMax = 4;

// Notes: status (the container's, or "unreadable"), then id and link of the match, "after" and
// "pages" while paging, "listed" when that is over.

std::string without_trailing_space(std::string text) {
  text.erase(text.find_last_not_of(" \t\r\n") + 1);
  return text;
}

Time window_start(const Input& input) {
  const Notes published(input.publish_progress);
  const Time begun = input.begun_at.value_or(from_ms(published.number(kMadeAt)));
  return begun - kClockSkew;
}

bool is_kind(const Input& input, const std::string& type, const std::string& product) {
  if (input.kind == "story") return product == "STORY" || product.empty();
  if (input.kind == "reel") return product == "REELS" || (product.empty() && type == "VIDEO");
  if (input.kind == "carousel") return type == "CAROUSEL_ALBUM";
  return type == "IMAGE" && product != "STORY";
}

Found absent(const Input& input, bool same_container) {
  Notes publish(input.publish_progress);
  publish.erase("publish_since").erase("rest").erase("polls");
  Found found{.what = Found::What::absent, .once_only = same_container};
  if (same_container) {
    // It may have fallen back to processing: asked again before it is published.
    const auto made = static_cast<std::int64_t>(publish.list(kItems).size());
    publish.set(kReady, made > 0 ? made - 1 : 0).set(kDoubted, "yes");
  } else {
    publish.keep_first(kItems, 0).set(kReady, 0).erase(kDoubted);
  }
  found.progress = publish.progress();
  return found;
}

Found live(const Notes& notes) {
  Found found{.what = Found::What::live};
  found.published = {notes.text("id"), notes.text("link"), {}};
  if (!notes.has("id")) {
    found.published.note = "Instagram says that it is live; its link is not known.";
  }
  return found;
}

Step next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  const Notes publish(input.publish_progress);
  const auto& items = publish.list(kItems);
  if (items.empty()) return finished(absent(input, false));
  const As as = publish.has("as_user") ? As::user : As::account;
  const std::string status = notes.text("status");
  if (status.empty()) {
    return graph::get(input, as, "look at the container", segment(items.back()),
                      {{"fields", "status_code,status"}});
  }
  if (status == "FINISHED" || status == "IN_PROGRESS") return finished(absent(input, true));
  if (status == "EXPIRED" || status == "ERROR") return finished(absent(input, false));
  if (notes.has("id")) return finished(live(notes));
  if (notes.has("listed")) {
    // One container, one post: published, whether it can be found in the list or not.
    if (status == "PUBLISHED") return finished(live(notes));
    return finished(Found{.what = Found::What::cannot_tell});
  }
  std::vector<Field> query{
      {"fields", "id,caption,timestamp,media_type,media_product_type,permalink"}, {"limit", "25"}};
  if (notes.has("after")) query.push_back({"after", notes.text("after")});
  const char* listing = input.kind == "story" ? "stories" : "media";
  Call call = graph::get(input, as, "look through the posts",
                         edge(input.account.remote_id, listing), std::move(query));
  call.secrets = {{"/paging/next", "next"}, {"/paging/previous", "previous"}};
  return call;
}

Absorbed absorb_status(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    const bool gone = (fault->code == 100 && fault->subcode == 33) || fault->code == 24;
    if (gone) return accepted(notes.set("status", "unreadable"));
    return refused_quietly(notes, std::move(*fault));
  }
  const std::string status = JsonAnswer(answer.body).text("/status_code");
  if (status.empty()) return in_doubt(notes, nonsense(answer, "Instagram"));
  return accepted(notes.set("status", status));
}

Absorbed absorb_list(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    const bool known_live = notes.text("status") == "PUBLISHED";
    if (known_live && fault->error.kind != ErrorKind::unavailable) {
      return accepted(notes.set("listed", "failed"));
    }
    return refused_quietly(notes, std::move(*fault));
  }
  const JsonAnswer json(answer.body);
  const Time start = window_start(input);
  const std::string caption = without_trailing_space(input.text);
  bool past_window = false;
  std::vector<std::size_t> matches;
  for (std::size_t i = 0; i < json.size("/data"); ++i) {
    const auto field = [&](const char* name) { return json.text(at("/data", i, name)); };
    const auto posted = time_of(field("/timestamp"));
    if (!posted) continue;
    if (*posted < start) past_window = true;
    if (*posted < start || *posted > input.now + kClockSkew) continue;
    const bool same_words =
        input.kind == "story" || without_trailing_space(field("/caption")) == caption;
    if (same_words && is_kind(input, field("/media_type"), field("/media_product_type"))) {
      matches.push_back(i);
    }
  }
  if (matches.size() == 1 && !notes.has("twin")) {
    // Another may stand on an older page of the window; the first is remembered until then.
    if (notes.has("candidate")) notes.set("twin", "yes");
    notes.set("candidate", json.text(at("/data", matches[0], "/id")))
        .set("candidate_link", json.text(at("/data", matches[0], "/permalink")));
  } else if (matches.size() > 1) {
    notes.set("twin", "yes");
  }
  const std::string after = json.text("/paging/cursors/after");
  const bool more = json.has("/paging/next") && !after.empty() && !past_window &&
                    notes.count("pages").number("pages") < kPagesMax;
  if (more) return accepted(notes.set("after", after));
  if (notes.has("candidate") && !notes.has("twin")) {
    notes.set("id", notes.text("candidate")).set("link", notes.text("candidate_link"));
  }
  return accepted(notes.set("listed", "yes"));
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const Notes notes(progress);
  return notes.has("status") ? absorb_list(input, notes, answer)
                             : absorb_status(input, notes, answer);
}

}  // namespace

FlowSteps find() { return {next, absorb}; }

}  // namespace herald::instagram_flows

// What became of a visible call whose end was not seen. A post that has a publish_id is asked for
// by it. Where the init itself was lost, the public videos are looked through for one of these
// words; what is not among them may still be private or on its way, so that look never proves
// absence.
#include <algorithm>

#include "domain/check.h"
#include "platforms/steps.h"
#include "platforms/tiktok.h"
#include "platforms/window.h"

namespace herald::tiktok_flows {
namespace {

using namespace std::chrono_literals;

constexpr Duration kUploadGrace = 5min;  // Their clock and ours.
constexpr std::int64_t kPagesMax = 4;
constexpr std::size_t kWordsShown = 150;  // Of a description, in a listing.

// Notes: "status" of the publish_id ("unknown_id" where there is none), "stored" its bytes;
// "listed" when the videos are looked through, "after" the cursor; "matches" ids, "links".

std::string words_of(const Input& input) {
  const std::string title = text_of(input.options, "title");
  return input.text.empty() ? title : input.text;
}

// Whether a look through the public videos could find it.
bool can_be_listed(const Input& input) {
  return !is_draft(input) && text_of(input.options, "privacy") == kPublic &&
         !words_of(input).empty() && has_scope(input, "video.list");
}

Found taken_over(const Input& input) {
  Notes watching(input.publish_progress);
  watching.erase(kDoubted).erase("stuck").set(kTaken, "yes");
  return {.what = Found::What::accepted, .progress = watching.progress()};
}

// Bytes are missing, so nothing is posted. While the address is good it makes one post at most;
// later none, and the upload begins anew.
Found incomplete(const Input& input, const Notes& notes) {
  Notes publish(input.publish_progress);
  const Time ends = from_ms(publish.number(kBegunAt)) + kUploadLife + kUploadGrace;
  if (input.now < ends) {
    if (notes.has("stored")) publish.set(kOffset, notes.number("stored"));
    publish.set(kDoubted, "yes").erase("stuck");
    return {.what = Found::What::absent, .progress = publish.progress(), .once_only = true};
  }
  if (!notes.has("stored")) return {.what = Found::What::cannot_tell};
  return {.what = Found::What::absent, .progress = Notes().progress()};
}

Found judged(const Input& input, const Notes& notes) {
  const auto& matches = notes.list("matches");
  if (matches.size() != 1) return {.what = Found::What::cannot_tell};
  const std::string& link = notes.list("links").front();
  const bool ours = link.starts_with("https://");
  return {.what = Found::What::live,
          .published = {matches.front(), ours ? link : link_of(input, matches.front()), {}}};
}

Step next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  const Notes publish(input.publish_progress);
  const std::string status = notes.text("status");
  if (publish.has(kPublishId) && status.empty()) return status_of(publish.text(kPublishId));
  if (status == "PROCESSING_UPLOAD") {
    const auto total = static_cast<std::int64_t>(chunks_of(input).total);
    const bool all = notes.has("stored") && notes.number("stored") >= total;
    return finished(all ? taken_over(input) : incomplete(input, notes));
  }
  if (!status.empty() && status != "unknown_id") return finished(taken_over(input));
  if (notes.has("listed") || !can_be_listed(input)) return finished(judged(input, notes));
  const std::string cursor =
      notes.has("after") ? ",\"cursor\":" + std::to_string(notes.number("after")) : std::string();
  Call call = post("look through the videos", "video/list/", "{\"max_count\":20" + cursor + "}");
  call.query = {{"fields", "id,title,video_description,create_time,share_url"}};
  return call;
}

Absorbed absorb_status(const Input& input, Notes notes, const Answer& answer) {
  const JsonAnswer json(answer.body);
  if (auto fault = fault_in(answer, json)) {
    // How long a publish_id can be asked for is not documented.
    if (fault->error.code == "publish_id") return accepted(notes.set("status", "unknown_id"));
    return faulty(notes, std::move(*fault));
  }
  const std::string status = json.text("/data/status");
  if (status.empty()) return in_doubt(notes, nonsense(answer, "TikTok"));
  const auto bytes = json.number("/data/uploaded_bytes");
  const auto total = static_cast<std::int64_t>(chunks_of(input).total);
  if (bytes) notes.set("stored", std::clamp<std::int64_t>(*bytes, 0, total));
  return accepted(notes.set("status", status));
}

// A long description is cut short in a listing.
bool same_words(const std::string& shown, const std::string& written) {
  if (shown.empty()) return false;
  return shown == written || (shown.size() >= kWordsShown && written.starts_with(shown));
}

Absorbed absorb_list(const Input& input, Notes notes, const Answer& answer) {
  const JsonAnswer json(answer.body);
  if (auto fault = fault_in(answer, json)) return faulty(notes, std::move(*fault));
  bool past_start = false;
  for (std::size_t i = 0; i < json.size("/data/videos"); ++i) {
    const auto field = [&](const char* name) { return json.text(at("/data/videos", i, name)); };
    const auto made = json.number(at("/data/videos", i, "/create_time"));
    if (!made) continue;
    const Age age = age_of(input, from_ms(*made * 1000));
    if (age == Age::before) past_start = true;
    if (age != Age::since) continue;
    if (same_words(field("/video_description"), words_of(input)) ||
        same_words(field("/title"), words_of(input))) {
      notes.add("matches", field("/id")).add("links", field("/share_url"));
    }
  }
  const auto cursor = json.number("/data/cursor");
  const bool more = json.flag("/data/has_more").value_or(false) && cursor && !past_start &&
                    notes.count("pages").number("pages") < kPagesMax;
  return accepted(more ? notes.set("after", *cursor) : notes.set("listed", "yes"));
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const Notes notes(progress);
  const bool asked_by_id = Notes(input.publish_progress).has(kPublishId) && !notes.has("status");
  return asked_by_id ? absorb_status(input, notes, answer) : absorb_list(input, notes, answer);
}

}  // namespace

FlowSteps find() { return {next, absorb}; }

}  // namespace herald::tiktok_flows

// What became of a post whose end was not seen. A page's posts can be listed; a member's cannot, so
// there a person is asked. A post is recognised by its own files or settings, its words and its
// time, never by being the newest.
#include "domain/check.h"
#include "platforms/json_answer.h"
#include "platforms/linkedin.h"
#include "platforms/steps.h"
#include "platforms/window.h"

namespace herald::linkedin_flows {
namespace {

constexpr std::int64_t kPageSize = 10;
constexpr std::int64_t kPagesMax = 10;

// Notes: "matches" URNs; "unclear" when one may be it; "pages" read; "ended" by the window's start
// ("complete") or by our patience ("cut").

Found with_doubt(const Input& input, Found::What what) {
  // Should LinkedIn say on a later try that it has the post already, then that is this one.
  Notes publish(input.publish_progress);
  publish.set(kDoubted, "yes").erase("rest").erase("waits");
  return {.what = what, .published = {}, .progress = publish.progress()};
}

Found judged(const Input& input, const Notes& notes) {
  const auto& matches = notes.list("matches");
  if (matches.size() == 1 && !notes.has("unclear")) {
    const auto& urn = matches.front();
    return {.what = Found::What::live, .published = {urn, post_url(urn), {}}, .progress = {}};
  }
  const bool nothing = matches.empty() && !notes.has("unclear");
  const bool complete = notes.text("ended") == "complete";
  return with_doubt(input, nothing && complete ? Found::What::absent : Found::What::cannot_tell);
}

Step next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!is_page(input) || !may(input, "r_organization_social")) {
    return finished(with_doubt(input, Found::What::cannot_tell));
  }
  if (notes.has("ended")) return finished(judged(input, notes));
  Call call = get(input, "look through the posts", "posts",
                  {{"author", input.account.remote_id},
                   {"q", "author"},
                   {"count", std::to_string(kPageSize)},
                   {"start", std::to_string(notes.number("pages") * kPageSize)},
                   {"sortBy", "LAST_MODIFIED"}});
  call.headers.push_back({"X-RestLi-Method", "FINDER"});
  return call;
}

enum class Likeness { same, other, unclear };

Likeness compared(const std::string& theirs, const std::string& ours) {
  if (theirs.empty()) return Likeness::unclear;
  return theirs == ours ? Likeness::same : Likeness::other;
}

Likeness same_files(const std::vector<std::string>& ours, const JsonAnswer& json,
                    const std::string& content) {
  if (ours.size() == 1) return compared(json.text(content + "/media/id"), ours[0]);
  const std::string images = content + "/multiImage/images";
  if (json.size(images) == 0) return Likeness::unclear;
  if (json.size(images) != ours.size()) return Likeness::other;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    if (json.text(at(images, i, "/id")) != ours[i]) return Likeness::other;
  }
  return Likeness::same;
}

// What a post shows beside its words. Files are ours alone, so they say enough.
Likeness same_content(const Input& input, const JsonAnswer& json, const std::string& element) {
  const std::string content = element + "/content";
  const auto option = [&](const char* name) { return text_of(input.options, name); };
  if (input.kind == "text") return json.has(content) ? Likeness::other : Likeness::same;
  if (input.kind == "article") {
    return compared(json.text(content + "/article/source"), option("link"));
  }
  if (input.kind == "poll") {
    return compared(json.text(content + "/poll/question"), option("question"));
  }
  if (input.kind == "reshare") {
    return compared(json.text(element + "/reshareContext/parent"),
                    post_urn_in(percent_decoded(option("post"))));
  }
  return same_files(Notes(input.publish_progress).list(kAssets), json, content);
}

Likeness likeness(const Input& input, const JsonAnswer& json, const std::string& element) {
  const Likeness content = same_content(input, json, element);
  if (content == Likeness::other) return content;
  const bool same_words =
      plain_text(json.text(element + "/commentary")) == plain_text(little_text(input.text));
  if (same_words) return content;
  const bool own_files = !input.media.empty() && content == Likeness::same;
  return own_files ? Likeness::same : Likeness::other;
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(input, answer)) return refused(notes, std::move(fault->error));
  const JsonAnswer json(answer.body);
  if (!json.is_object() || !json.has("/elements")) {
    return in_doubt(notes, nonsense(answer, "LinkedIn"));
  }
  bool past_start = json.size("/elements") < kPageSize;
  for (std::size_t i = 0; i < json.size("/elements"); ++i) {
    const std::string element = at("/elements", i);
    const auto made = json.number(element + "/createdAt");
    const auto changed = json.number(element + "/lastModifiedAt");
    if (changed && age_of(input, from_ms(*changed)) == Age::before) past_start = true;
    const Age age = made ? age_of(input, from_ms(*made)) : Age::doubtful;
    if (age == Age::before) continue;
    const Likeness like = likeness(input, json, element);
    const auto urn = post_urn_in(json.text(element + "/id"));
    const bool ours = age == Age::since || !input.media.empty();  // Its files are in no other post.
    if (like == Likeness::same && ours && !urn.empty()) {
      notes.add("matches", urn);
    } else if (like != Likeness::other) {
      notes.set("unclear", "yes");
    }
  }
  const bool patient = notes.count("pages").number("pages") < kPagesMax;
  if (past_start) return accepted(notes.set("ended", "complete"));
  return accepted(patient ? notes : notes.set("ended", "cut"));
}

}  // namespace

FlowSteps find() { return {next, absorb}; }

}  // namespace herald::linkedin_flows

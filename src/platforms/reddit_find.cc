// What became of a post whose end was not seen, or whose id was not said: the account's own posts
// are read until before it began. A post is recognised by its subreddit, title, kind and content.
#include "domain/check.h"
#include "platforms/json_answer.h"
#include "platforms/reddit.h"
#include "platforms/steps.h"
#include "platforms/window.h"

namespace herald::reddit_flows {
namespace {

constexpr std::int64_t kPageSize = 25;
constexpr std::int64_t kPagesMax = 8;
constexpr std::int64_t kDoubtsMax = 3;

enum class Likeness { other, unclear, same };

// Title and subreddit are the same already.
Likeness same_content(const Input& input, const JsonAnswer& json, const std::string& post) {
  const auto is_self = json.flag(post + "is_self");
  if (is_self && *is_self != (input.kind == "self")) return Likeness::other;
  if (input.kind == "self") {
    const bool same = one_line(json.text(post + "selftext")) == one_line(input.text);
    return same ? Likeness::same : Likeness::unclear;  // Reddit may have rewritten it.
  }
  if (input.kind == "link") {
    const bool same = json.text(post + "url") == one_line(text_of(input.options, "link"));
    return same ? Likeness::same : Likeness::unclear;
  }
  const auto is_gallery = json.flag(post + "is_gallery").value_or(false);
  const auto is_video = json.flag(post + "is_video").value_or(false);
  if (is_gallery != (input.kind == "gallery")) return Likeness::other;
  return is_video && input.kind != "video" ? Likeness::other : Likeness::same;
}

Likeness likeness(const Input& input, const JsonAnswer& json, const std::string& post) {
  const bool here = lower_case(json.text(post + "subreddit")) == lower_case(input.target_key);
  const bool named =
      one_line(json.text(post + "title")) == one_line(text_of(input.options, "title"));
  return here && named ? same_content(input, json, post) : Likeness::other;
}

Found judged(const Input& input, const Notes& notes) {
  const auto& matches = notes.list("matches");
  if (matches.size() == 1 && !notes.has("unclear")) {
    return {.what = Found::What::live,
            .published = {matches.front(), notes.list("links").front(), {}},
            .progress = {}};
  }
  Notes publish(input.publish_progress);
  const auto doubts = publish.count(kDoubts).number(kDoubts);
  const bool nothing = matches.empty() && !notes.has("unclear");
  const bool complete = notes.text("ended") == "complete";
  // A link that Reddit has already, and that is not here, will not become any clearer.
  const bool settled = input.kind == "link" && doubts > kDoubtsMax;
  const bool absent = nothing && complete && !settled;
  return {.what = absent ? Found::What::absent : Found::What::cannot_tell,
          .published = {},
          .progress = publish.progress()};
}

Step next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("ended")) return finished(judged(input, notes));
  return list_posts(input, notes);
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(answer)) return faulty(notes, std::move(*fault));
  if (!read_posts(input, JsonAnswer(answer.body), notes)) {
    return in_doubt(notes, nonsense(answer, "Reddit"));
  }
  return accepted(notes);
}

}  // namespace

Call list_posts(const Input& input, const Notes& notes) {
  Call call =
      get(input, "look through the posts", "user/" + segment(input.account.username) + "/submitted",
          {{"sort", "new"}, {"limit", std::to_string(kPageSize)}});
  if (notes.has("after")) call.query.push_back({"after", notes.text("after")});
  return call;
}

bool read_posts(const Input& input, const JsonAnswer& json, Notes& notes) {
  constexpr const char* kPosts = "/data/children";
  if (json.text("/kind") != "Listing" || !json.has(kPosts)) return false;
  // Only the last of a page says how far back it reaches: others may be pinned.
  bool past_start = false;
  for (std::size_t i = 0; i < json.size(kPosts); ++i) {
    const std::string post = at(kPosts, i, "/data/");
    const auto seconds = json.decimal(post + "created_utc");
    const Age age = seconds ? age_of(input, from_ms(static_cast<std::int64_t>(*seconds * 1000)))
                            : Age::doubtful;
    past_start = age == Age::before;
    if (past_start) continue;
    const Likeness like = likeness(input, json, post);
    const std::string name = json.text(post + "name");
    const bool same = like == Likeness::same && seconds && name.starts_with("t3_");
    if (same) {
      const bool sure = age == Age::since;
      notes.add(sure ? "matches" : "doubtful", name)
          .add(sure ? "links" : "doubtful_links",
               "https://www.reddit.com" + json.text(post + "permalink"));
    }
    if (like != Likeness::other && (!same || age == Age::doubtful)) {
      notes.set("unclear", "yes");
    }
  }
  const std::string after = json.text("/data/after");
  if (past_start || after.empty()) {
    notes.set("ended", "complete");
  } else if (notes.count("pages").number("pages") < kPagesMax) {
    notes.set("after", after);
  } else {
    notes.set("ended", "cut");
  }
  return true;
}

FlowSteps find() { return {next, absorb}; }

}  // namespace herald::reddit_flows

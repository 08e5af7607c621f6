#include "simulation/audience.h"

#include <algorithm>
#include <charconv>

#include "simulation/quill.h"

namespace herald::simulation {

using namespace std::chrono_literals;

namespace {

constexpr const char* kSubreddits[] = {"breadlab", "u_bluebakery", "NightBakers"};

// Where a post says which wish it is.
const std::string& name_in(const sandbox::LedgerEntry& entry) {
  const bool titled = entry.platform == "youtube" || entry.platform == "reddit";
  return titled ? entry.title : entry.text;
}

}  // namespace

std::string Wish::part_text(int revision, int part) const {
  return "w" + std::to_string(number) + "r" + std::to_string(revision) + "p" + std::to_string(part);
}

std::string Wish::text(int revision) const {
  std::string text;
  for (int part = 0; part < parts; ++part) {
    text += (part > 0 ? kPartMark : "") + part_text(revision, part);
  }
  return text;
}

PostDraft Wish::draft(int revision) const {
  PostDraft draft;
  draft.text = text(revision);
  draft.media = media;
  Target target;
  target.account = account;
  target.kind = kind;
  target.options = options;
  target.key = place;
  if (comment) target.options["first_comment"] = comment_text();
  if (platform == "youtube") {
    target.options["title"] = text(revision);
    target.options["made_for_kids"] = false;
  }
  if (platform == "tiktok") target.options["privacy"] = "PUBLIC_TO_EVERYONE";
  if (platform == "twitter") {
    draft.text = part_text(revision, 0);
    std::vector<std::string> further;
    for (int part = 1; part < parts; ++part) further.push_back(part_text(revision, part));
    if (!further.empty()) target.options["thread"] = std::move(further);
  }
  for (int one = 0; is_spread() && one < parts; ++one) {
    target.key = kSubreddits[one];
    target.options["title"] = part_text(revision, one);
    draft.targets.push_back(target);
  }
  if (!is_spread()) draft.targets.push_back(std::move(target));
  draft.due_at = due;
  draft.lateness_max = lateness;
  return draft;
}

std::optional<Audience::Trace> Audience::read(const std::string& text) {
  Trace trace;
  int* const numbers[] = {&trace.wish, &trace.revision, &trace.part};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int i = 0; i < 3; ++i) {
    if (at == end || *at != "wrp"[i]) return std::nullopt;
    const auto [stopped, error] = std::from_chars(at + 1, end, *numbers[i]);
    if (error != std::errc()) return std::nullopt;
    at = stopped;
  }
  return trace;
}

void Audience::watch(const std::vector<Wish>& wishes) {
  for (const auto& entry : world_.news()) {
    if (entry.event == "comment") {
      if (++comments_[entry.text] > 1) stage_.complain("a comment is there twice: " + entry.text);
      continue;
    }
    const auto trace = read(name_in(entry));
    if (!trace) continue;  // Somebody else's.
    const Wish& wish = wishes.at(static_cast<std::size_t>(trace->wish));
    if (entry.event == "removed") {
      --posts_[{trace->wish, trace->part}];
    } else if (entry.event == "post") {
      see(wish, *trace, entry);
    }
  }
}

void Audience::see(const Wish& wish, const Trace& trace, const sandbox::LedgerEntry& entry) {
  const std::string& name = name_in(entry);
  stage_.note("VISIBLE " + name);
  if (++posts_[{trace.wish, trace.part}] > 1) stage_.complain("visible twice: " + name);
  see_parts(wish, trace, entry);
  int& oldest = oldest_.try_emplace(trace.wish, trace.revision).first->second;
  oldest = std::min(oldest, trace.revision);
  if (wish.is_cancelled(trace.part))
    stage_.complain("visible after a cancel that was acknowledged: " + name);
  if (trace.revision < wish.acknowledged) stage_.complain("visible in an older revision: " + name);
  const Weather& weather = stage_.trouble.weather;
  const bool true_clocks = weather.jump == 0 && !weather.skewed && stage_.clock_offset == 0ms;
  if (true_clocks && kDayOne + stage_.timeline.now() < wish.due) {
    stage_.complain("visible before its time: " + name);
  }
}

// Each part of a thread answers the one before it; the media are there, with the first.
void Audience::see_parts(const Wish& wish, const Trace& trace, const sandbox::LedgerEntry& entry) {
  ids_[{trace.wish, trace.part}] = entry.id;
  if (entry.platform == "twitter" && trace.part > 0 &&
      entry.parent != ids_[{trace.wish, trace.part - 1}]) {
    stage_.complain("a part of a thread does not answer the one before: " + entry.text);
  }
  const std::size_t media = trace.part == 0 || wish.is_spread() ? wish.media.size() : 0;
  if (entry.platform != "youtube" && entry.media.size() != media) {
    stage_.complain("visible with " + std::to_string(entry.media.size()) + " media of " +
                    std::to_string(media) + ": " + entry.text);
  }
}

int Audience::seen(const Wish& wish, int part) const {
  const auto found = posts_.find({wish.number, part});
  return found == posts_.end() ? 0 : found->second;
}

int Audience::seen(const Wish& wish) const {
  int all = 0;
  for (int part = 0; part < wish.parts; ++part) all += seen(wish, part);
  return all;
}

bool Audience::seen_before(const Wish& wish, int revision) const {
  const auto found = oldest_.find(wish.number);
  return found != oldest_.end() && found->second < revision;
}

int Audience::comments(const Wish& wish) const {
  const auto found = comments_.find(wish.comment_text());
  return found == comments_.end() ? 0 : found->second;
}

}  // namespace herald::simulation

// What became of a pin whose end was not seen. Pins bear no mark of ours, and neither the order of
// a board's list nor how late it is are documented. So the whole list is read; the one pin that is
// like ours in everything and new enough is it, and anything else is for a person: what is not
// listed may yet come.
#include "domain/check.h"
#include "platforms/json_answer.h"
#include "platforms/pinterest.h"
#include "platforms/steps.h"
#include "platforms/window.h"

namespace herald::pinterest_flows {
namespace {

constexpr std::int64_t kPagesMax =
    40;  // Ten thousand pins; a bigger board cannot be looked through.

// Notes: lists "pins" that are this one and "maybe" that may be; "bookmark" and "pages" while
// paging; "ended" with the list ("complete") or with our patience ("cut").

Found judged(const Input& input, const Notes& notes) {
  const auto& pins = notes.list("pins");
  if (notes.text("ended") == "complete" && pins.size() == 1 && notes.list("maybe").empty()) {
    return {.what = Found::What::live,
            .published = {pins.front(), pin_url(pins.front()), {}},
            .progress = {}};
  }
  // Should a person say that it is not there, a video is uploaded anew: what Pinterest does with
  // one that is named twice is not known.
  Notes again(input.publish_progress);
  again.erase("media").erase("ready").erase("rest").erase("polls").erase(kBoard);
  return {.what = Found::What::cannot_tell, .published = {}, .progress = again.progress()};
}

const char* type_of(const Input& input) {
  if (input.kind == "carousel") return "multiple_images";
  return input.kind == "video" ? "video" : "image";
}

// Host and path: what tracks may have been taken off.
std::string place_of(std::string_view link) {
  const auto begin = link.find("://");
  if (begin != link.npos) link.remove_prefix(begin + 3);
  link = link.substr(0, link.find_first_of("?#"));
  std::string place;
  bool in_host = true;
  for (const char c : link) {
    in_host = in_host && c != '/';
    place += in_host && c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  while (place.ends_with('/')) place.pop_back();
  return place;
}

bool is_alike(const Input& input, const JsonAnswer& json, const std::string& pin) {
  const auto same = [&](const char* field, const std::string& ours) {
    return folded(json.text(pin + field)) == folded(ours);
  };
  const bool counted =
      input.kind != "carousel" || json.size(pin + "/media/items") == input.media.size();
  return json.text(pin + "/media/media_type") == type_of(input) && counted &&
         same("/title", text_of(input.options, "title")) && same("/description", input.text) &&
         same("/alt_text", alt_text_of(input)) &&
         place_of(json.text(pin + "/link")) == place_of(text_of(input.options, "link"));
}

// Recorded without a zone; what other endings there are, is not known.
std::optional<Time> made_at(std::string text) {
  constexpr std::size_t kSeconds = 19;
  if (text.find_first_of("Z+-", kSeconds) == text.npos) text += 'Z';
  return time_of(text);
}

void take(const Input& input, const JsonAnswer& json, const std::string& pin, Notes& notes) {
  const auto is_ours = json.flag(pin + "/is_owner");
  if (is_ours.has_value() && !*is_ours) return;
  if (!is_alike(input, json, pin)) return;
  const auto made = made_at(json.text(pin + "/created_at"));
  const Age age = made ? age_of(input, *made) : Age::doubtful;
  if (age == Age::before) return;
  // On a board of several people it may be somebody else's.
  const bool others = Notes(input.publish_progress).text(kBoard) != "own" && !is_ours;
  const std::string id = json.text(pin + "/id");
  const bool sure = age == Age::since && !others && !id.empty();
  notes.add(sure ? "pins" : "maybe", id);
}

Step next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("ended")) return finished(judged(input, notes));
  Call call = get(input, "look through the board", "boards/" + segment(input.target_key) + "/pins",
                  {{"page_size", std::to_string(kPageSize)}});
  if (notes.has("bookmark")) call.query.push_back({"bookmark", notes.text("bookmark")});
  return call;
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(input, answer)) return faulty(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  if (!json.has("/items")) return in_doubt(notes, nonsense(answer, "Pinterest"));
  for (std::size_t i = 0; i < json.size("/items"); ++i) take(input, json, at("/items", i), notes);
  const std::string bookmark = json.text("/bookmark");
  if (bookmark.empty()) return accepted(notes.set("ended", "complete"));
  if (bookmark == notes.text("bookmark") || notes.count("pages").number("pages") >= kPagesMax) {
    return accepted(notes.set("ended", "cut"));
  }
  return accepted(notes.set("bookmark", bookmark));
}

}  // namespace

FlowSteps find() { return {next, absorb}; }

}  // namespace herald::pinterest_flows

// The board is read, a video uploaded; then the one call that makes the pin. Pinterest fetches
// pictures during that call, so that it is slow and its answer is easily lost.
#include <algorithm>
#include <boost/json.hpp>

#include "domain/check.h"
#include "platforms/json_answer.h"
#include "platforms/pinterest.h"
#include "platforms/steps.h"

namespace herald::pinterest_flows {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::chrono::seconds kFetchAgain[] = {1min, 5min, 15min};
constexpr std::chrono::seconds kWaits[] = {1min, 5min, 15min};

// Notes: kBoard; of the upload see pinterest_upload.cc; "fetches" refusals that may be about a
// picture that could not be fetched; "silent" how often it was told to wait without a reason;
// "pin".

constexpr const char* kCover = "cover";

// Pinterest fetches pictures by link: the rendition where there is one, else the original.
Reference link_to(const MediumInput& medium) {
  return {Reference::Kind::media_link, medium.id.value + (medium.jpeg ? "/jpeg" : "")};
}

// Stands in the text for the link.
std::string slot(const MediumInput& medium) { return "{media_link " + link_to(medium).name + "}"; }

std::map<std::string, Reference> links_of(const Input& input) {
  std::map<std::string, Reference> links;
  const auto add = [&](const MediumInput& medium) { links[slot(medium)] = link_to(medium); };
  const auto cover = input.option_media.find(kCover);
  if (cover != input.option_media.end()) add(cover->second);
  if (input.kind != "video") std::ranges::for_each(input.media, add);
  return links;
}

json::object source_of(const Input& input, const Notes& notes) {
  if (input.kind == "video") {
    json::object source{{"source_type", "video_id"}, {"media_id", notes.text("media")}};
    const auto cover = input.option_media.find(kCover);
    if (cover != input.option_media.end()) source["cover_image_url"] = slot(cover->second);
    return source;
  }
  if (input.kind == "image")
    return {{"source_type", "image_url"}, {"url", slot(input.media.front())}};
  json::array items;
  for (const auto& medium : input.media) items.push_back({{"url", slot(medium)}});
  return {{"source_type", "multiple_image_urls"}, {"items", std::move(items)}};
}

Call create(const Input& input, const Notes& notes) {
  json::object pin{{"board_id", input.target_key}};
  const auto add = [&](const char* name, const std::string& text) {
    if (!text.empty()) pin[name] = text;
  };
  add("title", text_of(input.options, "title"));
  add("description", input.text);
  add("link", text_of(input.options, "link"));
  add("alt_text", alt_text_of(input));
  pin["media_source"] = source_of(input, notes);
  Call call = post(input, "publish", "pins", json::serialize(pin));
  std::get<JsonBody>(call.body).references = links_of(input);
  call.effect = Effect::publish;
  return call;
}

Step next(const Input& input, const Progress& progress) {
  Notes notes(progress);
  if (const auto delay = notes.number("rest"); delay > 0) {
    return rest(Duration(delay), notes.erase("rest"),
                Meter{"Pinterest is processing the video", 0, 0});
  }
  if (notes.has("pin")) {
    const std::string id = notes.text("pin");
    return finished(Published{id, pin_url(id), {}});
  }
  if (!notes.has(kBoard)) {
    return get(input, "look at the board", "boards/" + segment(input.target_key));
  }
  if (more_to_upload(input, notes)) return upload_next(input, notes);
  return create(input, notes);
}

Absorbed absorb_board(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) return faulty(notes, std::move(*fault));
  const JsonAnswer board(answer.body);
  if (board.text("/id").empty()) return in_doubt(notes, nonsense(answer, "Pinterest"));
  const bool own = board.text("/owner/username") == input.account.username;
  return accepted(notes.set(kBoard, own ? "own" : "shared"));
}

// Code 1 is said of the link, and most likely of a picture that could not be fetched, too. Where
// there is no link, it is worth other tries.
Absorbed may_be_unfetched(const Input& input, Notes notes, Error error) {
  const auto fetches = static_cast<std::size_t>(notes.number("fetches"));
  const bool has_link = !text_of(input.options, "link").empty();
  if (has_link || fetches >= std::size(kFetchAgain)) {
    return refused(notes.erase("fetches"), std::move(error));
  }
  error.kind = ErrorKind::unavailable;
  error.message = "Pinterest could most likely not load the picture. We will try again.";
  error.code = "media_unreachable";
  error.retry_after = kFetchAgain[fetches];
  return refused(notes.count("fetches"), std::move(error));
}

// Pinterest refuses what it takes for spam with the same status as too many calls.
Absorbed told_to_wait(Notes notes, Error error) {
  const auto silent = static_cast<std::size_t>(notes.number("silent"));
  if (silent < std::size(kWaits)) {
    error.retry_after = kWaits[silent];
    return refused(notes.count("silent"), std::move(error));
  }
  error.kind = ErrorKind::forbidden;
  error.code = "blocked";
  error.message =
      "Pinterest refused the pin again and again and did not say how long to wait. It may take it "
      "for spam: look at the account before you try again.";
  return refused(notes.erase("silent"), std::move(error));
}

Absorbed absorb_create(const Input& input, Notes notes, const Answer& answer) {
  auto fault = fault_in(input, answer);
  if (!fault) {
    const std::string id = JsonAnswer(answer.body).text("/id");
    // A success that cannot be read is a write that may have happened: looked up.
    if (id.empty()) return in_doubt(notes, nonsense(answer, "Pinterest"));
    return accepted(notes.set("pin", id));
  }
  Error& error = fault->error;
  if (fault->visible == Verdict::unknown) return in_doubt(notes, std::move(error));
  if (fault->code == kNotPermitted && notes.text(kBoard) == "own") {
    error.message =
        "Pinterest does not let this app put pins on the account's own board. That is so while the "
        "app is on trial access: the operator of this server must ask Pinterest for more. Or "
        "choose "
        "another board.";
  }
  if (fault->code == kInvalid) return may_be_unfetched(input, notes, std::move(error));
  if (error.kind == ErrorKind::rate_limited && is_silent(answer)) {
    return told_to_wait(notes, std::move(error));
  }
  return refused(notes, std::move(error));
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const Notes notes(progress);
  if (!notes.has(kBoard)) return absorb_board(input, notes, answer);
  if (more_to_upload(input, notes)) return upload_absorb(input, notes, answer);
  return absorb_create(input, notes, answer);
}

}  // namespace

std::string alt_text_of(const Input& input) {
  if (input.kind == "carousel") return text_of(input.options, "alt_text");
  return input.media.empty() ? std::string() : input.media.front().alt_text;
}

std::string pin_url(std::string_view id) {
  return "https://www.pinterest.com/pin/" + segment(id) + "/";
}

FlowSteps publish() { return {next, absorb}; }

Answer imagine(const Input& input, const Progress& progress, const Call&) {
  const Notes notes(progress);
  if (!notes.has(kBoard)) {
    json::object board{{"id", input.target_key}, {"owner", {{"username", input.account.username}}}};
    if (input.target_key.empty()) board["id"] = "1";
    return {.status = 200, .body = json::serialize(board)};
  }
  if (more_to_upload(input, notes)) return imagine_upload(notes);
  return {.status = 201, .body = R"({"id":"1"})"};
}

}  // namespace herald::pinterest_flows

#include "platforms/mastodon_media.h"

#include <algorithm>

#include "platforms/steps.h"

namespace herald::mastodon_flows {
namespace {

using namespace std::chrono_literals;

constexpr Duration kPolls[] = {1s, 2s};
constexpr Duration kPollLater = 5s;
constexpr std::int64_t kPollsMax = 180;  // A quarter of an hour.
constexpr Duration kKept = 20h;          // A daily job removes what is a day old.
constexpr std::int64_t kAgainMax = 2;

// Notes beside kMedia: how many of those are "ready", when the first was uploaded ("since", ms),
// "polls" of the one under way, "failures" of its upload and how often all began "again".
constexpr const char* kReady = "ready";
constexpr const char* kSince = "since";

std::size_t ready(const Notes& notes) { return static_cast<std::size_t>(notes.number(kReady)); }
bool is_polled(const Notes& notes) { return ready(notes) < notes.list(kMedia).size(); }

// The instance goes by the bytes, but wants a name.
std::string name_of_file(const std::string& content_type) {
  return "file." + content_type.substr(content_type.find('/') + 1);
}

Call upload(const Input& input, const MediumInput& medium, std::size_t number) {
  Call call = ask(input, "upload file " + std::to_string(number), "v2/media");
  call.method = "POST";
  std::vector<Field> fields;
  if (!medium.alt_text.empty()) fields.push_back({"description", medium.alt_text});
  call.body =
      MultipartBody{std::move(fields),
                    "file",
                    name_of_file(medium.original.content_type),
                    {medium.id, "", 0, medium.original.size_bytes, medium.original.content_type}};
  call.patience = Patience::upload;
  return call;
}

Error unprocessed(std::string detail) {
  return {ErrorKind::invalid,
          "Mastodon could not process this file. Export it again, or use another one.",
          std::move(detail),
          {},
          "media_refused"};
}

// Uploads that came to nothing are begun again, but not for ever.
Absorbed again(const Notes& notes, Error error) {
  Notes anew = without_media(notes).count("again");
  if (anew.number("again") > kAgainMax) return refused(anew.erase("again"), std::move(error));
  return accepted(anew);
}

Absorbed absorb_upload(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    const bool own = answer.status == 500 && JsonAnswer(answer.body).has("/error");
    if (own && notes.count("failures").number("failures") > 1) {
      return refused(without_media(notes), unprocessed("upload answered 500 twice"));
    }
    if (answer.status == 422) return refused(without_media(notes), unprocessed("upload, 422"));
    return absorbed(notes, std::move(*fault));
  }
  const JsonAnswer json(answer.body);
  const std::string id = json.text("/id");
  if (id.empty()) return in_doubt(notes, nonsense(answer, "Mastodon"));
  if (!notes.has(kSince)) notes.set(kSince, to_ms(input.now));
  notes.add(kMedia, id).erase("failures");
  // Both that it is accepted and that there is no address yet say that it is being processed.
  if (answer.status == 202 || json.text("/url").empty()) {
    return accepted(notes.set("rest", kPolls[0].count()), Meter{"Mastodon is processing it", 0, 0});
  }
  return accepted(notes.count(kReady));
}

Absorbed absorb_poll(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    if (answer.status == 422) return refused(without_media(notes), unprocessed("processing, 422"));
    if (answer.status == 404 && fault->visible == Verdict::refused) {
      return again(notes, unprocessed("the upload is gone"));
    }
    return absorbed(notes, std::move(*fault));
  }
  if (answer.status == 200 && !JsonAnswer(answer.body).text("/id").empty()) {
    return accepted(notes.count(kReady).erase("polls"));
  }
  if (answer.status != 206) return in_doubt(notes, nonsense(answer, "Mastodon"));
  const auto polls = notes.count("polls").number("polls");
  if (polls > kPollsMax) return again(notes, unprocessed("still processing"));
  const auto quick = static_cast<std::int64_t>(std::size(kPolls));
  return accepted(notes.set("rest", (polls < quick ? kPolls[polls] : kPollLater).count()),
                  Meter{"Mastodon is processing it", 0, 0});
}

}  // namespace

bool has_all_media(const Input& input, const Notes& notes) {
  return ready(notes) >= input.media.size();
}

bool is_stale(const Input& input, const Notes& notes) {
  return notes.has(kSince) && input.now >= from_ms(notes.number(kSince)) + kKept;
}

Notes without_media(Notes notes) {
  notes.erase(kMedia).erase(kReady).erase(kSince);
  return notes.erase("polls").erase("failures").erase("rest");
}

Notes with_media_in_question(Notes notes) { return notes.erase(kReady).erase("polls"); }

Step next_of_media(const Input& input, Notes notes) {
  if (is_polled(notes)) {
    const auto& id = notes.list(kMedia)[ready(notes)];
    return ask(input, "read how the processing goes", "v1/media/" + segment(id));
  }
  const MediumInput& medium = input.media[notes.list(kMedia).size()];
  if (medium.original.size_bytes == 0) {
    return Error{ErrorKind::invalid, "The file is missing or empty.", "no bytes", {}, "no_media"};
  }
  return upload(input, medium, notes.list(kMedia).size() + 1);
}

Absorbed absorb_of_media(const Input& input, Notes notes, const Answer& answer) {
  return is_polled(notes) ? absorb_poll(input, std::move(notes), answer)
                          : absorb_upload(input, std::move(notes), answer);
}

}  // namespace herald::mastodon_flows

// Files first, then the one call that makes the post.
#include "domain/check.h"
#include "platforms/json_answer.h"
#include "platforms/linkedin.h"
#include "platforms/steps.h"

namespace herald::linkedin_flows {
namespace {

using namespace std::chrono_literals;

constexpr Duration kFileSettles = 5s;  // Members may not ask how far an image is.
constexpr Duration kWaits[] = {5s, 10s, 20s, 30s};
constexpr Duration kWaitLater = 60s;
constexpr std::int64_t kWaitsMax = 60;

Call create(const Input& input, const Notes& notes) {
  Call call = post(input, "publish", "posts", post_body(input, notes.list(kAssets)));
  call.effect = Effect::publish;
  call.keep_headers = {"x-restli-id"};
  return call;
}

Step next(const Input& input, const Progress& progress) {
  Notes notes(progress);
  if (const auto delay = notes.number("rest"); delay > 0) {
    return rest(Duration(delay), notes.erase("rest"),
                Meter{"LinkedIn is processing the file", 0, 0});
  }
  if (notes.has("urn")) {
    const auto urn = notes.text("urn");
    return finished(Published{urn, post_url(urn), notes.text("note")});
  }
  if (more_to_upload(input, notes)) return upload_next(input, notes);
  if (!notes.list(kAssets).empty() && !notes.has("settled")) {
    return rest(kFileSettles, notes.set("settled", "yes"),
                Meter{"LinkedIn is processing the file", 0, 0});
  }
  return create(input, notes);
}

// The post that LinkedIn says is there already. It is named in the message and nowhere else. That
// is ours only after a call whose end was not seen: then what the audience sees is what was meant,
// once. The post that a repost repeats proves nothing.
std::string first_of_the_same(const Input& input, const Notes& notes, const Answer& answer) {
  if (answer.status != 422 || !notes.has(kDoubted)) return {};
  const auto urn = post_urn_in(JsonAnswer(answer.body).text("/message"), true);
  const auto parent = post_urn_in(percent_decoded(text_of(input.options, "post")), true);
  return urn == parent ? std::string() : urn;
}

Absorbed wait_for_file(Notes notes, Error error) {
  const auto waits = notes.number("waits");
  if (notes.count("waits").number("waits") > kWaitsMax) {
    return refused(notes.erase("waits"), std::move(error));
  }
  const bool early = waits < static_cast<std::int64_t>(std::size(kWaits));
  return not_yet(notes.set("rest", (early ? kWaits[waits] : kWaitLater).count()));
}

Absorbed absorb_create(const Input& input, Notes notes, const Answer& answer) {
  auto fault = fault_in(input, answer);
  if (!fault) {
    const std::string* header = answer.header("x-restli-id");
    const auto urn = header == nullptr ? std::string() : post_urn_in(percent_decoded(*header));
    // Made, it seems; but without its name it is looked up.
    if (urn.empty()) return in_doubt(notes, nonsense(answer, "LinkedIn"));
    return accepted(notes.set("urn", urn));
  }
  if (const auto urn = first_of_the_same(input, notes, answer); !urn.empty()) {
    return accepted(
        notes.set("urn", urn)
            .set("note", "LinkedIn said that it had this post already; the link is to that one."));
  }
  if (fault->visible == Verdict::not_yet) return wait_for_file(notes, std::move(fault->error));
  if (fault->visible == Verdict::unknown) return in_doubt(notes, std::move(fault->error));
  // A retry uploads the files anew.
  if (fault->error.code == "media_failed") notes.keep_first(kAssets, 0).erase("settled");
  return refused(notes.erase("waits"), std::move(fault->error));
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const Notes notes(progress);
  if (more_to_upload(input, notes)) return upload_absorb(input, notes, answer);
  return absorb_create(input, notes, answer);
}

}  // namespace

FlowSteps publish() { return {next, absorb}; }

Answer imagine(const Input& input, const Progress& progress, const Call&) {
  const Notes notes(progress);
  if (more_to_upload(input, notes)) return imagine_upload(input, notes);
  Answer answer{.status = 201};
  answer.headers["x-restli-id"] = "urn:li:share:1";
  return answer;
}

}  // namespace herald::linkedin_flows

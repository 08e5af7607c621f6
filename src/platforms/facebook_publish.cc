// Photos one by one, unpublished; then the one call that the audience sees, and its link.
#include "domain/check.h"
#include "platforms/facebook.h"
#include "platforms/json_answer.h"
#include "platforms/steps.h"

namespace herald::facebook_flows {
namespace {

using namespace std::chrono_literals;
using graph::As;

constexpr Duration kPhotoLife = 20h;  // Facebook deletes unpublished photos after about a day.
constexpr Duration kLinkAgain = 5s;

enum class Stage { photo, post, link, done };

Stage stage_of(const Input& input, const Notes& notes) {
  if (notes.has("post_id")) return notes.has("read") ? Stage::done : Stage::link;
  return notes.list(kPhotos).size() < input.media.size() ? Stage::photo : Stage::post;
}

Call photo_call(const Input& input, const Notes& notes) {
  const MediumInput& medium = input.media[notes.list(kPhotos).size()];
  std::vector<Field> form{
      {"url", Reference{Reference::Kind::media_link, medium.id.value + "/jpeg"}},
      {"published", "false"}};
  if (scheduled_at(input)) form.push_back({"temporary", "true"});
  if (!medium.alt_text.empty()) form.push_back({"alt_text_custom", medium.alt_text});
  return graph::post(input, As::account, "upload photo", edge(input.account.remote_id, "photos"),
                     std::move(form));
}

Call story_call(const Input& input, const Notes& notes) {
  Call call =
      graph::post(input, As::account, "publish", edge(input.account.remote_id, "photo_stories"),
                  {{"photo_id", notes.list(kPhotos).front()}});
  call.effect = Effect::publish;
  return call;
}

Call post_call(const Input& input, const Notes& notes) {
  if (input.kind == "story") return story_call(input, notes);
  std::vector<Field> form;
  if (!input.text.empty()) form.push_back({"message", input.text});
  if (const auto link = text_of(input.options, "link"); input.kind == "link") {
    form.push_back({"link", link});
  }
  const auto& photos = notes.list(kPhotos);
  for (std::size_t i = 0; i < photos.size(); ++i) {
    form.push_back(
        {"attached_media[" + std::to_string(i) + "]", "{\"media_fbid\":\"" + photos[i] + "\"}"});
  }
  if (const auto at = scheduled_at(input)) {
    form.push_back({"published", "false"});
    form.push_back({"unpublished_content_type", "SCHEDULED"});
    form.push_back({"scheduled_publish_time", std::to_string(to_ms(*at) / 1000)});
  }
  Call call = graph::post(input, As::account, "publish", edge(input.account.remote_id, "feed"),
                          std::move(form));
  call.effect = Effect::publish;
  return call;
}

Published published(const Input& input, const Notes& notes) {
  const std::string id = notes.text("post_id");
  if (input.kind == "story") return {id, {}, {}};
  const std::string link =
      notes.has("link") ? notes.text("link") : "https://www.facebook.com/" + id;
  return {id, link, schedule_note(input)};
}

Step next(const Input& input, const Progress& progress) {
  Notes notes(progress);
  if (is_video(input)) return next_of_video(input, std::move(notes));
  if (const auto delay = notes.number("rest"); delay > 0) {
    return rest(Duration(delay), notes.erase("rest"));
  }
  switch (stage_of(input, notes)) {
    case Stage::photo:
      return photo_call(input, notes);
    case Stage::post:
      if (!input.media.empty() && input.now - from_ms(notes.number("photos_at")) > kPhotoLife) {
        return rest(1s, notes.keep_first(kPhotos, 0));
      }
      return post_call(input, notes);
    case Stage::link:
      return graph::get(input, As::account, "read the link", segment(notes.text("post_id")),
                        {{"fields", "id,permalink_url"}});
    case Stage::done:
      break;
  }
  return finished(published(input, notes));
}

Absorbed absorb_photo(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(answer)) return refused_quietly(notes, std::move(*fault));
  std::string id = JsonAnswer(answer.body).text("/id");
  if (!is_id(id)) return in_doubt(notes, nonsense(answer, "Facebook"));
  if (notes.list(kPhotos).empty()) notes.set("photos_at", to_ms(input.now));
  return accepted(notes.add(kPhotos, std::move(id)));
}

// It was posted already, or its photos were used up: by a call of ours whose end was not seen?
bool may_be_ours(const Input& input, const graph::Fault& fault) {
  const bool used_up = fault.code == 100 && fault.subcode == 0 && !input.media.empty();
  return fault.error.code == "duplicate" || used_up;
}

Absorbed absorb_post(const Input& input, Notes notes, const Answer& answer) {
  auto fault = fault_in(answer);
  if (!fault) {
    const JsonAnswer json(answer.body);
    const bool story = input.kind == "story";
    std::string id = json.text(story ? "/post_id" : "/id");
    const bool done = is_id(id) && (!story || json.flag("/success").value_or(false));
    // A success that cannot be read is a write that happened: looked up.
    if (!done) return in_doubt(notes, nonsense(answer, "Facebook"));
    if (story) notes.set("read", "yes");
    return accepted(notes.set("post_id", std::move(id)).erase(kDoubts));
  }
  if (may_be_ours(input, *fault)) {
    // Looked for once more, since absence was believed before. With no doubt before it, it is
    // somebody else's.
    if (notes.number(kDoubts) == 1) return in_doubt(notes, std::move(fault->error));
  } else if (fault->visible != Verdict::refused) {
    return in_doubt(notes, std::move(fault->error));
  }
  // A person who retries has changed something, or the files are at fault.
  if (fault->error.kind == ErrorKind::invalid) notes.keep_first(kPhotos, 0);
  return refused(notes, std::move(fault->error));
}

// The post is live: a link that cannot be read takes nothing from that.
Absorbed absorb_link(Notes notes, const Answer& answer) {
  const std::string link = JsonAnswer(answer.body).text("/permalink_url");
  if (is_success(answer) && link.starts_with("https://")) notes.set("link", link);
  const bool done = notes.has("link") || notes.count("link_tries").number("link_tries") > 1;
  return accepted(done ? notes.set("read", "yes") : notes.set("rest", kLinkAgain.count()));
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const Notes notes(progress);
  if (is_video(input)) return absorb_of_video(input, notes, answer);
  switch (stage_of(input, notes)) {
    case Stage::photo:
      return absorb_photo(input, notes, answer);
    case Stage::post:
      return absorb_post(input, notes, answer);
    case Stage::link:
      return absorb_link(notes, answer);
    case Stage::done:
      break;
  }
  return in_doubt(notes, nonsense(answer, "Facebook"));
}

}  // namespace

FlowSteps publish() { return {next, absorb}; }

Answer imagine(const Input& input, const Progress& progress, const Call&) {
  const Notes notes(progress);
  if (is_video(input)) return imagine_of_video(input, notes);
  const bool photo = stage_of(input, notes) == Stage::photo;
  const std::string id = std::to_string(notes.list(kPhotos).size() + 1);
  if (photo) return {.status = 200, .body = "{\"id\":\"" + id + "\"}"};
  return {.status = 200,
          .body = R"({"success":true,"id":"1_1","post_id":"1",)"
                  R"("permalink_url":"https://www.facebook.com/1/posts/1"})"};
}

std::string edge(const std::string& id, const char* name) { return segment(id) + "/" + name; }

bool is_id(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789_") == text.npos;
}

std::optional<Time> scheduled_at(const Input& input) {
  return time_of(text_of(input.options, "publish_at"));
}

std::string schedule_note(const Input& input) {
  if (!scheduled_at(input)) return {};
  return "Facebook publishes it at " + text_of(input.options, "publish_at") + ".";
}

Absorbed refused_quietly(const Notes& notes, graph::Fault fault) {
  if (fault.error.kind == ErrorKind::unknown_outcome) fault.error.kind = ErrorKind::unavailable;
  return refused(notes, std::move(fault.error));
}

}  // namespace herald::facebook_flows

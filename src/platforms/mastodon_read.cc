// Which account a grant opens, what its server allows, and how a post or the account fares.
#include <initializer_list>

#include "platforms/mastodon.h"
#include "platforms/steps.h"

namespace herald::mastodon_flows {
namespace {

Call ask_me(const Input& input, std::string step) {
  return ask(input, std::move(step), "v1/accounts/verify_credentials");
}

// ---------------------------------------------------------------- discover

Step discover_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("id")) return ask_me(input, "find the account");
  DiscoveredAccount account;
  account.remote_id = remote_id_of(input, notes.text("id"));
  account.username = notes.text("username");
  account.name = notes.text("name").empty() ? account.username : notes.text("name");
  account.picture_url = notes.text("picture");
  account.kind = "account";
  if (notes.has("moved")) {
    account.usable = false;
    account.reason = "This account has moved away and cannot post any more. Connect the new one.";
  }
  const std::string subject = account.remote_id;
  // All sign-ins of one person share one token: whoever revokes it ends them all.
  return finished(Discovered{{std::move(account)}, subject});
}

Absorbed discover_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(input, answer)) return absorbed(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  if (json.text("/id").empty()) return in_doubt(notes, nonsense(answer, "Mastodon"));
  if (json.has("/moved/id")) notes.set("moved", "yes");
  return accepted(notes.set("id", json.text("/id"))
                      .set("username", json.text("/username"))
                      .set("name", json.text("/display_name"))
                      .set("picture", json.text("/avatar")));
}

// ---------------------------------------------------------------- lookup

// Where an instance says it, and which facts it becomes.
struct Live {
  const char* pointer;
  std::initializer_list<const char*> facts;
};
const Live kLive[] = {
    {"/statuses/max_characters", {"max.text", "max.spoiler_text", "max.thread"}},
    {"/statuses/max_media_attachments", {"max.media"}},
    {"/media_attachments/description_limit", {"max.alt_text"}},
    {"/media_attachments/image_size_limit", {"image.bytes"}},
    {"/media_attachments/image_matrix_limit", {"image.pixels"}},
    {"/media_attachments/video_size_limit", {"video.bytes"}},
    {"/media_attachments/video_matrix_limit", {"video.pixels"}},
    {"/media_attachments/video_frame_rate_limit", {"video.frame_rate"}},
    {"/polls/max_characters_per_option", {"max.poll_answers"}},
    {"/polls/max_options", {"poll.answers"}},
    {"/polls/min_expiration", {"poll.shortest"}},
    {"/polls/max_expiration", {"poll.longest"}},
};

Step lookup_next(const Input& input, const Progress& progress) {
  if (auto error = elsewhere(input)) return std::move(*error);
  const Notes notes(progress);
  if (notes.has("read")) return finished(LookedUp{notes.below("fact."), input.now, {}});
  // With the token, since closed servers tell strangers nothing.
  return ask(input, "read what the server allows", "v2/instance");
}

Absorbed lookup_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(input, answer)) {
    const auto kind = fault->error.kind;
    const bool stops = fault->visible == Verdict::unknown || kind == ErrorKind::unauthorized ||
                       kind == ErrorKind::rate_limited;
    // A server that does not say goes by the limits of the spec.
    return stops ? absorbed(notes, std::move(*fault)) : accepted(notes.set("read", "yes"));
  }
  const JsonAnswer json(answer.body);
  if (!json.is_object()) return in_doubt(notes, nonsense(answer, "Mastodon"));
  for (const auto& [pointer, facts] : kLive) {
    const auto value = json.strict_number(std::string("/configuration") + pointer);
    if (!value || *value <= 0) continue;
    for (const char* fact : facts) notes.set(std::string("fact.") + fact, *value);
  }
  std::string formats;
  for (const auto& one : json.texts("/configuration/media_attachments/supported_mime_types")) {
    formats += (formats.empty() ? "" : ",") + one;
  }
  if (!formats.empty()) notes.set("fact.formats", formats);
  return accepted(notes.set("read", "yes"));
}

// ---------------------------------------------------------------- measure

Step measure_next(const Input& input, const Progress& progress) {
  if (auto error = elsewhere(input)) return std::move(*error);
  const Notes notes(progress);
  if (notes.has("read")) return finished(LookedUp{notes.below("is."), input.now, {}});
  if (input.remote_id.empty()) return ask_me(input, "read the figures");
  return ask(input, "read the figures", "v1/statuses/" + segment(input.remote_id));
}

Absorbed measure_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(input, answer)) return absorbed(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  if (json.text("/id").empty()) return in_doubt(notes, nonsense(answer, "Mastodon"));
  constexpr std::pair<const char*, const char*> kOfPosts[] = {{"/favourites_count", "is.likes"},
                                                              {"/reblogs_count", "is.shares"},
                                                              {"/replies_count", "is.comments"},
                                                              {"/quotes_count", "is.quotes"}};
  constexpr std::pair<const char*, const char*> kOfAccounts[] = {
      {"/followers_count", "is.followers"},
      {"/following_count", "is.following"},
      {"/statuses_count", "is.posts"}};
  const auto read = [&](const auto& figures) {
    for (const auto& [pointer, name] : figures) {
      if (const auto value = json.strict_number(pointer)) notes.set(name, *value);
    }
  };
  input.remote_id.empty() ? read(kOfAccounts) : read(kOfPosts);
  return accepted(notes.set("read", "yes"));
}

}  // namespace

FlowSteps discover() { return {discover_next, discover_absorb}; }
FlowSteps lookup() { return {lookup_next, lookup_absorb}; }
FlowSteps measure() { return {measure_next, measure_absorb}; }

}  // namespace herald::mastodon_flows

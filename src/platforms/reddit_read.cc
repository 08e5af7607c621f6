// Which account it is, what a subreddit takes just now, and how a post fares.
#include "platforms/json_answer.h"
#include "platforms/reddit.h"
#include "platforms/steps.h"

namespace herald::reddit_flows {
namespace {

// ---------------------------------------------------------------- discover

Call who(const Input& input) { return get(input, "find the account", "api/v1/me"); }

Step discover_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("id")) return who(input);
  DiscoveredAccount account;
  account.remote_id = notes.text("id");
  account.name = account.username = notes.text("name");
  account.picture_url = notes.text("picture");
  account.kind = "account";
  account.usable = !notes.has("suspended");
  if (!account.usable) account.reason = "Reddit has suspended this account.";
  return finished(Discovered{{std::move(account)}, notes.text("id")});
}

Absorbed discover_absorb(const Input&, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(answer)) return faulty(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  const std::string id = json.text("/id");
  const std::string name = json.text("/name");
  if (id.empty() || name.empty()) return in_doubt(notes, nonsense(answer, "Reddit"));
  if (json.flag("/is_suspended").value_or(false)) notes.set("suspended", "yes");
  const std::string picture = json.text("/icon_img");
  return accepted(
      notes.set("id", id).set("name", name).set("picture", picture.substr(0, picture.find('?'))));
}

// ---------------------------------------------------------------- lookup

// Notes: "read" how many of the three calls are done; "is.<name>" what is known; lists "flairs" and
// "flair_names".

constexpr const char* kAbout[] = {"submission_type", "subreddit_type"};
constexpr const char* kAboutFlags[] = {"allow_images", "allow_videos", "allow_galleries",
                                       "user_is_banned", "user_is_contributor"};
constexpr const char* kWords[] = {
    "body_restriction_policy", "link_restriction_policy", "title_text_min_length",
    "title_text_max_length",   "body_text_min_length",    "body_text_max_length",
    "gallery_min_items",       "gallery_max_items",       "gallery_captions_requirement",
    "gallery_urls_requirement"};
constexpr const char* kLists[] = {"title_required_strings", "title_blacklisted_strings",
                                  "body_required_strings",  "body_blacklisted_strings",
                                  "domain_blacklist",       "domain_whitelist"};

constexpr const char* kNowhere = "The subreddit does not exist.";

enum Part { kAboutPart, kRequirementsPart, kFlairsPart, kParts };

LookedUp looked_up(const Input& input, const Notes& notes) {
  LookedUp found{notes.below("is."), input.now, {}};
  if (!notes.has("flairs_read")) return found;
  auto& flairs = found.choices[kFlairs];
  for (std::size_t i = 0; i < notes.list("flairs").size(); ++i) {
    flairs.push_back({notes.list("flairs")[i], notes.list("flair_names")[i]});
  }
  return found;
}

Step lookup_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  const std::string subreddit = segment(input.target_key);
  if (notes.has("is.closed") || notes.number("read") == kParts) {
    return finished(looked_up(input, notes));
  }
  switch (notes.number("read")) {
    case kAboutPart:
      return get(input, "look at the subreddit", "r/" + subreddit + "/about");
    case kRequirementsPart:
      return get(input, "read its requirements", "api/v1/" + subreddit + "/post_requirements");
    default:
      return get(input, "read its flairs", "r/" + subreddit + "/api/link_flair_v2");
  }
}

void take_about(const JsonAnswer& json, Notes& notes) {
  const auto keep = [&](const char* name, const std::string& text) {
    if (!text.empty()) notes.set(std::string("is.") + name, text);
  };
  for (const char* name : kAbout) keep(name, json.text(std::string("/data/") + name));
  for (const char* name : kAboutFlags) {
    const auto flag = json.flag(std::string("/data/") + name);
    if (flag) keep(name, *flag ? "yes" : "no");
  }
}

void take_requirements(const JsonAnswer& json, Notes& notes) {
  for (const char* name : kWords) {
    const std::string text = json.text(std::string("/") + name);
    if (!text.empty()) notes.set(std::string("is.") + name, text);
  }
  for (const char* name : kLists) {
    const auto items = json.texts(std::string("/") + name);
    if (!items.empty()) notes.set(std::string("is.") + name, json_list(items));
  }
  if (json.flag("/is_flair_required").value_or(false)) notes.set("is.is_flair_required", "yes");
}

void take_flairs(const JsonAnswer& json, Notes& notes) {
  for (std::size_t i = 0; i < json.size(""); ++i) {
    if (json.flag(at("", i, "/mod_only")).value_or(false)) continue;
    notes.add("flairs", json.text(at("", i, "/id")))
        .add("flair_names", json.text(at("", i, "/text")));
  }
  notes.set("flairs_read", "yes");
}

Absorbed lookup_absorb(const Input&, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  const auto part = notes.number("read");
  // Who asks for a subreddit that does not exist is sent to the search.
  if (part == kAboutPart && answer.status / 100 == 3) {
    return accepted(notes.set("is.closed", kNowhere));
  }
  if (auto fault = fault_in(answer)) {
    const bool closed =
        fault->error.kind == ErrorKind::forbidden || fault->error.kind == ErrorKind::not_found;
    if (part == kAboutPart && closed) {
      const bool gone = fault->error.code == "gone";
      return accepted(notes.set("is.closed", gone ? kNowhere : fault->error.message));
    }
    // Who may not choose a flair there, or where there are none, has none to choose.
    if (part == kFlairsPart && closed) notes.set("flairs_read", "yes");
    // Not every place says these, and Reddit checks them itself.
    const bool nothing_said = closed || fault->error.kind == ErrorKind::invalid;
    if (part != kAboutPart && nothing_said) return accepted(notes.count("read"));
    return faulty(notes, std::move(*fault));
  }
  const JsonAnswer json(answer.body);
  const bool sound = part == kFlairsPart ? answer.body.starts_with('[') : json.is_object();
  if (!sound) return in_doubt(notes, nonsense(answer, "Reddit"));
  // What does not exist may be answered with a search's empty result.
  if (part == kAboutPart && json.text("/kind") == "Listing") {
    return accepted(notes.set("is.closed", kNowhere));
  }
  if (part == kAboutPart) take_about(json, notes);
  if (part == kRequirementsPart) take_requirements(json, notes);
  if (part == kFlairsPart) take_flairs(json, notes);
  return accepted(notes.count("read"));
}

// ---------------------------------------------------------------- measure

// Views are not offered. A score is votes for less votes against, blurred by Reddit.
struct Figure {
  const char* theirs;
  const char* ours;
};
constexpr Figure kOfPosts[] = {
    {"score", "score"}, {"num_comments", "comments"}, {"num_crossposts", "shares"}};

Step measure_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("read")) return finished(LookedUp{notes.below("is."), input.now, {}});
  if (input.remote_id.empty()) return who(input);
  return get(input, "read the figures", "api/info", {{"id", input.remote_id}});
}

Absorbed measure_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(answer)) return faulty(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  if (!json.is_object()) return in_doubt(notes, nonsense(answer, "Reddit"));
  const auto keep = [&](const std::string& pointer, const char* name) {
    if (const auto value = json.number(pointer)) notes.set(std::string("is.") + name, *value);
  };
  const std::string data = "/data/children/0/data/";
  if (input.remote_id.empty()) {
    keep("/total_karma", "karma");
  } else if (json.size("/data/children") == 0) {
    return refused(notes,
                   {ErrorKind::not_found, "This post is not on Reddit any more.", {}, {}, "gone"});
  } else {
    for (const auto& figure : kOfPosts) keep(data + figure.theirs, figure.ours);
  }
  return accepted(notes.set("read", "yes"));
}

// ---------------------------------------------------------------- follow-up

Step no_follow_up(const Input& input, const Progress&) {
  return Error{
      ErrorKind::internal, "Herald does not know this kind of work.", input.follow_up, {}, {}};
}

Absorbed nothing_heard(const Input&, const Progress& progress, const Answer& answer) {
  return in_doubt(Notes(progress), nonsense(answer, "Reddit"));
}

}  // namespace

FlowSteps discover() { return {discover_next, discover_absorb}; }
FlowSteps lookup() { return {lookup_next, lookup_absorb}; }
FlowSteps measure() { return {measure_next, measure_absorb}; }
FlowSteps follow_up() { return {no_follow_up, nothing_heard}; }

}  // namespace herald::reddit_flows

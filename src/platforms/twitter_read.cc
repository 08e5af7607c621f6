// Which account a grant opens, what it may post, and how a post or the account fares.
#include "platforms/steps.h"
#include "platforms/twitter.h"

namespace herald::twitter_flows {
namespace {

constexpr const char* kUserFields =
    "id,name,username,profile_image_url,protected,public_metrics,subscription_type";

Call ask_me(std::string step) {
  return ask(std::move(step), "users/me", {{"user.fields", kUserFields}});
}

// A larger one of the same picture.
std::string larger(std::string picture) {
  constexpr std::string_view kSmall = "_normal.";
  if (const auto found = picture.rfind(kSmall); found != picture.npos) {
    picture.replace(found, kSmall.size(), "_400x400.");
  }
  return picture;
}

// ---------------------------------------------------------------- discover, lookup

Step discover_next(const Input&, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("id")) return ask_me("find the account");
  DiscoveredAccount account;
  account.remote_id = notes.text("id");
  account.name = notes.text("name");
  account.username = notes.text("username");
  account.picture_url = notes.text("picture");
  account.kind = "account";
  account.facts = notes.below("fact.");
  // A consent is one person's: revoking it ends this grant.
  return finished(Discovered{{account}, account.remote_id});
}

Absorbed absorb_me(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(input, answer)) return refused(notes, std::move(fault->error));
  const JsonAnswer json(answer.body);
  const std::string id = json.text("/data/id");
  if (id.empty()) return in_doubt(notes, nonsense(answer, "X"));
  const std::string subscription = json.text("/data/subscription_type");
  if (!subscription.empty()) notes.set(std::string("fact.") + kSubscription, subscription);
  return accepted(notes.set("id", id)
                      .set("name", json.text("/data/name"))
                      .set("username", json.text("/data/username"))
                      .set("picture", larger(json.text("/data/profile_image_url"))));
}

Step lookup_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("id")) return ask_me("read what the account may post");
  return finished(LookedUp{notes.below("fact."), input.now, {}});
}

// ---------------------------------------------------------------- measure

// Public figures only: the others cost more, end after 30 days and may take the rest down with
// them.
Step measure_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("read")) return finished(LookedUp{notes.below("is."), input.now, {}});
  if (input.remote_id.empty()) return ask_me("read the figures");
  return ask("read the figures", "tweets",
             {{"ids", input.remote_id}, {fields_name(notes), "public_metrics"}});
}

Absorbed measure_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (learns_fields_name(answer, notes)) return accepted(notes);
  if (auto fault = fault_in(input, answer)) return refused(notes, std::move(fault->error));
  const JsonAnswer json(answer.body);
  const std::string of = input.remote_id.empty() ? "/data" : "/data/0";
  // Missing posts are answered with 200 and errors in place of data.
  if (!json.has(of + "/id")) {
    if (!json.has("/errors/0")) return in_doubt(notes, nonsense(answer, "X"));
    return refused(notes, {ErrorKind::not_found,
                           "The post is not on X any more.",
                           "no data in the answer",
                           {},
                           "gone"});
  }
  // Some figures changed their names; either may come.
  constexpr std::pair<const char*, const char*> kFigures[] = {
      {"impression_count", "is.views"}, {"like_count", "is.likes"},
      {"reply_count", "is.comments"},   {"retweet_count", "is.shares"},
      {"repost_count", "is.shares"},    {"quote_count", "is.quotes"},
      {"bookmark_count", "is.saves"}};
  constexpr std::pair<const char*, const char*> kOfAccounts[] = {
      {"followers_count", "is.followers"},
      {"following_count", "is.following"},
      {"tweet_count", "is.posts"},
      {"post_count", "is.posts"}};
  const auto read = [&](const auto& figures) {
    for (const auto& [field, name] : figures) {
      const auto value = json.number(of + "/public_metrics/" + field);
      if (value) notes.set(name, *value);
    }
  };
  input.remote_id.empty() ? read(kOfAccounts) : read(kFigures);
  return accepted(notes.set("read", "yes"));
}

}  // namespace

FlowSteps discover() { return {discover_next, absorb_me}; }
FlowSteps lookup() { return {lookup_next, absorb_me}; }
FlowSteps measure() { return {measure_next, measure_absorb}; }

}  // namespace herald::twitter_flows

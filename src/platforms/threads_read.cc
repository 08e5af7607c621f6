// Which profile a grant opens, and what is left of the daily limit.
#include "platforms/json_answer.h"
#include "platforms/steps.h"
#include "platforms/threads.h"

namespace herald::threads_flows {
namespace {

// ---------------------------------------------------------------- discover

// Notes: what was read, once "id" is there.
Step discover_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("id")) {
    return ask(input, "read the profile", "me",
               {{"fields", "id,username,name,threads_profile_picture_url"}});
  }
  DiscoveredAccount account;
  account.kind = "profile";
  account.remote_id = notes.text("id");
  account.username = notes.text("username");
  account.name = notes.text("name").empty() ? account.username : notes.text("name");
  account.picture_url = notes.text("picture");
  return finished(Discovered{{std::move(account)}, notes.text("id")});
}

Absorbed discover_absorb(const Input&, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(answer)) return refused_quietly(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  if (json.text("/id").empty()) return in_doubt(notes, nonsense(answer, "Threads"));
  return accepted(notes.set("id", json.text("/id"))
                      .set("username", json.text("/username"))
                      .set("name", json.text("/name"))
                      .set("picture", json.text("/threads_profile_picture_url")));
}

// ---------------------------------------------------------------- lookup

Step lookup_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("quota_total")) {
    return finished(LookedUp{
        {{"quota_usage", notes.text("quota_usage")}, {"quota_total", notes.text("quota_total")}},
        input.now,
        {}});
  }
  return ask(input, "read the daily limit", "me/threads_publishing_limit",
             {{"fields", "quota_usage,config"}});
}

Absorbed lookup_absorb(const Input&, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(answer)) return refused_quietly(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  const auto used = json.number("/data/0/quota_usage");
  if (!used) return in_doubt(notes, nonsense(answer, "Threads"));
  const auto total = json.number("/data/0/config/quota_total");
  return accepted(notes.set("quota_usage", *used).set("quota_total", total.value_or(250)));
}

}  // namespace

FlowSteps discover() { return {discover_next, discover_absorb}; }
FlowSteps lookup() { return {lookup_next, lookup_absorb}; }

}  // namespace herald::threads_flows

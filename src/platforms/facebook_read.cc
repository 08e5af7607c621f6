// Which Pages a grant opens, and whether a Page is published.
#include <algorithm>

#include "platforms/facebook.h"
#include "platforms/json_answer.h"
#include "platforms/steps.h"

namespace herald::facebook_flows {
namespace {

using graph::As;

constexpr std::int64_t kPagesMax = 20;

// The tasks that let a person publish; New Pages Experience has names of its own.
constexpr std::string_view kPublishTasks[] = {
    "MANAGE", "CREATE_CONTENT", "PROFILE_PLUS_CREATE_CONTENT", "PROFILE_PLUS_FULL_CONTROL"};

bool may_publish(const std::vector<std::string>& tasks) {
  return tasks.empty() || std::ranges::any_of(tasks, [](const std::string& task) {
           return std::ranges::find(kPublishTasks, task) != std::end(kPublishTasks);
         });
}

// ---------------------------------------------------------------- discover

// One Page as it is kept between two pages of the listing.
std::string row_of(const JsonAnswer& json, std::size_t index) {
  const auto field = [&](const char* name) { return json.text(at("/data", index, name)); };
  const bool may = may_publish(json.texts(at("/data", index, "/tasks")));
  return json_list({field("/id"), field("/name"), field("/username"), field("/picture/data/url"),
                    field("/access_token"), may ? "may" : "may not"});
}

DiscoveredAccount account_of(const std::string& row) {
  const JsonAnswer json(row);
  const auto part = [&](std::size_t index) { return json.text(at("", index)); };
  DiscoveredAccount account;
  account.kind = "page";
  account.remote_id = part(0);
  account.name = part(1);
  account.username = part(2);
  account.picture_url = part(3);
  account.token_handle = part(4);
  account.usable = part(5) == "may" && !account.token_handle.empty();
  if (!account.usable) {
    account.reason = "You may not create content on the Page \"" + account.name +
                     "\". Ask one of its admins for that task, then connect again.";
  }
  return account;
}

Step discover_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("listed")) {
    Discovered discovered;
    for (const auto& row : notes.list("rows")) discovered.accounts.push_back(account_of(row));
    return finished(std::move(discovered));
  }
  std::vector<Field> query{
      {"fields", "id,name,username,access_token,tasks,picture.type(large){url}"}, {"limit", "100"}};
  if (notes.has("after")) query.push_back({"after", notes.text("after")});
  Call call = graph::get(input, As::user, "list the Pages", "me/accounts", std::move(query));
  const std::string page = std::to_string(notes.number("pages"));
  // The links to other pages carry the token as well.
  call.secrets = {{"/data/*/access_token", "page/" + page},
                  {"/paging/next", "next"},
                  {"/paging/previous", "previous"}};
  return call;
}

Absorbed discover_absorb(const Input&, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(answer)) return refused_quietly(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  if (!json.has("/data")) return in_doubt(notes, nonsense(answer, "Facebook"));
  for (std::size_t i = 0; i < json.size("/data"); ++i) notes.add("rows", row_of(json, i));
  const std::string after = json.text("/paging/cursors/after");
  const bool more = json.has("/paging/next") && !after.empty() &&
                    notes.count("pages").number("pages") < kPagesMax;
  return accepted(more ? notes.set("after", after) : notes.set("listed", "yes"));
}

// ---------------------------------------------------------------- lookup

Step lookup_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("is.is_published")) return finished(LookedUp{notes.below("is."), input.now, {}});
  return graph::get(input, As::account, "read the Page", segment(input.account.remote_id),
                    {{"fields", "id,is_published"}});
}

Absorbed lookup_absorb(const Input&, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(answer)) return refused_quietly(notes, std::move(*fault));
  const auto shown = JsonAnswer(answer.body).flag("/is_published");
  if (!shown) return in_doubt(notes, nonsense(answer, "Facebook"));
  return accepted(notes.set("is.is_published", *shown ? "true" : "false"));
}

}  // namespace

FlowSteps discover() { return {discover_next, discover_absorb}; }
FlowSteps lookup() { return {lookup_next, lookup_absorb}; }

}  // namespace herald::facebook_flows

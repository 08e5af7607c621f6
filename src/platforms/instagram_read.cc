// Which accounts a grant opens, what is left of the daily limit.
#include <algorithm>

#include "platforms/instagram.h"
#include "platforms/json_answer.h"
#include "platforms/steps.h"

namespace herald::instagram_flows {
namespace {

using graph::As;

constexpr std::int64_t kPagesMax = 20;
constexpr const char* kPageFields =
    "id,name,access_token,tasks,"
    "instagram_business_account{id,username,name,profile_picture_url}";

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
  return json_list({field("/id"), field("/name"), field("/instagram_business_account/id"),
                    field("/instagram_business_account/username"),
                    field("/instagram_business_account/name"),
                    field("/instagram_business_account/profile_picture_url"),
                    field("/access_token"), may ? "may" : "may not"});
}

DiscoveredAccount account_of(const std::string& row) {
  const JsonAnswer json(row);
  const auto part = [&](std::size_t index) { return json.text(at("", index)); };
  DiscoveredAccount account;
  account.product = graph::kFacebookLogin.id;
  account.kind = "professional account";
  account.facts = {{"page_id", part(0)}, {"page_name", part(1)}};
  account.remote_id = part(2);
  account.username = part(3);
  account.name = part(4).empty() ? part(3) : part(4);
  account.picture_url = part(5);
  account.token_handle = part(6);
  if (account.remote_id.empty()) {
    account.remote_id = part(0);
    account.name = part(1);
    account.kind = "page";
    account.usable = false;
    account.reason =
        "No Instagram professional account is linked to this Page. Link one in the Page's "
        "settings, then connect again.";
  } else if (part(7) != "may") {
    account.usable = false;
    account.reason = "You may not create content on the Page \"" + part(1) +
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
  std::vector<Field> query{{"fields", kPageFields}, {"limit", "100"}};
  if (notes.has("after")) query.push_back({"after", notes.text("after")});
  Call call = graph::get(input, As::user, "list the Pages", "me/accounts", std::move(query));
  const std::string page = std::to_string(notes.number("pages"));
  // The links to other pages carry the token as well.
  call.secrets = {{"/data/*/access_token", "page/" + page},
                  {"/paging/next", "next"},
                  {"/paging/previous", "previous"}};
  return call;
}

Absorbed discover_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(input, answer)) return refused_quietly(notes, std::move(*fault));
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
  if (notes.has("quota_total")) {
    return finished(LookedUp{
        {{"quota_usage", notes.text("quota_usage")}, {"quota_total", notes.text("quota_total")}},
        input.now,
        {}});
  }
  return graph::get(input, As::account, "read the daily limit",
                    edge(input.account.remote_id, "content_publishing_limit"),
                    {{"fields", "quota_usage,config"}});
}

Absorbed lookup_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(input, answer)) return refused_quietly(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  const auto used = json.number("/data/0/quota_usage");
  if (!used) return in_doubt(notes, nonsense(answer, "Instagram"));
  const auto total = json.number("/data/0/config/quota_total");
  return accepted(notes.set("quota_usage", *used).set("quota_total", total.value_or(50)));
}

}  // namespace

FlowSteps discover() { return {discover_next, discover_absorb}; }
FlowSteps lookup() { return {lookup_next, lookup_absorb}; }

}  // namespace herald::instagram_flows

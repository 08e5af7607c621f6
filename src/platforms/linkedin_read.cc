// Who consented, which pages that person runs, and whether a page may still be posted to.
// Source: learn.microsoft.com/linkedin/marketing/community-management/organizations/
// organization-access-control-by-role, 2026-11-22.
#include <algorithm>

#include "platforms/json_answer.h"
#include "platforms/linkedin.h"
#include "platforms/steps.h"

namespace herald::linkedin_flows {
namespace {

constexpr std::int64_t kPageSize = 20;
constexpr std::int64_t kPagesMax = 10;

// Roles that may post. Only the first is spelled the same everywhere: what LinkedIn does not take
// of the others adds no page, and is no failure.
constexpr const char* kRoles[] = {"ADMINISTRATOR", "CONTENT_ADMINISTRATOR",
                                  "DIRECT_SPONSORED_CONTENT_POSTER"};

// ---------------------------------------------------------------- roles, for both flows

// Notes: "role" how many roles are read; "start" of the page to be read; "pages" URNs and "roles"
// of what was found.
bool roles_left(const Notes& notes) {
  return notes.number("role") < static_cast<std::int64_t>(std::size(kRoles));
}

Step roles_next(const Input& input, const Notes& notes) {
  Call call = get(input, "look for pages", "organizationAcls",
                  {{"q", "roleAssignee"},
                   {"role", kRoles[notes.number("role")]},
                   {"state", "APPROVED"},
                   {"count", std::to_string(kPageSize)},
                   {"start", std::to_string(notes.number("start"))}});
  call.headers.push_back({"X-RestLi-Method", "FINDER"});
  return call;
}

Absorbed roles_absorb(const Input& input, Notes notes, const Answer& answer) {
  const auto role = notes.number("role");
  if (auto fault = fault_in(input, answer)) {
    const bool spelling = role > 0 && fault->error.kind == ErrorKind::invalid;
    if (!spelling) return refused(notes, std::move(fault->error));
    return accepted(notes.count("role").erase("start"));
  }
  const JsonAnswer json(answer.body);
  if (!json.has("/elements")) return in_doubt(notes, nonsense(answer, "LinkedIn"));
  for (std::size_t i = 0; i < json.size("/elements"); ++i) {
    auto page = json.text(at("/elements", i, "/organization"));
    if (page.empty()) page = json.text(at("/elements", i, "/organizationTarget"));
    const bool known = std::ranges::find(notes.list("pages"), page) != notes.list("pages").end();
    if (!page.starts_with("urn:li:organization") || known) continue;
    notes.add("pages", page).add("roles", kRoles[role]);
  }
  const auto start = notes.number("start") + kPageSize;
  const bool more = json.size("/elements") == kPageSize && start < kPageSize * kPagesMax;
  return accepted(more ? notes.set("start", start) : notes.count("role").erase("start"));
}

// ---------------------------------------------------------------- discover

std::string id_of(const std::string& urn) { return urn.substr(urn.rfind(':') + 1); }

Call who(const Input& input) {
  Call call = get(input, "find the member", "");
  call.url = "https://api.linkedin.com/v2/userinfo";
  call.headers.clear();  // It has no versions.
  return call;
}

Step names_next(const Input& input, const Notes& notes) {
  std::string ids;
  const auto& pages = notes.list("pages");
  const auto from = static_cast<std::size_t>(notes.number("named"));
  for (std::size_t i = from; i < std::min(pages.size(), from + kPageSize); ++i) {
    ids += (ids.empty() ? "" : ",") + segment(id_of(pages[i]));
  }
  Call call = get(input, "read the pages' names", "organizations?ids=List(" + ids + ")");
  call.headers.push_back({"X-RestLi-Method", "BATCH_GET"});
  return call;
}

Discovered discovered(const Input& input, const Notes& notes) {
  DiscoveredAccount member;
  member.remote_id = notes.text("member");
  member.name = notes.text("name");
  member.picture_url = notes.text("picture");
  member.kind = "profile";
  Discovered found{{std::move(member)}, notes.text("member")};
  const auto& pages = notes.list("pages");
  for (std::size_t i = 0; i < pages.size(); ++i) {
    DiscoveredAccount page;
    page.remote_id = pages[i];
    page.name = notes.text("name." + pages[i]);
    if (page.name.empty()) page.name = "Page " + id_of(pages[i]);
    page.username = notes.text("username." + pages[i]);
    page.kind = "page";
    page.facts["role"] = notes.list("roles")[i];
    page.usable = may(input, "w_organization_social");
    if (!page.usable) page.reason = "LinkedIn has not allowed this server to post as a page.";
    found.accounts.push_back(std::move(page));
  }
  return found;
}

Step discover_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("member")) return who(input);
  if (may(input, "r_organization_admin")) {
    if (roles_left(notes)) return roles_next(input, notes);
    const auto named = static_cast<std::size_t>(notes.number("named"));
    if (named < notes.list("pages").size()) return names_next(input, notes);
  }
  return finished(discovered(input, notes));
}

Absorbed absorb_names(const Input& input, Notes notes, const Answer& answer) {
  auto fault = fault_in(input, answer);
  const bool stops = fault && (fault->error.kind == ErrorKind::unavailable ||
                               fault->error.kind == ErrorKind::rate_limited ||
                               fault->error.code == "grant_refused");
  if (stops) return refused(notes, std::move(fault->error));
  const JsonAnswer json(answer.body);
  const auto& pages = notes.list("pages");
  for (const auto& page : std::vector<std::string>(pages)) {
    const std::string result = "/results/" + id_of(page);
    if (!json.has(result)) continue;
    notes.set("name." + page, json.text(result + "/localizedName"))
        .set("username." + page, json.text(result + "/vanityName"));
  }
  return accepted(notes.set("named", notes.number("named") + kPageSize));
}

Absorbed discover_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (notes.has("member")) {
    return roles_left(notes) ? roles_absorb(input, notes, answer)
                             : absorb_names(input, notes, answer);
  }
  if (auto fault = fault_in(input, answer)) return refused(notes, std::move(fault->error));
  const JsonAnswer json(answer.body);
  const auto id = json.text("/sub");
  if (id.empty()) return in_doubt(notes, nonsense(answer, "LinkedIn"));
  return accepted(notes.set("member", "urn:li:person:" + id)
                      .set("name", json.text("/name"))
                      .set("picture", json.text("/picture")));
}

// ---------------------------------------------------------------- lookup

// A member can always post; a page only while the member has a role there.
Step lookup_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!is_page(input) || !may(input, "r_organization_admin")) {
    return finished(LookedUp{{}, input.now, {}});
  }
  if (roles_left(notes)) return roles_next(input, notes);
  const auto& pages = notes.list("pages");
  const auto found = std::ranges::find(pages, input.account.remote_id);
  const std::string role =
      found == pages.end() ? "none"
                           : notes.list("roles")[static_cast<std::size_t>(found - pages.begin())];
  return finished(LookedUp{{{"role", role}}, input.now, {}});
}

Absorbed lookup_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  return roles_absorb(input, Notes(progress), answer);
}

}  // namespace

FlowSteps discover() { return {discover_next, discover_absorb}; }
FlowSteps lookup() { return {lookup_next, lookup_absorb}; }

}  // namespace herald::linkedin_flows

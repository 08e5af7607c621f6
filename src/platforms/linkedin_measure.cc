// How a post or an account fares. What was not allowed, or is not offered, is absent.
// Source: learn.microsoft.com/linkedin/marketing/community-management/organizations/
// share-statistics and /members/post-statistics, 2026-11-22.
#include "platforms/json_answer.h"
#include "platforms/linkedin.h"
#include "platforms/steps.h"

namespace herald::linkedin_flows {
namespace {

struct Figure {
  const char* theirs;
  const char* ours;
};

// One call for all of them.
constexpr Figure kOfPages[] = {{"impressionCount", "views"}, {"uniqueImpressionsCount", "reach"},
                               {"clickCount", "clicks"},     {"likeCount", "likes"},
                               {"commentCount", "comments"}, {"shareCount", "shares"}};
// One call each.
constexpr Figure kOfMembers[] = {{"IMPRESSION", "views"},
                                 {"MEMBERS_REACHED", "reach"},
                                 {"REACTION", "likes"},
                                 {"COMMENT", "comments"},
                                 {"RESHARE", "shares"}};

// Notes: "read" how many calls are done; "is.<name>" the figures.

std::size_t calls_of(const Input& input) {
  const bool account = input.remote_id.empty();
  if (is_page(input)) {
    if (!may(input, "r_organization_admin")) return 0;
    return account ? 2 : 1;
  }
  if (account) return may(input, "r_member_profileAnalytics") ? 1 : 0;
  return may(input, "r_member_postAnalytics") ? std::size(kOfMembers) : 0;
}

bool is_share(const Input& input) { return input.remote_id.starts_with("urn:li:share:"); }

Call page_figures(const Input& input) {
  std::string resource =
      "organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity=" +
      segment(input.account.remote_id);
  if (!input.remote_id.empty()) {
    resource += std::string(is_share(input) ? "&shares" : "&ugcPosts") + "=List(" +
                segment(input.remote_id) + ")";
  }
  Call call = get(input, "read the figures", resource);
  call.headers.push_back({"X-RestLi-Method", "FINDER"});
  return call;
}

Call member_figure(const Input& input, const char* name) {
  const std::string entity =
      std::string(is_share(input) ? "(share:" : "(ugc:") + segment(input.remote_id) + ")";
  Call call = get(input, "read the figures",
                  "memberCreatorPostAnalytics?q=entity&entity=" + entity + "&queryType=" + name +
                      "&aggregation=TOTAL");
  call.headers.push_back({"X-RestLi-Method", "FINDER"});
  return call;
}

Step next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  const auto done = static_cast<std::size_t>(notes.number("read"));
  if (done >= calls_of(input)) return finished(LookedUp{notes.below("is."), input.now, {}});
  if (!is_page(input)) {
    if (!input.remote_id.empty()) return member_figure(input, kOfMembers[done].theirs);
    return get(input, "read the followers", "memberFollowersCount", {{"q", "me"}});
  }
  if (done == 0) return page_figures(input);
  return get(input, "read the followers", "networkSizes/" + segment(input.account.remote_id),
             {{"edgeType", "CompanyFollowedByMember"}});
}

void take(const Input& input, const JsonAnswer& json, std::size_t call, Notes& notes) {
  const auto keep = [&](const char* name, const std::string& pointer) {
    if (const auto value = json.number(pointer)) notes.set(std::string("is.") + name, *value);
  };
  if (is_page(input)) {
    if (call == 1) return keep("followers", "/firstDegreeSize");
    for (const auto& figure : kOfPages) {
      keep(figure.ours, std::string("/elements/0/totalShareStatistics/") + figure.theirs);
    }
  } else if (input.remote_id.empty()) {
    keep("followers", "/elements/0/memberFollowersCount");
  } else {
    keep(kOfMembers[call].ours, "/elements/0/count");
  }
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  auto fault = fault_in(input, answer);
  const bool stops = fault && (fault->error.kind == ErrorKind::unavailable ||
                               fault->error.kind == ErrorKind::rate_limited ||
                               fault->error.code == "grant_refused");
  if (stops) return refused(notes, std::move(fault->error));
  // A figure that is not to be had is no failure of the others.
  if (!fault) {
    take(input, JsonAnswer(answer.body), static_cast<std::size_t>(notes.number("read")), notes);
  }
  return accepted(notes.count("read"));
}

}  // namespace

FlowSteps measure() { return {next, absorb}; }
int reading_calls(const Input& input) { return static_cast<int>(calls_of(input)); }

}  // namespace herald::linkedin_flows

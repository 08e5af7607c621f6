#include "platforms/metric_names.h"

#include <algorithm>
#include <utility>

namespace herald {
namespace {

constexpr MetricName kNames[] = {
    {"views", "Views", "how often it was shown or played"},
    {"reach", "Reach", "how many people or accounts it was shown to"},
    {"likes", "Likes", "likes and other reactions"},
    {"comments", "Comments", "comments and public answers"},
    {"replies", "Replies", "answers that came as messages"},
    {"shares", "Shares", "how often it was passed on"},
    {"quotes", "Quotes", "how often it was passed on with words of one's own"},
    {"saves", "Saves", "how often it was kept for later"},
    {"clicks", "Clicks", "clicks on it"},
    {"engagements", "Engagements", "all that people did with it, counted together"},
    {"engaged_accounts", "Accounts engaged", "how many accounts did anything with it"},
    {"average_watch_ms", "Average watch time, ms", "how long a video was watched on average"},
    {"score", "Score", "votes for it less votes against"},
    {"followers", "Followers", "how many follow the account"},
    {"following", "Following", "how many the account follows"},
    {"posts", "Posts", "how many posts the account has published"},
    {"karma", "Karma", "what votes have earned the account"},
};

MetricSpec metric(MetricSpec::Of of, std::string_view name, const char* theirs, const char* meaning,
                  Source source, const char* scope) {
  MetricSpec spec;
  spec.of = of;
  spec.name = name;
  const auto* known = std::ranges::find(kNames, name, &MetricName::name);
  if (known != std::end(kNames)) spec.label = known->label;
  spec.theirs = theirs;
  spec.meaning = meaning;
  spec.scope = scope;
  spec.source = std::move(source);
  return spec;
}

}  // namespace

std::span<const MetricName> metric_names() { return kNames; }

MetricSpec post_metric(const char* name, const char* theirs, const char* meaning, Source source,
                       const char* scope) {
  return metric(MetricSpec::Of::post, name, theirs, meaning, std::move(source), scope);
}

MetricSpec account_metric(const char* name, const char* theirs, const char* meaning, Source source,
                          const char* scope) {
  return metric(MetricSpec::Of::account, name, theirs, meaning, std::move(source), scope);
}

}  // namespace herald

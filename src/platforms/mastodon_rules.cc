// What Mastodon's statuses mean. The table is by status alone: one status has many texts, which are
// translated and change from release to release, and no codes.
// Source: docs.joinmastodon.org/entities/Error and the server's source, release 4.5.7, checked
// 2026-11-22.
#include <algorithm>

#include "platforms/mastodon.h"
#include "platforms/steps.h"

namespace herald::mastodon_flows {
namespace {

using namespace std::chrono_literals;
using enum ErrorKind;

struct Rule {
  int status;
  ErrorKind kind;
  const char* name;     // Error::code.
  const char* message;  // For a person.
};
// Each of these says that nothing was posted.
constexpr Rule kRules[] = {
    {400, invalid, "platform_refused",
     "Mastodon did not accept this post. Check its text, its files and its settings."},
    {401, unauthorized, "grant_refused",
     "The connection to Mastodon ended. Reconnect to continue; your posts are kept."},
    // A login that is disabled, unconfirmed or waiting for approval, an account that moved away or
    // is suspended: its token may live on.
    {403, forbidden, "not_allowed",
     "Mastodon does not let this account do that. It may be locked, moved away, or waiting to be "
     "confirmed: sign in at its server and settle it there."},
    {404, not_found, "gone", "This is not on Mastodon any more."},
    {413, invalid, "media_too_large",
     "The Mastodon server does not take a file of this size. Make it smaller."},
    // A text that is blank or too long, a file, a setting; not which.
    {422, invalid, "platform_refused",
     "Mastodon did not accept this post. Check its text, its files and its settings."},
    {429, rate_limited, "rate_limited",
     "Mastodon's limit for this account is reached. We will continue later."},
};

// Until the window ends that is used up; a 429 has no Retry-After of Mastodon's own.
std::chrono::seconds pause_for(const Input& input, const Answer& answer) {
  constexpr std::chrono::seconds kMargin = 3s;
  constexpr std::chrono::seconds kOtherwise = 5min;
  const std::string* reset = answer.header("x-ratelimit-reset");
  const auto ends = reset == nullptr ? std::nullopt : time_of(*reset);
  if (!ends) return retry_after(answer).value_or(kOtherwise);
  const auto left = std::chrono::ceil<std::chrono::seconds>(*ends - input.now);
  return std::clamp<std::chrono::seconds>(left, 5s, 3h) + kMargin;
}

bool lacks_scope(const Input& input) {
  const auto& granted = input.account.scopes;
  return !granted.empty() && std::ranges::any_of(spec().scopes, [&](const ScopeSpec& scope) {
    const bool needed = scope.required || !input.media.empty();
    return needed && std::ranges::find(granted, scope.name) == granted.end();
  });
}

}  // namespace

std::optional<Fault> fault_in(const Input& input, const Answer& answer) {
  if (is_success(answer)) return std::nullopt;
  const auto* rule = std::ranges::find(kRules, answer.status, &Rule::status);
  const std::string detail = "Mastodon, status " + std::to_string(answer.status);
  // What stands before a server answers with pages of its own, which say nothing about a post, but
  // where nothing reached it.
  const bool speaks = JsonAnswer(answer.body).has("/error") || answer.status == 401 ||
                      answer.status == 413 || answer.status == 429;
  if (rule == std::end(kRules) || !speaks) {
    Error error = nonsense(answer, "Mastodon");
    error.detail = detail;
    return Fault{std::move(error), Verdict::unknown};
  }
  Fault fault{{rule->kind, rule->message, detail, {}, rule->name}, Verdict::refused};
  if (rule->kind == rate_limited) fault.error.retry_after = pause_for(input, answer);
  if (answer.status == 403 && lacks_scope(input)) {
    fault.error = {unauthorized,
                   "A permission is missing. Reconnect Mastodon; your posts are kept.",
                   detail,
                   {},
                   "permission_missing"};
  }
  return fault;
}

Absorbed absorbed(const Notes& notes, Fault fault) {
  if (fault.visible == Verdict::unknown) return in_doubt(notes, std::move(fault.error));
  return refused(notes, std::move(fault.error));
}

}  // namespace herald::mastodon_flows

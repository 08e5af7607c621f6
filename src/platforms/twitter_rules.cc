// What X's problems mean. Sources: docs.x.com/x-api/fundamentals/response-codes-and-errors and
// answers that several public clients quote, checked 2026-11-22.
#include <algorithm>
#include <charconv>

#include "platforms/steps.h"
#include "platforms/twitter.h"

namespace herald::twitter_flows {
namespace {

using namespace std::chrono_literals;
using enum ErrorKind;
constexpr auto kRefused = Verdict::refused;

constexpr const char* kReconnect =
    "The connection to X ended. Reconnect to continue; your posts are kept.";
constexpr const char* kPermission =
    "A permission is missing. Reconnect X and allow all items; your posts are kept.";
constexpr const char* kSetUp =
    "This server's app at X may not do this. Its operator has been informed.";
constexpr const char* kCredits =
    "This server's credits at X are used up. Its operator has to top them up; it is tried again.";
// One answer for many things, told apart by its words alone: a text that X has already, one that is
// too long, a link that is not valid, two $SYMBOLs, an answer or quote that X does not allow, a
// video that is too long for the account, a permission that the app lacks.
constexpr const char* kManyReasons =
    "X refused this post. It may repeat a recent one, be too long, hold a link or $SYMBOLs that X "
    "does not take, or answer or quote what X does not let apps answer or quote. Change it and "
    "retry.";

constexpr Rule kRules[] = {
    {400, "invalid-request", invalid, kRefused, "platform_refused",
     "X did not accept this post. Check its text, its files and its settings."},
    {400, "", invalid, kRefused, "platform_refused",
     "X did not accept this post. Check its text, its files and its settings."},
    {401, "", unauthorized, kRefused, "grant_refused", kReconnect},
    {402, "", unavailable, kRefused, "credits_used_up", kCredits},
    {403, "client-forbidden", internal, kRefused, "app_misconfigured", kSetUp},
    {403, "unsupported-authentication", internal, kRefused, "app_misconfigured", kSetUp},
    {403, "usage-capped", unavailable, kRefused, "usage_capped", kCredits},
    {429, "usage-capped", unavailable, kRefused, "usage_capped", kCredits},
    {403, "user-suspended", unauthorized, kRefused, "account_restricted",
     "X has suspended or locked this account. Sign in at X, settle it there, then reconnect."},
    {403, "not-authorized-for-resource", forbidden, kRefused, "not_allowed",
     "X does not let this account do that."},
    {403, "disallowed-resource", forbidden, kRefused, "not_allowed",
     "X does not let this account do that."},
    {403, "", forbidden, kRefused, "platform_refused", kManyReasons},
    {404, "resource-not-found", not_found, kRefused, "gone", "This is not on X any more."},
    {404, "", not_found, kRefused, "gone", "This is not on X any more."},
    {429, "", rate_limited, kRefused, "rate_limited",
     "X's limit for this account is reached. We will continue later."},
};

// Parts of a request that X names when they are at fault.
struct ParameterRule {
  std::string_view parameter;
  const char* name;
  const char* message;
};
constexpr ParameterRule kParameters[] = {
    {"text", "text", "X finds the text too long, or does not take it as it is."},
    {"media.media_ids", "media_gone", "X does not have the uploaded files any more."},
    {"reply.in_reply_to_tweet_id", "reply_target_gone",
     "The post that this one answers is gone from X."},
    {"quote_tweet_id", "quote", "X does not let this post be quoted."},
};

std::optional<std::int64_t> number_in(const Answer& answer, const std::string& header) {
  const std::string* text = answer.header(header);
  if (text == nullptr) return std::nullopt;
  std::int64_t number = 0;
  const char* end = text->data() + text->size();
  const auto [stopped, error] = std::from_chars(text->data(), end, number);
  return error == std::errc() && stopped == end ? std::optional(number) : std::nullopt;
}

// Until the window ends that is used up: the day's, where that is named, or the quarter of an hour.
std::chrono::seconds pause_for(const Input& input, const Answer& answer) {
  constexpr std::chrono::seconds kMargin = 5s;
  std::optional<std::int64_t> reset = number_in(answer, "x-rate-limit-reset");
  for (const std::string day : {"x-user-limit-24hour", "x-app-limit-24hour"}) {
    if (number_in(answer, day + "-remaining") != 0) continue;
    if (const auto later = number_in(answer, day + "-reset")) reset = std::max(reset, later);
  }
  if (!reset) return retry_after(answer).value_or(15min);
  const auto now = std::chrono::floor<std::chrono::seconds>(input.now.time_since_epoch());
  return std::clamp<std::chrono::seconds>(std::chrono::seconds(*reset) - now, 1s, 24h) + kMargin;
}

bool lacks_scope(const Input& input) {
  const auto& granted = input.account.scopes;
  const auto lacks = [&](const char* scope) { return std::ranges::count(granted, scope) == 0; };
  return !granted.empty() &&
         (lacks("tweet.write") || (!input.media.empty() && lacks("media.write")));
}

const Rule* rule_for(int status, std::string_view problem) {
  const auto fits = [&](std::string_view wanted) {
    const auto found = std::ranges::find_if(
        kRules, [&](const Rule& rule) { return rule.status == status && rule.problem == wanted; });
    return found == std::end(kRules) ? nullptr : &*found;
  };
  const Rule* exact = problem.empty() ? nullptr : fits(problem);
  return exact != nullptr ? exact : fits("");
}

}  // namespace

std::span<const Rule> rules() { return kRules; }

std::optional<Fault> fault_in(const Input& input, const Answer& answer) {
  if (is_success(answer)) return std::nullopt;
  const JsonAnswer json(answer.body);
  // The host before it differs from answer to answer.
  const std::string type = json.text("/type");
  const std::string problem = type.substr(type.rfind('/') + 1);
  const Rule* rule = rule_for(answer.status, problem == "about:blank" ? "" : problem);
  const std::string detail = "X problem " + problem + ", status " + std::to_string(answer.status);
  // A page in place of the API's own words says nothing about a post.
  const bool speaks = json.is_object() || answer.status == 401 || answer.status == 429;
  if (rule == nullptr || !speaks) {
    Error error = nonsense(answer, "X");
    error.detail = detail;
    return Fault{std::move(error), Verdict::unknown, {}};
  }
  Fault fault{{rule->kind, rule->message, detail, {}, rule->name}, rule->visible, {}};
  if (rule->kind == rate_limited) fault.error.retry_after = pause_for(input, answer);
  if (rule->kind == unavailable) fault.error.retry_after = 1h;
  fault.may_repeat = rule->message == kManyReasons;
  if (fault.may_repeat && lacks_scope(input)) {
    fault.error = {unauthorized, kPermission, detail, {}, "permission_missing"};
    fault.may_repeat = false;
  }
  for (const auto& one : kParameters) {
    if (answer.status != 400) break;
    if (!json.has("/errors/0/parameters/" + std::string(one.parameter))) continue;
    fault.parameter = one.parameter;
    fault.error.code = one.name;
    fault.error.message = one.message;
  }
  return fault;
}

}  // namespace herald::twitter_flows

// What Reddit's errors mean: by the code inside a 200 or by the status and the reason beside it.
// Its sentences are not read; where a subreddit's own rule refuses, its explanation is shown.
// Source: github.com/reddit-archive/reddit, r2/lib/errors.py, and answers seen since; 2026-11-22.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "platforms/json_answer.h"
#include "platforms/reddit.h"
#include "platforms/steps.h"

namespace herald::reddit_flows {
namespace {

using namespace std::chrono_literals;
using enum ErrorKind;
constexpr auto kRefused = Verdict::refused;

constexpr const char* kWait = "Reddit asks to wait. We will post again later.";
constexpr const char* kReconnect =
    "The connection to Reddit ended. Reconnect your Reddit account; your posts are kept.";
constexpr const char* kOurFault =
    "Something in Herald's request was wrong. The operator has been informed.";
constexpr const char* kNotThisKind = "This subreddit does not take this kind of post.";
constexpr const char* kClosed = "Comments are closed there.";
constexpr std::string_view kOwnRule = "SUBMIT_VALIDATION_";
constexpr std::chrono::seconds kMargin = 5s;

struct Rule {
  int status;             // 0: any.
  std::string_view code;  // Of the error inside a 200, or the reason beside a status. Empty: any.
  ErrorKind kind;
  Verdict visible;
  const char* name;
  const char* message;
};

// The first that fits. What is not here proves nothing.
constexpr Rule kRules[] = {
    {0, "RATELIMIT", rate_limited, kRefused, "rate_limited", kWait},
    {0, "SUBREDDIT_RATELIMIT", rate_limited, kRefused, "rate_limited", kWait},
    {0, "SUBREDDIT_NOEXIST", invalid, kRefused, "no_subreddit", "The subreddit does not exist."},
    {0, "SUBREDDIT_NOTALLOWED", forbidden, kRefused, "not_allowed",
     "You may not post in this subreddit."},
    {0, "SUBREDDIT_NOTALLOWED_BANNED", forbidden, kRefused, "banned",
     "This account is banned from the subreddit."},
    {0, "SUBREDDIT_REQUIRED", invalid, kRefused, "no_subreddit", "Choose a subreddit."},
    {0, "NO_SELFS", invalid, kRefused, "kind_refused", "This subreddit takes only links."},
    {0, "NO_LINKS", invalid, kRefused, "kind_refused", "This subreddit takes only text."},
    {0, "NO_TEXT", invalid, kRefused, "no_title", "A title is needed."},
    {0, "TOO_LONG", invalid, kRefused, "too_long", "The title or the text is too long."},
    {0, "NO_URL", invalid, kRefused, "link", "Check the link."},
    {0, "BAD_URL", invalid, kRefused, "link", "Check the link."},
    {0, "ALREADY_SUB", invalid, kRefused, "duplicate",
     "This link was already posted there. Allow it to be posted again, or leave it."},
    {0, "DOMAIN_BANNED", invalid, kRefused, "domain", "Reddit blocks the site of this link."},
    {0, "SUBMIT_VALIDATION_FLAIR_REQUIRED", invalid, kRefused, "flair_required",
     "This subreddit wants a flair. Choose one."},
    {0, "GALLERIES_DISABLED", invalid, kRefused, "kind_refused", kNotThisKind},
    {0, "IMAGES_NOT_ALLOWED", invalid, kRefused, "kind_refused", kNotThisKind},
    {0, "INVALID_OPTION", invalid, kRefused, "platform_refused",
     "Reddit does not take a setting of this post. Change it and retry."},
    {0, "USER_REQUIRED", unauthorized, kRefused, "grant_refused", kReconnect},
    {0, "IN_TIMEOUT", forbidden, kRefused, "suspended", "The Reddit account is suspended."},
    {0, "BAD_CAPTCHA", forbidden, kRefused, "captcha",
     "Reddit wants a captcha from this account; post by hand."},
    {0, "THREAD_LOCKED", invalid, kRefused, "comments_closed", kClosed},
    {0, "TOO_OLD", invalid, kRefused, "comments_closed", kClosed},
    {0, "DELETED_COMMENT", invalid, kRefused, "comments_closed", kClosed},
    {0, "DELETED_LINK", invalid, kRefused, "comments_closed", kClosed},
    {400, "PARAMETER_REQUIRED", internal, kRefused, "bad_request", kOurFault},
    {403, "private", forbidden, kRefused, "private",
     "This subreddit is private. Ask its moderators, or choose another one."},
    {404, "banned", not_found, kRefused, "no_subreddit", "Reddit has closed this subreddit."},
    {401, "", unauthorized, kRefused, "grant_refused", kReconnect},
    {403, "", forbidden, kRefused, "forbidden", "Reddit does not allow this account to do that."},
    {404, "", not_found, kRefused, "gone", "This is not on Reddit."},
    {429, "", rate_limited, kRefused, "rate_limited", kWait},
};

// "insufficient_scope" is a word of RFC 6750, in its own place.
bool lacks_scope(const Answer& answer) {
  const std::string* header = answer.header("www-authenticate");
  return answer.status == 403 && header != nullptr &&
         header->find("error=\"insufficient_scope\"") != header->npos;
}

std::chrono::seconds bounded(double seconds) {
  return std::chrono::seconds(
      static_cast<std::int64_t>(std::ceil(std::clamp(seconds, 1.0, 86'400.0))));
}

// How long: the limiter's own number, the window's end, or ten minutes, which is one window.
std::chrono::seconds pause_for(const Answer& answer, const JsonAnswer& json) {
  if (const auto left = json.decimal("/json/ratelimit")) return bounded(*left) + kMargin;
  if (answer.status != 429) return 10min;
  if (const auto asked = retry_after(answer)) return *asked + kMargin;
  if (const std::string* reset = answer.header("x-ratelimit-reset")) {
    int seconds = 0;
    const auto read = std::from_chars(reset->data(), reset->data() + reset->size(), seconds);
    if (read.ec == std::errc()) return bounded(seconds) + kMargin;
  }
  return 10min;
}

// For people; Reddit's words about a subreddit's rule, which nobody else knows.
std::string own_rule(const JsonAnswer& json) {
  constexpr std::size_t kShown = 300;
  std::string text = json.text("/explanation");
  if (text.empty()) text = json.text("/json/errors/0/1");
  text = one_line(text);
  if (text.empty() || text.size() > kShown) return "A rule of this subreddit refuses the post.";
  return "A rule of this subreddit refuses the post: " + text;
}

Fault fault_of(const Answer& answer, const JsonAnswer& json, const std::string& code) {
  const auto fits = [&](const Rule& rule) {
    return (rule.status == 0 || rule.status == answer.status) &&
           (rule.code.empty() || rule.code == code);
  };
  const auto* rule = std::ranges::find_if(kRules, fits);
  if (rule != std::end(kRules)) {
    return {{rule->kind, rule->message, {}, {}, rule->name}, rule->visible};
  }
  if (code.starts_with(kOwnRule)) {
    return {{invalid, own_rule(json), {}, {}, "subreddit_rule"}, kRefused};
  }
  if (answer.status >= 500 || answer.status == 408) {
    return {nonsense(answer, "Reddit"), Verdict::unknown};
  }
  return {{invalid,
           "Reddit refused this without a reason that Herald knows. Look at the account there, "
           "change the post and try again.",
           {},
           {},
           "platform_refused"},
          Verdict::unknown};
}

}  // namespace

std::optional<Fault> fault_in(const Answer& answer) {
  const JsonAnswer json(answer.body);
  const bool lists_errors = json.size("/json/errors") > 0;
  if (is_success(answer) && !lists_errors) return std::nullopt;
  const std::string code = lists_errors ? json.text("/json/errors/0/0") : json.text("/reason");
  // A page in place of the API's own words says nothing about a post; a status that is never
  // anything but a refusal does.
  const bool speaks = json.is_object() || answer.status == 401 || answer.status == 429;
  Fault fault = answer.status < 500 && speaks ? fault_of(answer, json, code)
                                              : Fault{nonsense(answer, "Reddit"), Verdict::unknown};
  if (lacks_scope(answer)) {
    fault = {{unauthorized,
              "Reddit did not let this server do that for the account. Reconnect it.",
              {},
              {},
              "permission_missing"},
             kRefused};
  }
  if (fault.error.kind == rate_limited) fault.error.retry_after = pause_for(answer, json);
  fault.error.detail = "reddit error " + code + ", status " + std::to_string(answer.status);
  return fault;
}

Absorbed faulty(const Notes& notes, Fault fault) {
  if (fault.visible == Verdict::unknown) return in_doubt(notes, std::move(fault.error));
  return refused(notes, std::move(fault.error));
}

Field user_agent(const Input& input) {
  std::string agent = "server:" + input.app.client_id + ":herald-1";
  std::string_view owner = input.app.owner;
  for (const std::string_view before : {"/", "u/"})
    if (owner.starts_with(before)) owner.remove_prefix(before.size());
  if (!owner.empty()) agent.append(" (by /u/").append(owner).append(")");
  return {"User-Agent", std::move(agent)};
}

Call get(const Input& input, std::string step, std::string_view path, std::vector<Field> query) {
  Call call;
  call.step = std::move(step);
  call.url = "https://oauth.reddit.com/" + std::string(path);
  call.query = std::move(query);
  call.query.push_back({"raw_json", "1"});  // Else "&" comes as "&amp;".
  call.headers = {user_agent(input)};
  call.carrier = TokenCarrier::bearer;
  call.token = {Reference::Kind::user_token, ""};
  call.keep_headers = {"www-authenticate", "x-ratelimit-reset"};
  return call;
}

Call post(const Input& input, std::string step, std::string_view path, Body body) {
  Call call = get(input, std::move(step), path);
  call.method = "POST";
  call.body = std::move(body);
  return call;
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
    if (!blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace herald::reddit_flows

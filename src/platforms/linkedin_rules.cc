// What LinkedIn's errors mean: by status, then code, then number. Its messages are not read; where
// only they tell two cases apart, the careful reading is taken for both.
// Source: learn.microsoft.com/linkedin/shared/api-guide/concepts/error-handling, 2026-11-22.
#include <algorithm>

#include "platforms/json_answer.h"
#include "platforms/linkedin.h"
#include "platforms/steps.h"

namespace herald::linkedin_flows {
namespace {

using namespace std::chrono_literals;
using enum ErrorKind;
constexpr auto kRefused = Verdict::refused;
constexpr auto kDoubt = Verdict::unknown;

constexpr const char* kTemporary = "LinkedIn had a problem. We are trying again.";
constexpr const char* kReconnect =
    "The connection to LinkedIn ended. Reconnect your LinkedIn account; your posts are kept.";
constexpr const char* kPermission =
    "LinkedIn no longer lets this account post here. Check your page role and reconnect; your "
    "posts are kept.";
constexpr const char* kSetting = "LinkedIn rejected a setting of this post. Change it and retry.";
constexpr const char* kUploadAgain = "LinkedIn did not take the upload. It is uploaded again.";
constexpr const char* kOurFault =
    "Something in Herald's request was wrong. The operator has been informed.";

struct Rule {
  int status;             // 0: any.
  std::string_view code;  // Empty: any.
  std::int64_t number;    // serviceErrorCode; 0: any.
  ErrorKind kind;
  Verdict visible;
  const char* name;
  const char* message;
};

// The first that fits: codes, then numbers, then what a status says by itself.
constexpr Rule kRules[] = {
    {401, "INVALID_ACCESS_TOKEN", 0, unauthorized, kRefused, "grant_refused", kReconnect},
    {401, "REVOKED_ACCESS_TOKEN", 0, unauthorized, kRefused, "grant_refused", kReconnect},
    {401, "EXPIRED_ACCESS_TOKEN", 0, unauthorized, kRefused, "grant_refused", kReconnect},
    {401, "EMPTY_ACCESS_TOKEN", 0, internal, kRefused, "bad_request", kOurFault},
    {403, "ACCESS_DENIED", 0, unauthorized, kRefused, "permission_missing", kPermission},
    {400, "VERSION_MISSING", 0, internal, kRefused, "bad_request", kOurFault},
    {426, "NONEXISTENT_VERSION", 0, internal, kRefused, "api_version_ended",
     "This Herald speaks a version that LinkedIn has ended. Its operator has to update it."},
    {0, "MISSING_FIELD", 0, invalid, kRefused, "platform_refused", kSetting},
    {0, "INVALID_VALUE_FOR_FIELD", 0, invalid, kRefused, "platform_refused", kSetting},
    {0, "INVALID_URN_TYPE", 0, invalid, kRefused, "platform_refused", kSetting},
    {0, "INVALID_URN_ID", 0, invalid, kRefused, "platform_refused", kSetting},
    {0, "FIELD_LENGTH_TOO_LONG", 0, invalid, kRefused, "too_long",
     "A text is too long for LinkedIn. Shorten it."},
    {0, "MEDIA_ASSET_WAITING_UPLOAD", 0, unavailable, Verdict::not_yet, "media_not_ready",
     "LinkedIn is still preparing the file."},
    {0, "MEDIA_ASSET_PROCESSING_FAILED", 0, invalid, kRefused, "media_failed",
     "LinkedIn could not process the file. Export it again, or use another one."},
    {0, "EXPIRED_UPLOAD_URL", 0, unavailable, kRefused, "upload_refused", kUploadAgain},
    {0, "INVALID_VIDEO_ID", 0, unavailable, kRefused, "upload_refused", kUploadAgain},
    {0, "UPDATING_ASSET_FAILED", 0, unavailable, kRefused, "upload_refused", kUploadAgain},
    {422, "DUPLICATE_POST", 0, invalid, kRefused, "duplicate",
     "LinkedIn already has this very post. Change it, or leave it as it is."},
    {409, "CONFLICT", 0, unavailable, kRefused, "conflict", kTemporary},
    {404, "NOT_FOUND", 0, not_found, kRefused, "gone", "This is not on LinkedIn any more."},
    {429, "TOO_MANY_REQUESTS", 0, rate_limited, kRefused, "rate_limited",
     "LinkedIn's daily limit is reached. We will continue later."},
    {401, "", 65600, unauthorized, kRefused, "grant_refused", kReconnect},
    {401, "", 65601, unauthorized, kRefused, "grant_refused", kReconnect},
    {401, "", 65602, unauthorized, kRefused, "grant_refused", kReconnect},
    {403, "", 100, unauthorized, kRefused, "permission_missing", kPermission},
    {404, "", 0, not_found, kRefused, "gone", "This is not on LinkedIn any more."},
    {409, "", 0, unavailable, kRefused, "conflict", kTemporary},
    // Older answers have no code for a duplicate, nor for a field that is missing.
    {422, "", 0, invalid, kRefused, "platform_refused", kSetting},
    {429, "", 0, rate_limited, kRefused, "rate_limited",
     "LinkedIn's daily limit is reached. We will continue later."},
    // Not in any table.
    {401, "", 0, unauthorized, kDoubt, "grant_refused", kReconnect},
    {403, "", 0, forbidden, kDoubt, "forbidden", "LinkedIn does not allow this."},
};

// Limits end at midnight UTC, some of them sooner; which one it is only the message says. So it is
// asked again every hour, and at midnight.
std::chrono::seconds pause_for(const Input& input, const Answer& answer) {
  if (const auto asked = retry_after(answer)) return *asked;
  const auto midnight = std::chrono::ceil<std::chrono::days>(input.now + 1ms);
  const auto left = std::chrono::ceil<std::chrono::seconds>(midnight - input.now);
  return std::clamp<std::chrono::seconds>(left, 1min, 1h);
}

Fault unlisted(const Answer& answer) {
  if (answer.status < 400 || answer.status >= 500) {
    return {nonsense(answer, "LinkedIn"), kDoubt};
  }
  return {{invalid,
           "LinkedIn refused this without a reason that Herald knows. Look at the account there, "
           "change the post and try again.",
           {},
           {},
           "platform_refused"},
          kDoubt};
}

}  // namespace

std::optional<Fault> fault_in(const Input& input, const Answer& answer) {
  if (is_success(answer)) return std::nullopt;
  const JsonAnswer json(answer.body);
  const std::string code = json.text("/code");
  const auto number = json.number("/serviceErrorCode").value_or(0);
  const auto fits = [&](const Rule& rule) {
    return (rule.status == 0 || rule.status == answer.status) &&
           (rule.code.empty() || rule.code == code) && (rule.number == 0 || rule.number == number);
  };
  // A code counts only in an error; a gateway's page has none.
  const auto* rule = answer.status >= 500 ? std::end(kRules) : std::ranges::find_if(kRules, fits);
  Fault fault = rule == std::end(kRules)
                    ? unlisted(answer)
                    : Fault{{rule->kind, rule->message, {}, {}, rule->name}, rule->visible};
  if (fault.error.kind == rate_limited) fault.error.retry_after = pause_for(input, answer);
  if (fault.error.kind == unavailable) fault.error.retry_after = retry_after(answer);
  fault.error.detail = "linkedin error " + code + " " + std::to_string(number) + ", status " +
                       std::to_string(answer.status);
  return fault;
}

Call get(const Input& input, std::string step, std::string_view resource,
         std::vector<Field> query) {
  Call call;
  call.step = std::move(step);
  call.url = "https://api.linkedin.com/rest/" + std::string(resource);
  call.query = std::move(query);
  call.headers = {{"LinkedIn-Version", input.app.api_version},
                  {"X-Restli-Protocol-Version", "2.0.0"}};
  call.carrier = TokenCarrier::bearer;
  call.token = {Reference::Kind::user_token, ""};
  return call;
}

Call post(const Input& input, std::string step, std::string_view resource, std::string json_text) {
  Call call = get(input, std::move(step), resource);
  call.method = "POST";
  call.body = JsonBody{std::move(json_text), {}};
  return call;
}

bool may(const Input& input, std::string_view scope) {
  const auto& granted = input.account.scopes;
  return granted.empty() || std::ranges::find(granted, scope) != granted.end();
}

}  // namespace herald::linkedin_flows

#include "platforms/graph.h"

#include <algorithm>
#include <cstdlib>

#include "platforms/json_answer.h"
#include "platforms/steps.h"

namespace herald::graph {
namespace {

using namespace std::chrono_literals;

constexpr auto kDefaultPause = 1h;

// Minutes until access comes back, if a usage header says so. Its keys are ids that we do not know,
// so the figure is taken wherever it stands: the largest counts.
std::optional<std::chrono::seconds> pause_asked(const Answer& answer) {
  const std::string* header = answer.header("x-business-use-case-usage");
  if (header == nullptr) return std::nullopt;
  constexpr std::string_view kName = "\"estimated_time_to_regain_access\":";
  std::int64_t minutes = 0;
  for (auto at = header->find(kName); at != header->npos; at = header->find(kName, at + 1)) {
    std::size_t digit = at + kName.size();
    while (digit < header->size() && (*header)[digit] == ' ') ++digit;
    std::int64_t value = 0;
    for (; digit < header->size() && (*header)[digit] >= '0' && (*header)[digit] <= '9'; ++digit) {
      value = std::min<std::int64_t>(value * 10 + ((*header)[digit] - '0'), 24 * 60);
    }
    minutes = std::max(minutes, value);
  }
  if (minutes == 0) return std::nullopt;
  return std::chrono::minutes(minutes);
}

// Meta's words for a person. Links are left out: ours are signed.
std::string words_of(const JsonAnswer& json) {
  std::string words = json.text("/error/error_user_msg");
  if (words.empty()) words = json.text("/error/error_user_title");
  if (words.size() > 300 || words.find("://") != words.npos) return {};
  return words;
}

struct Match {
  const Rule* rule = nullptr;
  bool exact = false;
};

// The most telling line: code and subcode, then the code, then the subcode under any code.
Match match(int code, int subcode, std::span<const Rule> own) {
  Match best;
  for (const auto rules : {own, common_rules()}) {
    for (const Rule& rule : rules) {
      const bool same_subcode = rule.subcode == subcode || rule.subcode == kAnySubcode;
      if (rule.code == code && same_subcode) return {&rule, true};
      if (rule.code == kAnyCode && rule.subcode == subcode && subcode != 0) return {&rule, true};
      if (rule.code == code && rule.subcode == 0 && best.rule == nullptr) best.rule = &rule;
    }
  }
  if (best.rule == nullptr && code >= 200 && code <= 299) {
    for (const Rule& rule : common_rules()) {
      if (rule.code == 200) return {&rule, true};
    }
  }
  return best;
}

Fault fault(int code, int subcode, const Match& matched) {
  Fault fault{code, subcode, {}, Verdict::unknown};
  fault.error.kind = matched.rule->kind;
  fault.error.code = matched.rule->name;
  if (matched.rule->message != nullptr) fault.error.message = matched.rule->message;
  // A subcode that the table does not know may mean anything about a visible call.
  if (matched.exact) fault.visible = matched.rule->visible;
  return fault;
}

Fault unlisted(int code, int subcode, const Answer& answer, bool transient) {
  Fault fault{code, subcode, {}, Verdict::unknown};
  if (transient || answer.status >= 500) {
    fault.error = nonsense(answer, "Meta");
  } else {
    fault.error = {ErrorKind::invalid, {}, {}, {}, "platform_refused"};
  }
  return fault;
}

int small(std::optional<std::int64_t> number) {
  if (!number || *number < -100'000 || *number > 100'000'000) return 0;
  return static_cast<int>(*number);
}

std::string url_at(const Product& product, const Input& input, std::string_view path) {
  return "https://" + std::string(product.host) + "/" + input.app.api_version + "/" +
         std::string(path);
}

Field proof_field(As as) {
  return {"appsecret_proof", Reference{Reference::Kind::proof, as == As::account ? "account" : ""}};
}

void authorize(Call& call, As as) {
  call.carrier = TokenCarrier::bearer;
  call.token = {as == As::account ? Reference::Kind::account_token : Reference::Kind::user_token,
                ""};
  call.keep_headers = {"x-app-usage", "x-business-use-case-usage"};
}

}  // namespace

std::optional<Fault> fault_in(const Answer& answer, std::span<const Rule> own) {
  const JsonAnswer json(answer.body);
  if (!json.has("/error")) {
    if (is_success(answer)) return std::nullopt;
    Fault fault{0, 0, nonsense(answer, "Meta"), Verdict::unknown};
    if (answer.status == 429) fault.error.kind = ErrorKind::rate_limited;
    return fault;
  }
  const int code = small(json.number("/error/code"));
  const int subcode = small(json.number("/error/error_subcode"));
  const Match matched = match(code, subcode, own);
  Fault found =
      matched.rule != nullptr
          ? fault(code, subcode, matched)
          : unlisted(code, subcode, answer, json.flag("/error/is_transient").value_or(false));
  Error& error = found.error;
  if (error.message.empty()) error.message = words_of(json);
  if (error.message.empty()) {
    error.message =
        "Meta refused this without saying why in words for people. "
        "Change the post, or try again later.";
  }
  if (error.kind == ErrorKind::rate_limited && !error.retry_after) {
    error.retry_after = pause_asked(answer);
    if (!error.retry_after) error.retry_after = retry_after(answer);
    if (!error.retry_after) error.retry_after = kDefaultPause;
  }
  error.detail = "graph error " + std::to_string(code) + "/" + std::to_string(subcode) +
                 ", status " + std::to_string(answer.status) + ", trace " +
                 json.text("/error/fbtrace_id").substr(0, 64);
  return found;
}

std::optional<Fault> fault_of_subcode(int subcode) {
  for (const Rule& rule : instagram_rules()) {
    if (rule.subcode != subcode || subcode <= 0) continue;
    Fault found = fault(rule.code, subcode, {&rule, true});
    found.error.detail = "container error " + std::to_string(subcode);
    if (found.error.message.empty()) {
      found.error.message = "Instagram could not use this file. Try another one.";
    }
    return found;
  }
  return std::nullopt;
}

Error without_permission(Error error) {
  if (error.code == "permission_missing") error.kind = ErrorKind::forbidden;
  return error;
}

const Product& product_of(const Input& input) {
  return input.account.product == kInstagramLogin.id ? kInstagramLogin : kFacebookLogin;
}

std::string url(const Input& input, std::string_view path) {
  return url_at(product_of(input), input, path);
}

Call get(const Product& product, const Input& input, As as, std::string step, std::string_view path,
         std::vector<Field> query) {
  Call call;
  call.step = std::move(step);
  call.url = url_at(product, input, path);
  if (product.proof) query.push_back(proof_field(as));
  call.query = std::move(query);
  authorize(call, as);
  return call;
}

Call post(const Product& product, const Input& input, As as, std::string step,
          std::string_view path, std::vector<Field> form) {
  Call call;
  call.step = std::move(step);
  call.method = "POST";
  call.url = url_at(product, input, path);
  if (product.proof) form.push_back(proof_field(as));
  call.body = FormBody{std::move(form)};
  authorize(call, as);
  return call;
}

Call get(const Input& input, As as, std::string step, std::string_view path,
         std::vector<Field> query) {
  return get(product_of(input), input, as, std::move(step), path, std::move(query));
}

Call post(const Input& input, As as, std::string step, std::string_view path,
          std::vector<Field> form) {
  return post(product_of(input), input, as, std::move(step), path, std::move(form));
}

bool quota_known(const Input& input) {
  const auto number = [&](const char* name) -> std::int64_t {
    const auto found = input.looked_up.facts.find(name);
    return found == input.looked_up.facts.end() ? -1
                                                : std::strtoll(found->second.c_str(), nullptr, 10);
  };
  return number("quota_usage") >= 0 && number("quota_usage") < number("quota_total");
}

}  // namespace herald::graph

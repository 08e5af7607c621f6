#include "app/plan.h"

#include <utility>

#include "app/engine.h"
#include "app/inputs.h"

namespace herald {
namespace {

constexpr std::size_t kCallsMax = 60;
constexpr int kTurnsMax = 500;  // Rests included: a platform may imagine that it is never ready.

std::string shown(const Reference& reference) {
  switch (reference.kind) {
    case Reference::Kind::user_token:
      return "{access token}";
    case Reference::Kind::account_token:
      return "{account's token}";
    case Reference::Kind::refresh_token:
      return "{refresh token}";
    case Reference::Kind::app_token:
      return "{app token}";
    case Reference::Kind::app_secret:
      return "{app secret}";
    case Reference::Kind::proof:
      return "{proof of the app secret}";
    case Reference::Kind::media_link:
      return "{link to " + reference.name + "}";
    case Reference::Kind::named:
      break;
  }
  return "{" + reference.name + "}";
}

std::string shown(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : shown(std::get<Reference>(value));
}

std::string shown(const std::vector<Field>& fields, const char* separator) {
  std::string text;
  for (const auto& field : fields) {
    text += (text.empty() ? "" : separator) + field.name + "=" + shown(field.value);
  }
  return text;
}

std::string shown(const MediaBytes& bytes) {
  return "{bytes " + std::to_string(bytes.offset) + " to " +
         std::to_string(bytes.offset + bytes.length) + " of " + bytes.medium.value + "}";
}

struct BodyText {
  std::string operator()(const NoBody&) const { return {}; }
  std::string operator()(const EmptyBody&) const { return {}; }
  std::string operator()(const JsonBody& body) const { return body.text; }
  std::string operator()(const FormBody& body) const { return shown(body.fields, "&"); }
  std::string operator()(const MediaBytes& bytes) const { return shown(bytes); }
  std::string operator()(const MultipartBody& body) const {
    std::string text = shown(body.fields, "\n");
    if (!body.file_field.empty()) text += "\n" + body.file_field + "=" + shown(body.file);
    return text;
  }
};

PlannedCall planned(const Call& call) {
  PlannedCall plan;
  plan.visible = call.effect == Effect::publish;
  plan.step = call.step;
  plan.method = call.method;
  plan.url = call.url;
  if (!call.query.empty()) plan.url += "?" + shown(call.query, "&");
  for (const auto& [name, value] : call.headers) plan.headers.emplace_back(name, shown(value));
  if (call.carrier == TokenCarrier::basic_client) {
    plan.headers.emplace_back("Authorization", "Basic {app id and secret}");
  } else if (call.carrier != TokenCarrier::none) {
    const char* scheme = call.carrier == TokenCarrier::bearer ? "Bearer " : "OAuth ";
    plan.headers.emplace_back("Authorization", scheme + shown(call.token));
  }
  plan.body = std::visit(BodyText{}, call.body);
  return plan;
}

// Of calls that are alike, such as the pieces of a file, the first and the last say all.
void add(PlannedCall call, std::vector<PlannedCall>& plan) {
  const auto same = [&](const PlannedCall& other) {
    return other.step == call.step && other.method == call.method && !call.visible;
  };
  const bool third = plan.size() >= 2 && same(plan.back()) && same(plan[plan.size() - 2]);
  if (third) plan.pop_back();
  plan.push_back(std::move(call));
}

// Adds the calls of one flow, as far as the platform can imagine the answers. What it ends with.
std::optional<Outcome> add_calls(const Platform& platform, Flow flow, Input& input,
                                 std::vector<PlannedCall>& plan) {
  const FlowSteps& steps = platform.flow(flow);
  if (!steps || platform.imagine == nullptr) return std::nullopt;
  Course course;
  std::optional<Exchange> heard;
  for (int turns = 0; turns < kTurnsMax && plan.size() < kCallsMax; ++turns) {
    Turn turn = advance(steps, input, std::move(course), heard);
    course = std::move(turn.course);
    heard.reset();
    if (const auto* rest = std::get_if<Rest>(&turn.action)) {
      input.now += rest->delay;
      continue;
    }
    if (auto* end = std::get_if<Settle>(&turn.action)) {
      auto* outcome = std::get_if<Outcome>(&end->end);
      return outcome ? std::optional(std::move(*outcome)) : std::nullopt;
    }
    const Call& call = std::get<Send>(turn.action).call;
    add(planned(call), plan);
    if (call.effect == Effect::publish) input.begun_at = input.platform_time = input.now;
    heard = Exchange{call.effect, platform.imagine(input, course.progress, call)};
  }
  return std::nullopt;
}

}  // namespace

std::vector<PlannedCall> planned_calls(const Platform& platform, Input input) {
  std::vector<PlannedCall> plan;
  if (platform.spec->lookup.before_publish) {
    auto outcome = add_calls(platform, Flow::lookup, input, plan);
    auto* facts = outcome ? std::get_if<LookedUp>(&*outcome) : nullptr;
    // What is known is nearer to the truth than what is imagined.
    if (facts != nullptr && !input.looked_up.known()) input.looked_up = std::move(*facts);
  }
  add_calls(platform, Flow::publish, input, plan);
  return plan;
}

Result<std::vector<TargetPlan>> Compose::plan(const Caller& caller, const PostDraft& draft) {
  HERALD_TRY(Prepared prepared, prepare(caller, draft));
  for (const auto& problem : prepared.problems) {
    if (problem.violation.severity == Violation::Severity::error) {
      return fail(ErrorKind::invalid, problem.violation.message, "a plan needs a sound draft");
    }
  }
  std::vector<TargetPlan> plans;
  for (std::size_t i = 0; i < prepared.inputs.size(); ++i) {
    const Delivery& delivery = prepared.deliveries[i];
    HERALD_TRY(const Account account, ports_.store.find_account(caller.scope, delivery.account));
    HERALD_TRY(const Grant grant, grant_of(ports_.store, caller.scope, account));
    const Registration* registration = registrations_.find(grant);
    if (registration == nullptr) return fail(ErrorKind::internal, "This platform is gone.");
    const Platform& platform = *registration->platform;
    TargetPlan plan;
    plan.account = delivery.account;
    plan.calls = planned_calls(platform, prepared.inputs[i]);
    if (platform.quota != nullptr) plan.quota = platform.quota(prepared.inputs[i]);
    plans.push_back(std::move(plan));
  }
  return plans;
}

}  // namespace herald

#include "platforms/twitter.h"

#include <algorithm>

#include "domain/check.h"
#include "platforms/oauth_code.h"
#include "platforms/steps.h"

namespace herald {
namespace twitter_flows {
namespace {

// ---------------------------------------------------------------- Tokens

// The app is named in the form as well: some answers miss it there, beside the header.
Step naming_the_client(Step step, const Input& input) {
  auto* call = std::get_if<Call>(&step);
  auto* form = call == nullptr ? nullptr : std::get_if<FormBody>(&call->body);
  if (form != nullptr) form->fields.push_back({"client_id", input.app.client_id});
  return step;
}

// X says "invalid_request" of codes and tokens that are spent, where the standard says
// "invalid_grant". A field that is missing is called the same; Herald sends them all.
Answer by_the_standard(Answer answer) {
  const JsonAnswer json(answer.body);
  if (answer.status == 400 && json.text("/error") == "invalid_request") {
    answer.body = R"({"error":"invalid_grant"})";
  }
  return answer;
}

Call to_api(std::string step, std::string_view path) {
  Call call;
  call.step = std::move(step);
  call.url = "https://api.x.com/2/" + std::string(path);
  call.carrier = TokenCarrier::bearer;
  call.token = {Reference::Kind::user_token, ""};
  call.keep_headers = {"x-rate-limit-reset", "x-user-limit-24hour-remaining",
                       "x-user-limit-24hour-reset", "x-app-limit-24hour-remaining",
                       "x-app-limit-24hour-reset"};
  return call;
}

}  // namespace

FlowSteps connect() {
  return {[](const Input& i, const Progress& p) {
            return naming_the_client(exchange_next(spec(), i, p), i);
          },
          [](const Input& i, const Progress& p, const Answer& a) {
            return exchange_absorb(spec(), i, p, by_the_standard(a));
          }};
}

FlowSteps refresh() {
  return {[](const Input& i, const Progress& p) {
            return naming_the_client(refresh_next(spec(), i, p), i);
          },
          [](const Input& i, const Progress& p, const Answer& a) {
            return refresh_absorb(spec(), i, p, by_the_standard(a));
          }};
}

FlowSteps revoke() {
  return {[](const Input& i, const Progress& p) {
            return naming_the_client(revoke_next(spec(), i, p), i);
          },
          [](const Input& i, const Progress& p, const Answer& a) {
            return revoke_absorb(spec(), i, p, by_the_standard(a));
          }};
}

// ---------------------------------------------------------------- What the flows share

Call ask(std::string step, std::string_view path, std::vector<Field> query) {
  Call call = to_api(std::move(step), path);
  call.query = std::move(query);
  return call;
}

Call send_json(std::string step, std::string_view path, std::string json) {
  Call call = to_api(std::move(step), path);
  call.method = "POST";
  call.body = JsonBody{std::move(json), {}};
  return call;
}

std::vector<std::string> parts_of(const Input& input) {
  std::vector<std::string> parts{input.text};
  for (auto& text : tags_of(input.options, "thread")) parts.push_back(std::move(text));
  return parts;
}

std::string post_id_in(std::string_view text) {
  constexpr std::string_view kBefore = "/status/";
  if (const auto found = text.find(kBefore); found != text.npos) {
    text.remove_prefix(found + kBefore.size());
    text = text.substr(0, text.find_first_of("/?#"));
  }
  const bool digits = text.find_first_not_of("0123456789") == text.npos;
  return !text.empty() && text.size() <= 19 && digits ? std::string(text) : std::string();
}

std::string post_url(const Input& input, const std::string& id) {
  const std::string& name = input.account.username;
  return "https://x.com/" + (name.empty() ? "i" : name) + "/status/" + id;
}

std::string fields_name(const Notes& notes) {
  return notes.has("fields") ? notes.text("fields") : "tweet.fields";
}

bool learns_fields_name(const Answer& answer, Notes& notes) {
  const bool refused =
      answer.status == 400 && JsonAnswer(answer.body).has("/errors/0/parameters/tweet.fields");
  if (!refused || notes.has("fields")) return false;
  notes.set("fields", "post.fields");
  return true;
}

FlowSteps follow_up() {
  return {[](const Input& input, const Progress&) -> Step {
            return Error{ErrorKind::internal,
                         "Herald does not know this kind of work.",
                         input.follow_up,
                         {},
                         {}};
          },
          [](const Input&, const Progress& progress, const Answer& answer) {
            return in_doubt(Notes(progress), nonsense(answer, "X"));
          }};
}

}  // namespace twitter_flows

namespace {

using namespace twitter_flows;

std::vector<QuotaCost> quota(const Input& input) {
  const auto posts = static_cast<std::int64_t>(parts_of(input).size());
  return {{"posts.quarter_hour", posts}, {"posts.daily", posts}};
}

}  // namespace

const Platform& twitter() {
  static const Platform kPlatform{
      .spec = &spec(),
      .check = check,
      .follow_ups = [](const Input&) { return std::vector<std::string>(); },
      .quota = quota,
      .flows = flows_of({{Flow::connect, connect()},
                         {Flow::refresh, refresh()},
                         {Flow::revoke, revoke()},
                         {Flow::discover, discover()},
                         {Flow::lookup, lookup()},
                         {Flow::publish, publish()},
                         {Flow::find, find()},
                         {Flow::follow_up, follow_up()},
                         {Flow::measure, measure()}}),
      .imagine = imagine};
  return kPlatform;
}

}  // namespace herald

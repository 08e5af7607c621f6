#include "platforms/mastodon.h"

#include <charconv>

#include "domain/check.h"
#include "platforms/oauth_code.h"
#include "platforms/steps.h"

namespace herald {
namespace mastodon_flows {
namespace {

Error ended() {
  return {ErrorKind::unauthorized,
          "The connection to Mastodon ended. Reconnect to continue; your posts are kept.",
          "tokens are not renewed",
          {},
          "grant_refused"};
}

}  // namespace

// ---------------------------------------------------------------- Tokens

FlowSteps connect() { return code_exchange<spec>(); }

// A token lasts until the person or we end it; there is none to renew it with.
FlowSteps refresh() {
  return {[](const Input&, const Progress&) -> Step { return ended(); },
          [](const Input&, const Progress& progress, const Answer& answer) {
            return in_doubt(Notes(progress), nonsense(answer, "Mastodon"));
          }};
}

FlowSteps revoke() {
  return {[](const Input& input, const Progress& progress) -> Step {
            if (auto error = elsewhere(input)) return std::move(*error);
            return revoke_next(spec(), input, progress);
          },
          [](const Input& input, const Progress& progress, const Answer& answer) {
            return revoke_absorb(spec(), input, progress, answer);
          }};
}

// ---------------------------------------------------------------- Calls

Call ask(const Input& input, std::string step, std::string_view path, std::vector<Field> query) {
  Call call;
  call.step = std::move(step);
  call.url = "https://" + input.app.instance + "/api/" + std::string(path);
  call.query = std::move(query);
  call.carrier = TokenCarrier::bearer;
  call.token = {Reference::Kind::user_token, ""};
  call.keep_headers = {"x-ratelimit-reset", "retry-after"};
  return call;
}

std::string remote_id_of(const Input& input, std::string_view id) {
  return std::string(id) + "@" + input.app.instance;
}

std::string account_id(const Input& input) {
  return input.account.remote_id.substr(0, input.account.remote_id.find('@'));
}

std::optional<Error> elsewhere(const Input& input) {
  const std::string& id = input.account.remote_id;
  if (id.empty() || id == remote_id_of(input, account_id(input))) return std::nullopt;
  return Error{ErrorKind::unauthorized,
               "This account is of another Mastodon server than this Herald uses now (" +
                   input.app.instance + "). Connect an account of that one.",
               "account " + id,
               {},
               "grant_refused"};
}

// ---------------------------------------------------------------- What the flows share

std::vector<std::string> parts_of(const Input& input) {
  std::vector<std::string> parts{input.text};
  for (auto& text : tags_of(input.options, "thread")) parts.push_back(std::move(text));
  return parts;
}

std::int64_t live_number(const Input& input, const std::string& name, std::int64_t otherwise) {
  const auto found = input.looked_up.facts.find(name);
  if (found == input.looked_up.facts.end()) return otherwise;
  std::int64_t number = 0;
  const char* end = found->second.data() + found->second.size();
  const auto [stopped, error] = std::from_chars(found->second.data(), end, number);
  return error == std::errc() && stopped == end && number > 0 ? number : otherwise;
}

std::string url_in(const JsonAnswer& json, const std::string& post) {
  std::string url = json.text(post + "/url");
  return url.starts_with("https://") ? url : std::string();
}

std::string folded(std::string_view text) {
  std::string lines;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (!pair) lines += text[i] == '\r' ? '\n' : text[i];
  }
  const auto begin = lines.find_first_not_of(" \t\n");
  if (begin == lines.npos) return {};
  return lines.substr(begin, lines.find_last_not_of(" \t\n") + 1 - begin);
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
            return in_doubt(Notes(progress), nonsense(answer, "Mastodon"));
          }};
}

}  // namespace mastodon_flows

namespace {

using namespace mastodon_flows;

std::vector<QuotaCost> quota(const Input& input) {
  std::vector<QuotaCost> costs{
      {"posts.three_hours", static_cast<std::int64_t>(parts_of(input).size())}};
  const auto files = static_cast<std::int64_t>(input.media.size());
  if (files > 0) costs.push_back({"uploads.half_hour", files});
  return costs;
}

}  // namespace

const Platform& mastodon() {
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

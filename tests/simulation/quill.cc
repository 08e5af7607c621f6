#include "simulation/quill.h"

#include <boost/json.hpp>
#include <ranges>

#include "platforms/json_answer.h"
#include "platforms/oauth_code.h"
#include "platforms/steps.h"

namespace herald::simulation {
namespace {

using namespace std::chrono_literals;

Call call_of(std::string step, std::string method, const std::string& path) {
  Call call;
  call.step = std::move(step);
  call.method = std::move(method);
  call.url = kQuillApi + path;
  call.carrier = TokenCarrier::bearer;
  call.token = {Reference::Kind::user_token, ""};
  return call;
}

// Whatever is not in this table is unknown.
Absorbed failed(const Notes& notes, const Answer& answer) {
  const auto error = [&](ErrorKind kind, const char* code) {
    return Error{kind, "Quill said no.", "status " + std::to_string(answer.status),
                 retry_after(answer), code};
  };
  if (answer.status == 401) return refused(notes, error(ErrorKind::unauthorized, "token"));
  if (answer.status == 422) return refused(notes, error(ErrorKind::invalid, "text"));
  if (answer.status == 429) return refused(notes, error(ErrorKind::rate_limited, "rate"));
  return in_doubt(notes, nonsense(answer, "Quill"));
}

// Notes: "drafted" the draft of the thread, "ids" of the parts that are out, "rest".
Step publish_next(const Input& input, const Progress& progress) {
  Notes notes(progress);
  if (const auto delay = notes.number("rest"); delay > 0) {
    return rest(Duration(delay), notes.erase("rest"));
  }
  if (!notes.has("drafted")) return call_of("draft", "POST", "drafts");
  const auto parts = parts_of(input.text);
  const auto& ids = notes.list("ids");
  if (ids.size() >= parts.size()) {
    return finished(Published{ids.front(), "https://quill.test/" + ids.front(), {}});
  }
  Call call = call_of("post", "POST", "posts");
  call.effect = Effect::publish;
  const boost::json::object body{{"text", parts[ids.size()]},
                                 {"reply_to", ids.empty() ? std::string() : ids.back()}};
  call.body = JsonBody{boost::json::serialize(body), {}};
  return call;
}

Absorbed publish_absorb(const Input&, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  const bool drafting = !notes.has("drafted");
  // Busy: certainly not taken.
  if (answer.status == 425) return not_yet(notes.set("rest", 5000));
  const std::string id = JsonAnswer(answer.body).text("/id");
  if (answer.status != 201 || id.empty()) return failed(notes, answer);
  return accepted(drafting ? notes.set("drafted", id) : notes.add("ids", id));
}

// Notes: "looked", and the "id" that was found.
Step find_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("looked")) return call_of("look", "GET", "posts");
  Notes publish(input.publish_progress);
  if (!notes.has("id")) return finished(Found{Found::What::absent, {}, publish.progress()});
  publish.add("ids", notes.text("id"));
  return finished(Found{Found::What::accepted, {}, publish.progress()});
}

Absorbed find_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  const JsonAnswer json(answer.body);
  if (answer.status != 200 || !json.has("/data")) return failed(notes, answer);
  const auto parts = parts_of(input.text);
  const Notes publish(input.publish_progress);
  const auto& ids = publish.list("ids");
  for (std::size_t i = 0; i < json.size("/data"); ++i) {
    const bool ours = std::ranges::find(ids, json.text(at("/data", i, "/id"))) != ids.end();
    if (!ours && json.text(at("/data", i, "/text")) == parts.at(ids.size())) {
      notes.set("id", json.text(at("/data", i, "/id")));
    }
  }
  return accepted(notes.set("looked", "yes"));
}

Step discover_next(const Input&, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("id")) return call_of("who is it", "GET", "me");
  DiscoveredAccount account;
  account.remote_id = account.name = account.username = notes.text("id");
  return finished(Discovered{{account}});
}

Absorbed discover_absorb(const Input&, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  const std::string id = JsonAnswer(answer.body).text("/id");
  if (answer.status != 200 || id.empty()) return failed(notes, answer);
  return accepted(notes.set("id", id));
}

const PlatformSpec& spec() {
  static const PlatformSpec kSpec{
      .id = PlatformId("quill"),
      .name = "Quill",
      .kinds = {{.id = "thread", .label = "Thread"}},
      .scopes = {{"write", "Post."}},
      .api_version = {"v1", std::nullopt, {}},
      .oauth = {.authorize_url = "https://id.quill.test/authorize",
                .pkce = Pkce::s256,
                .token_url = kQuillToken,
                .revoke_url = "https://id.quill.test/revoke",
                .rotates = true},
      .token_hosts = {"api.quill.test", "id.quill.test"},
      .listing_lag = 2min,
  };
  return kSpec;
}

Platform built() {
  Platform platform{.spec = &spec()};
  const auto put = [&](Flow flow, FlowSteps steps) {
    platform.flows[static_cast<std::size_t>(flow)] = steps;
  };
  put(Flow::connect, code_exchange<spec>());
  put(Flow::refresh, token_refresh<spec>());
  put(Flow::revoke, token_revocation<spec>());
  put(Flow::discover, {discover_next, discover_absorb});
  put(Flow::publish, {publish_next, publish_absorb});
  put(Flow::find, {find_next, find_absorb});
  return platform;
}

}  // namespace

const Platform& quill() {
  static const Platform kPlatform = built();
  return kPlatform;
}

std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts;
  for (const auto part : std::views::split(text, std::string_view(kPartMark))) {
    parts.emplace_back(part.begin(), part.end());
  }
  return parts;
}

}  // namespace herald::simulation

// A platform as small as can be, with the use cases standing on it. For tests.
//
// Each of its flows is a call or two to the URLs below, and the answer says what comes of it: 200
// goes on, 202 is "not yet", 400 refuses the post, 401 the grant, 403 a permission, 429 says wait
// (so many seconds, in the body). What else there is, is unknown.
#pragma once

#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "app/app_rig.h"
#include "app/connect.h"
#include "app/follow_ups.h"
#include "app/notices.h"
#include "app/refresher.h"
#include "app/runner.h"

namespace herald::testing {
namespace toy {

inline constexpr const char* kConnect = "https://toy.test/connect";
inline constexpr const char* kRefresh = "https://toy.test/refresh";
inline constexpr const char* kDiscover = "https://toy.test/discover";
inline constexpr const char* kRevoke = "https://toy.test/revoke";
inline constexpr const char* kUpload = "https://toy.test/upload";  // Prepares.
inline constexpr const char* kPost = "https://toy.test/post";      // Visible.
inline constexpr const char* kFind = "https://toy.test/find";
inline constexpr const char* kComment = "https://toy.test/comment";  // Visible.
inline constexpr const char* kLook = "https://toy.test/look";        // For the comment.

using Words = std::vector<std::string>;

inline Words words_of(const std::string& text) {
  std::istringstream stream(text);
  Words words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// Progress: how many calls were accepted, and what the last one said. A 'w' before it: wait first.
inline int calls_made(const Progress& progress) { return progress.empty() ? 0 : progress[0] - '0'; }
inline std::string said(const Progress& progress) {
  return progress.empty() ? std::string() : progress.substr(1);
}

inline Absorbed refused(ErrorKind kind, const char* code) {
  return {.verdict = Verdict::refused, .error = {kind, "It said no.", {}, {}, code}};
}

inline Absorbed absorb(const Input&, const Progress& before, const Answer& answer) {
  switch (answer.status) {
    case 200:
      return {.verdict = Verdict::accepted,
              .progress = std::to_string(calls_made(before) + 1) + answer.body,
              .error = {}};
    case 202:
      return {.verdict = Verdict::not_yet, .progress = "w" + before, .error = {}};
    case 400:
      return refused(ErrorKind::invalid, "caption_too_long");
    case 401:
      return refused(ErrorKind::unauthorized, "grant_refused");
    case 403:
      return refused(ErrorKind::unauthorized, "permission_missing");
    case 429: {
      Absorbed later = refused(ErrorKind::rate_limited, "too_many");
      if (!answer.body.empty()) later.error.retry_after = std::chrono::seconds(stoi(answer.body));
      return later;
    }
    default:
      return {.verdict = Verdict::unknown,
              .progress = {},
              .error = {ErrorKind::unavailable, "It is down.", {}, {}, "down"}};
  }
}

inline Call call(std::string step, const char* url, std::vector<Field> fields,
                 Effect effect = Effect::prepare) {
  Call call;
  call.step = std::move(step);
  call.effect = effect;
  call.method = "POST";
  call.url = url;
  call.body = FormBody{std::move(fields)};
  return call;
}

inline const Reference kUserToken{Reference::Kind::user_token, {}};

// "lives:3600 rotated due:60 as:ada can:post": what a token answer grants. Without "can:" it says
// nothing about scopes; "can:" alone is none.
inline Granted granted(const std::string& text, Time now) {
  Granted what{.tokens = {{"access", "secret:access", {}}}, .scopes = {}, .refresh_due_at = {}};
  for (const auto& word : words_of(text)) {
    const auto rest = word.substr(std::min(word.size(), word.find(':') + 1));
    if (word == "rotated") what.tokens.push_back({"refresh", "secret:refresh", {}});
    if (word.starts_with("lives:")) {
      what.tokens[0].expires_at = now + std::chrono::seconds(stoi(rest));
    }
    if (word.starts_with("due:")) what.refresh_due_at = now + std::chrono::seconds(stoi(rest));
    if (word.starts_with("as:")) what.subject = rest;
    if (word.starts_with("can:")) {
      if (!what.scopes) what.scopes.emplace();
      if (!rest.empty()) what.scopes->push_back(rest);
    }
  }
  return what;
}

inline Step connect_next(const Input& input, const Progress& progress) {
  if (!progress.empty()) return Finished{granted(said(progress), input.now)};
  Call one = call("exchange", kConnect,
                  {{"code", Reference{Reference::Kind::named, "code"}},
                   {"code_verifier", Reference{Reference::Kind::named, "code_verifier"}},
                   {"redirect_uri", input.parameters.at("redirect_uri")}});
  one.secrets = {{"/access_token", "access"}, {"/refresh_token", "refresh"}};
  return one;
}

inline Step refresh_next(const Input& input, const Progress& progress) {
  if (!progress.empty()) return Finished{granted(said(progress), input.now)};
  Call one =
      call("refresh", kRefresh, {{"refresh_token", Reference{Reference::Kind::refresh_token, {}}}});
  one.secrets = {{"/access_token", "access"}, {"/refresh_token", "refresh"}};
  return one;
}

// "channel-1 channel-2!": accounts; one with '!' cannot be used. They are the first one's.
inline Step discover_next(const Input&, const Progress& progress) {
  if (progress.empty()) return call("discover", kDiscover, {{"token", kUserToken}});
  Discovered found;
  for (auto word : words_of(said(progress))) {
    DiscoveredAccount account;
    account.usable = word.back() != '!';
    if (!account.usable) word.pop_back();
    account.remote_id = account.name = word;
    if (found.subject.empty()) found.subject = word;
    found.accounts.push_back(std::move(account));
  }
  return Finished{std::move(found)};
}

inline Step publish_next(const Input&, const Progress& progress) {
  if (progress.starts_with('w')) return Wait{std::chrono::seconds(30), progress.substr(1), {}};
  switch (calls_made(progress)) {
    case 0:
      return call("upload", kUpload, {{"token", kUserToken}});
    case 1:
      return call("post", kPost, {{"token", kUserToken}}, Effect::publish);
    default:
      return Finished{Published{said(progress), "https://toy.test/p/" + said(progress), {}}};
  }
}

inline Step find_next(const Input&, const Progress& progress) {
  if (progress.empty()) return call("find", kFind, {{"token", kUserToken}});
  Found found;
  const std::string what = said(progress);
  if (what == "live") found = {Found::What::live, {"remote-1", {}, {}}, {}, false};
  if (what == "absent") found = {Found::What::absent, {}, "1again", false};
  if (what == "absent once") found = {Found::What::absent, {}, "1again", true};
  return Finished{std::move(found)};
}

inline Step follow_up_next(const Input& input, const Progress& progress) {
  const std::string heard = said(progress);
  if (heard == "done" || heard == "there") return Finished{Published{}};
  if (progress.empty() && input.begun_at) return call("look", kLook, {});
  return call(input.follow_up, kComment, {{"token", kUserToken}}, Effect::publish);
}

inline Step revoke_next(const Input&, const Progress& progress) {
  if (!progress.empty()) return Finished{Done{}};
  return call("revoke", kRevoke, {{"token", kUserToken}});
}

inline PlatformSpec spec(const std::string& id) {
  PlatformSpec spec;
  spec.id = PlatformId(id);
  spec.name = "Toy";
  spec.account_type = "channel";
  spec.kinds = {{.id = "text", .label = "text"}};
  spec.scopes = {{.name = "post", .why = "to post", .required = true},
                 {.name = "like", .why = "to like", .required = false}};
  spec.token_hosts = {"toy.test"};
  spec.oauth.authorize_url = "https://toy.test/authorize";
  spec.listing_lag = std::chrono::minutes(5);
  return spec;
}

inline Platform platform(const PlatformSpec& spec) {
  Platform platform;
  platform.spec = &spec;
  const auto flow = [&](Flow flow, Step (*next)(const Input&, const Progress&)) {
    platform.flows[static_cast<std::size_t>(flow)] = {next, absorb};
  };
  flow(Flow::connect, connect_next);
  flow(Flow::refresh, refresh_next);
  flow(Flow::discover, discover_next);
  flow(Flow::publish, publish_next);
  flow(Flow::find, find_next);
  flow(Flow::follow_up, follow_up_next);
  flow(Flow::revoke, revoke_next);
  return platform;
}

inline Registration registration(const Platform& platform, std::string client_id) {
  Registration one;
  one.platform = &platform;
  one.client_id = std::move(client_id);
  one.client_secret = Secret("app secret");
  one.redirect_uri = "https://herald.test/callback/" + platform.spec->id.value;
  return one;
}

}  // namespace toy

// The scripted network, which asks before the first byte whether it may send, as the real one does,
// and loses answers.
class Wire final : public Transport {
 public:
  Wire(Executor& executor, Transport& far) : executor_(executor), far_(far) {}
  // The next call that begins so arrives, and its answer does not.
  void lose_answer(std::string url) { losing_ = std::move(url); }
  bool cut = false;   // Nothing can be sent.
  bool hold = false;  // What is sent now takes until release().
  void release() {
    hold = false;
    for (auto& one : std::exchange(held_, {})) one();
  }

  std::optional<Time> last_date(std::string_view url) const override { return far_.last_date(url); }
  void send(Dispatch dispatch, std::function<void(Received)> done) override {
    executor_.post([this, dispatch = std::move(dispatch), done = std::move(done)] {
      Received none;
      none.answer.arrival = Answer::Arrival::nothing_sent;
      if (cut || (dispatch.may_send && !dispatch.may_send())) return done(std::move(none));
      if (hold) return held_.push_back([this, dispatch, done] { far_.send(dispatch, done); });
      const bool lost = !losing_.empty() && dispatch.call.url.starts_with(losing_);
      if (!lost) return far_.send(dispatch, done);
      losing_.clear();
      far_.send(dispatch, [done](const Received&) {
        Received gone;
        gone.answer.arrival = Answer::Arrival::maybe_sent;
        done(std::move(gone));
      });
    });
  }

 private:
  Executor& executor_;
  Transport& far_;
  std::string losing_;
  std::vector<std::function<void()>> held_;
};

// Where a machine's wall clock jumps, this one does not.
struct FlowClock final : Clock {
  explicit FlowClock(const Clock& wall_clock) : wall(wall_clock) {}
  Time now() const override { return wall.now() - jumped; }
  const Clock& wall;
  Duration jumped{};
};

// A process beside the rig's own, on the same store, with work and a network of its own.
struct ToyProcess {
  ToyProcess(AppRig& rig, const Registrations& registrations)
      : executor(rig.clock),
        dialogues(rig.clock, executor, wire),
        vault(rig.store, rig.sealer, rig.clock, executor, rig.random, dialogues, rig.events,
              registrations) {}
  HandExecutor executor;
  FakeTransport transport{executor};
  Wire wire{executor, transport};
  Dialogues dialogues;
  Vault vault;
};

struct ToyRig : AppRig {
  ToyRig() = default;
  ToyRig(const ToyRig&) = delete;

  // An account with the remote id `name`, on a grant of its own that holds "access-1" and
  // "refresh-1".
  Account add_account(const Caller& who, const std::string& name,
                      std::optional<Duration> lives = {}) {
    Grant grant;
    grant.id = GrantId("grt-" + name);
    grant.customer = who.scope.customer();
    grant.user = who.user;
    grant.platform = spec.id;
    grant.registration = "main";
    grant.subject = name;
    grant.scopes = {"post", "like"};
    grant.created_at = grant.updated_at = clock.now();
    if (lives) grant.access_expires_at = clock.now() + *lives;
    TokenSet tokens;
    tokens.insert_or_assign("access", Token{Secret("access-1"), grant.access_expires_at});
    tokens.insert_or_assign("refresh", Token{Secret("refresh-1"), {}});
    grant.sealed_tokens = vault.seal_tokens(grant, tokens).value();
    Account account;
    account.id = AccountId("acc-" + name);
    account.customer = grant.customer;
    account.user = grant.user;
    account.platform = grant.platform;
    account.grant = grant.id;
    account.remote_id = account.name = name;
    return store.connect(who.scope, {grant, {account}}).value().at(0);
  }
  Grant grant_of(const Account& account) {
    const auto scope = ScopeAuthority::of(account.customer);
    return store.find_grant(scope, store.find_account(scope, account.id)->grant).value();
  }
  // The stored token of a kind.
  std::string token_of(const Account& account, const std::string& kind) {
    const auto tokens = vault.open_tokens(grant_of(account));
    return tokens ? std::string(tokens->at(kind).secret.reveal()) : tokens.error().message;
  }

  // A post to that account alone. The ids of both are `name`.
  void add_post(const Account& account, const std::string& name, Duration ahead = {}) {
    const auto scope = ScopeAuthority::of(account.customer);
    Post post;
    post.id = PostId(name);
    post.customer = account.customer;
    post.user = account.user;
    post.targets = {{.account = account.id, .kind = "text"}};
    Delivery delivery;
    delivery.id = DeliveryId(name);
    delivery.customer = account.customer;
    delivery.user = account.user;
    delivery.post = post.id;
    delivery.account = account.id;
    delivery.platform = account.platform;
    delivery.kind = "text";
    delivery.due_at = delivery.publish_at = clock.now() + ahead;
    delivery.missed_after = delivery.due_at + std::chrono::hours(24);
    (void)store.create_post(scope, post, {delivery}, {}, {}).value();
  }
  Delivery delivery(const Account& account, const std::string& name) {
    return store.find_delivery(ScopeAuthority::of(account.customer), DeliveryId(name)).value();
  }
  // The wall clock is set; no time passes.
  void jump(Duration by) {
    clock.advance(by);
    flow_clock.jumped += by;
  }
  // Claims what is due and runs it until nothing more happens by itself. How many.
  int work() {
    auto rows = store.claim_due(clock.now(), std::chrono::seconds(60), 50).value();
    const auto count = static_cast<int>(rows.size());
    for (auto& row : rows) runner.take(std::move(row), [] {});
    executor.run();
    return count;
  }

  static std::vector<Registration> registered(const Platform& one, const Platform& two) {
    std::vector<Registration> all;
    all.push_back(toy::registration(one, "herald"));
    all.push_back(toy::registration(two, ""));
    return all;
  }

  PlatformSpec spec = toy::spec("toy");
  PlatformSpec idle_spec = toy::spec("idle");  // Nobody has set it up.
  Platform platform = toy::platform(spec);
  Platform idle = toy::platform(idle_spec);
  Registrations registrations{registered(platform, idle)};
  Wire wire{executor, transport};
  FlowClock flow_clock{clock};
  Dialogues dialogues{clock, executor, wire};
  Vault vault{store, sealer, clock, executor, random, dialogues, events, registrations};
  Conduct conduct{clock, executor, random, wire, log, vault};
  Connect connect{{store, sealer, clock, flow_clock, random, digest, hosts, events, log},
                  vault,
                  dialogues,
                  registrations};
  Runner runner{{store, sealer, clock, random, events, log}, conduct, dialogues, registrations};
  FollowUps follow_ups{{store, sealer, clock, random, events}, conduct, registrations};
  Refresher refresher{store, vault, clock, log};
  Notices notices{{store, clock, digest, events}, registrations};
  const Caller ada = caller("acme", "ada");
  const Caller bob = caller("bolt", "bob");
};

}  // namespace herald::testing

#include "app/dialogue.h"

#include <utility>

#include "ports/spec_address.h"

namespace herald {
namespace {

constexpr int kCallsMax = 200;  // Paging through a large discovery stays below.

SecretSet copy_of(const SecretSet& set) {
  SecretSet copy;
  copy.client_id = set.client_id;
  copy.app_secret = set.app_secret.clone();
  copy.user_token = set.user_token.clone();
  copy.account_token = set.account_token.clone();
  copy.refresh_token = set.refresh_token.clone();
  for (const auto& [name, secret] : set.named) copy.named.emplace(name, secret.clone());
  return copy;
}

// The engine's words for doubt are about posts; here something else was asked for once.
Error unclear(const std::string& detail) {
  return {ErrorKind::unavailable,
          "The platform gave no clear answer. Try again.",
          detail,
          {},
          "no_clear_answer"};
}

}  // namespace

struct Dialogues::Run {
  const Platform& platform;
  Flow flow;
  Input input;
  CustomerId customer;
  std::shared_ptr<SecretSet> secrets;  // Never written once a call holds it: see take().
  std::function<void(DialogueEnd)> done;
  std::function<bool()> may_send;
  Course course{};
  int calls = 0;
  Answer::Arrival last = Answer::Arrival::answered;
  std::map<std::string, Secret> won{};
  std::vector<std::string> trace{};

  void take(std::map<std::string, Secret> secrets_won) {
    if (secrets_won.empty()) return;
    auto grown = std::make_shared<SecretSet>(copy_of(*secrets));
    for (auto& [name, secret] : secrets_won) {
      grown->named.insert_or_assign("secret:" + name, secret.clone());
      won.insert_or_assign("secret:" + name, std::move(secret));
    }
    secrets = std::move(grown);
  }

  void end(Result<Outcome> outcome) {
    done({std::move(outcome), std::move(won), last == Answer::Arrival::maybe_sent,
          last == Answer::Arrival::nothing_sent, std::move(trace)});
  }
};

std::string shown(const Call& call) {
  std::string_view url = call.url;
  if (const auto scheme = url.find("://"); scheme != url.npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("?#"));
  return call.method + " " + std::string(url);
}

void Dialogues::run(const Platform& platform, Flow flow, Input input, CustomerId customer,
                    std::shared_ptr<SecretSet> secrets, std::function<void(DialogueEnd)> done,
                    std::function<bool()> may_send) {
  auto run = std::make_shared<Run>(Run{platform, flow, std::move(input), std::move(customer),
                                       std::move(secrets), std::move(done), std::move(may_send)});
  if (!platform.flow(flow)) {
    run->end(fail(ErrorKind::internal, "This platform does not offer that.", "flow is missing"));
    return;
  }
  step(std::move(run), std::nullopt);
}

void Dialogues::step(std::shared_ptr<Run> run, std::optional<Exchange> heard) {
  run->input.now = clock_.now();
  Turn turn = advance(run->platform.flow(run->flow), run->input, std::move(run->course), heard);
  run->course = std::move(turn.course);
  if (heard && !run->trace.empty()) {
    run->trace.back() += ": " + turn.heard + " (" + std::to_string(heard->answer.status) + ")";
  }

  if (auto* rest = std::get_if<Rest>(&turn.action)) {
    executor_.post_after(rest->delay, [this, run] { step(run, std::nullopt); });
    return;
  }
  if (auto* settle = std::get_if<Settle>(&turn.action)) {
    if (auto* error = std::get_if<Error>(&settle->end)) {
      if (settle->in_doubt) *error = unclear(error->detail);
      run->end(std::unexpected(std::move(*error)));
    } else {
      run->end(std::move(std::get<Outcome>(settle->end)));
    }
    return;
  }
  if (++run->calls > kCallsMax) {
    run->end(fail(ErrorKind::internal, "This took too many steps. Try again.", "too many calls"));
    return;
  }

  Call& call = std::get<Send>(turn.action).call;
  run->trace.push_back(shown(call));
  const Effect effect = call.effect;
  Dispatch dispatch{std::move(call), run->customer,
                    run->secrets,    token_hosts_of(*run->platform.spec, run->input.app),
                    run->may_send,   {}};
  transport_.send(std::move(dispatch), [this, run, effect](Received received) {
    run->last = received.answer.arrival;
    run->take(std::move(received.secrets));
    step(run, Exchange{effect, std::move(received.answer)});
  });
}

}  // namespace herald

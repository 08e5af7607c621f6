#include "http/toy_platform.h"

#include <list>

namespace herald::http {
namespace {

Step connect_next(const Input& input, const Progress& progress) {
  if (!progress.empty()) {
    return Finished{Granted{.tokens = {{"access", progress, input.now + std::chrono::hours(1)}},
                            .subject = "person-1"}};
  }
  Call call;
  call.step = "exchange the code";
  call.method = "POST";
  call.url = kToyTokenUrl;
  call.body = FormBody{{{"code", Reference{Reference::Kind::named, "code"}},
                        {"redirect_uri", input.parameters.at("redirect_uri")}}};
  call.secrets = {{"/access_token", "access"}};
  return call;
}

Absorbed connect_absorb(const Input&, const Progress&, const Answer& answer) {
  if (answer.status == 200) return {Verdict::accepted, "secret:access", {}, {}};
  return {Verdict::refused, {}, {ErrorKind::unauthorized, "It said no.", {}, {}, {}}, {}};
}

Step discover_next(const Input&, const Progress&) {
  DiscoveredAccount account;
  account.remote_id = "remote-1";
  account.name = "Toy account";
  account.kind = "account";
  account.picture_url = "http://toy.test/face.jpg";  // Not one to be shown.
  Discovered found{{account}};
  if (toy_opens_two) {
    account.remote_id = "remote-2";
    found.accounts.push_back(account);
  }
  return Finished{std::move(found)};
}

Absorbed discover_absorb(const Input&, const Progress&, const Answer&) { return {}; }

}  // namespace

const Platform& toy_platform(const Platform& instead_of) {
  struct Toy {
    PlatformSpec spec;
    Platform platform;
  };
  static std::list<Toy> toys;
  const PlatformSpec& card = *instead_of.spec;
  for (const auto& toy : toys) {
    if (toy.spec.id == card.id) return toy.platform;
  }
  Toy& toy = toys.emplace_back();
  toy.spec.id = card.id;
  toy.spec.name = card.name;
  toy.spec.sign_in = card.sign_in;
  toy.spec.variables = card.variables;
  toy.spec.variables.instance = "TOY_INSTANCE";
  toy.spec.oauth.authorize_url = "https://toy.test/" + card.id.value + "/authorize";
  toy.spec.token_hosts = {"toy.test"};
  toy.platform.spec = &toy.spec;
  toy.platform.flows[static_cast<std::size_t>(Flow::connect)] = {connect_next, connect_absorb};
  toy.platform.flows[static_cast<std::size_t>(Flow::discover)] = {discover_next, discover_absorb};
  return toy.platform;
}

}  // namespace herald::http

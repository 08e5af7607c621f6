#include "tests/isolation/world.h"

#include "generated/promises.h"
#include "tests/isolation/asking.h"

namespace herald::isolation {
namespace {

http::DoorOptions options_for(const StoreKind& kind, const std::string& folder) {
  http::DoorOptions options;
  options.store = [&] { return kind.open(folder); };
  options.limits.per_user.count = 0;
  options.limits.starts.count = 0;
  return options;
}

// What a GET shows and nothing else does: reads only, and ends.
bool is_reading(const Promise& promise) {
  return promise.method == "GET" && promise.operation != "initiate" &&
         promise.operation != "events" && !promise.operation.starts_with("oauth_callback");
}

// The tokens of links are new in every answer.
std::string without_links(std::string text) {
  static const std::string kLink = "/media/links/";
  for (auto at = text.find(kLink); at != text.npos; at = text.find(kLink, at + 1)) {
    const auto token = at + kLink.size();
    text.erase(token, text.find('/', token) - token);
  }
  return text;
}

}  // namespace

World::World(const StoreKind& kind)
    : rig_(options_for(kind, folder_.path())),
      rows_(kind, folder_.path(), rig_.alice.caller.scope.customer()) {
  const std::string moe = "moe@evil.test";
  const auto evil = rig_.mallory.caller.scope.customer();
  EXPECT_DONE(
      rig_.services().access.add_user(evil, moe, moe, Secret(http::kPassword), Role::member));
  askers_ = {{"the admin of another customer", rig_.mallory, false, {}},
             {"a member of another customer", rig_.signed_in(moe), false, {}},
             {"a colleague", rig_.bob, true, {}}};
  publish(rig_, rig_.alice);
  for (const Asker& asker : askers_) publish(rig_, asker.person);
  rig_.clock().advance(std::chrono::hours(2));  // Figures are due, and tokens over.
  measure(rig_);
  rig_.alice = rig_.signed_in(rig_.alice.email);
  alices_ = belongings_of(rig_, rig_.alice);
  for (Asker& asker : askers_) {
    asker.person = rig_.signed_in(asker.person.email);
    asker.own = belongings_of(rig_, asker.person);
  }
  shown();  // Looks up what is looked up once.
}

std::string World::shown() {
  std::string all;
  for (const Promise& promise : kPromises) {
    if (!is_reading(promise)) continue;
    const auto answer = ask(rig_, rig_.alice, alices_, promise, {});
    all += std::string(promise.operation) + ": " + without_links(http::blanked(answer)) + "\n";
  }
  return all;
}

std::string World::betrayed(const std::string& text) const {
  for (const auto& mark : alices_.marks) {
    if (text.contains(mark)) return mark;
  }
  return {};
}

std::string World::betrayed(const http::HttpAnswer& answer) const {
  std::string text = answer.body;
  for (const auto& [name, value] : answer.headers) text += "\n" + value;
  return betrayed(text);
}

}  // namespace herald::isolation

// What people do in a run: they make posts and change their minds, look where they are asked to,
// and reconnect what has ended.
#include <algorithm>

#include "simulation/trial.h"

namespace herald::simulation {
namespace {

using namespace std::chrono_literals;

constexpr Duration kTryAgain = 20s;
constexpr Duration kMeddleEvery = 3min;
constexpr Duration kJumpEvery = 15min;
constexpr Duration kReconnectWithin = 4min;

}  // namespace

Caller Trial::caller() const {
  return {ScopeAuthority::of(CustomerId("acme")), UserId("ann"), SessionId(), Role::member};
}

Grant Trial::grant_of(const AccountId& id) {
  const auto account = shared_.store.PassingStore::find_account(caller().scope, id).value();
  return shared_.store.PassingStore::find_grant(caller().scope, account.grant).value();
}

std::vector<Delivery> Trial::deliveries(const Wish& wish) {
  if (wish.post.empty()) return {};
  return shared_.store.deliveries_of(caller().scope, wish.post).value();
}

void Trial::create_posts() {
  const Time now = kDayOne + stage_.timeline.now();
  for (const auto& post : scene_.posts) {
    Wish wish;
    wish.number = static_cast<int>(wishes_.size());
    wish.platform = post.platform;
    wish.kind = post.kind;
    wish.account = accounts_[post.platform];
    wish.parts = post.parts;
    wish.comment = post.comment;
    wish.due = now + post.due;
    wish.lateness = post.lateness;
    wish.options = post.options;
    wish.place = post.place;
    add_media(wish, post.video_bytes);
    wishes_.push_back(std::move(wish));
  }
  for (std::size_t i = 0; i < wishes_.size(); ++i) try_create(i);
}

// Until the person is told that it is saved; always with the same key.
void Trial::try_create(std::size_t index) {
  Wish& wish = wishes_[index];
  if (Worker* worker = awake()) {
    as(*worker, [&](Worker& one) {
      const auto made = one.compose.create(caller(), wish.draft(1), wish.key());
      if (!made) return;
      if (has_error(made->problems)) {
        // Certainly not saved, and too late by now: the person picks another time.
        const Violation& why = made->problems.front().violation;
        if (why.rule != "due.past") return stage_.complain("not made: " + why.message);
        ++wish.requests;
        wish.due = WallClock(stage_, {}).now() + kTryAgain;
        return;
      }
      wish.post = made->id;
    });
    if (!wish.post.empty()) return;
  }
  stage_.timeline.after(kTryAgain, kWorld, [this, index] { try_create(index); });
}

// With no worker named, the act itself meets no trouble.
template <class Act>
void Trial::ask(Worker* worker, Act act) {
  if (worker != nullptr) return as(*worker, act);
  if (!workers_.empty()) act(*workers_.back());
}

void Trial::cancel(Wish& wish, Worker* worker) {
  if (wish.post.empty() || !wish.cancelled.empty()) return;
  bool done = false;
  ask(worker, [&](Worker& one) { done = one.compose.cancel(caller(), wish.post).has_value(); });
  if (!done) return;
  audience_.watch(wishes_);
  // What had come to an end before stays as it is.
  for (const auto& row : deliveries(wish)) {
    if (row.state != DeliveryState::cancelled) continue;
    wish.cancelled.insert(row.target);
    if (audience_.seen(wish, row) > 0) {
      stage_.complain("a cancel was acknowledged for what is out");
    }
  }
  stage_.note("cancelled w" + std::to_string(wish.number) +
              ", targets: " + std::to_string(wish.cancelled.size()));
}

void Trial::edit(Wish& wish, Worker* worker) {
  if (wish.post.empty() || !wish.cancelled.empty()) return;
  const int next =
      shared_.store.PassingStore::find_post(caller().scope, wish.post).value().revision + 1;
  bool done = false;
  ask(worker, [&](Worker& one) {
    const auto edited = one.compose.edit(caller(), wish.post, next - 1, wish.draft(next));
    done = edited && !has_error(edited->problems);
  });
  if (!done) return;
  stage_.note("edited w" + std::to_string(wish.number));
  audience_.watch(wishes_);
  // The answer may have taken its time: then it is out as it was edited.
  if (audience_.seen_before(wish, next)) {
    stage_.complain("an edit was acknowledged for what is out");
  }
  wish.acknowledged = next;
}

void Trial::meddle() {
  if (!stage_.trouble.weather.meddling) return;
  stage_.timeline.after(stage_.trouble.between(0s, kMeddleEvery), kWorld, [this] {
    Wish& wish = wishes_[static_cast<std::size_t>(stage_.trouble.below(std::ssize(wishes_)))];
    Worker* worker = awake();
    const auto what = stage_.trouble.below(10);
    if (what == 0 && worker != nullptr) cancel(wish, worker);
    if (what >= 1 && what <= 3 && worker != nullptr) edit(wish, worker);
    if (what >= 4 && what <= 6) reconnect_dead();
    if (what == 7) world_.somebody_else_posts();
    if (what >= 8) retry_or_settle(wish);
    bury();
    meddle();
  });
}

// A person retries what has failed, and says what they see where Herald could not find out.
void Trial::retry_or_settle(Wish& wish) {
  Worker* worker = awake();
  if (worker == nullptr) return;
  for (const auto& row : deliveries(wish)) {
    if (!worker->life.dead) retry_or_settle(wish, row, *worker);
  }
}

void Trial::retry_or_settle(Wish& wish, const Delivery& row, Worker& worker) {
  if (row.state == DeliveryState::failed && wish.number % 2 == 0) {
    as(worker, [&](Worker& one) { (void)one.compose.retry(caller(), wish.post, row.id); });
  }
  if (row.state == DeliveryState::review && (wish.parts == 1 || wish.is_spread())) {
    const bool live = audience_.seen(wish, row) > 0;
    as(worker, [&](Worker& one) {
      const auto done = one.compose.resolve(caller(), wish.post, row.id, live, "");
      wish.settled_by_hand = wish.settled_by_hand || done.has_value();
    });
  }
}

void Trial::reconnect_dead() {
  if (reconnecting_) return;
  for (const auto& [platform, id] : std::map(accounts_)) {
    const auto grant = grant_of(id);
    if (grant.state == GrantState::live) continue;
    reconnecting_ = true;
    stage_.note("a person reconnects " + platform);
    connect_account(platform, id);
    stage_.timeline.after(1min, kWorld, [this] { reconnecting_ = false; });
    return;
  }
}

// Somebody who reconnects within minutes of being asked to.
void Trial::look_after_connections() {
  stage_.timeline.after(kReconnectWithin, kWorld, [this] {
    reconnect_dead();
    look_after_connections();
  });
}

// The wall clock jumps. Not while a worker sleeps, and not between two looks: those are the windows
// that docs/states.md names.
void Trial::jump() {
  if (stage_.trouble.weather.jump == 0) return;
  stage_.timeline.after(kJumpEvery, kWorld, [this] {
    bool safe = std::ranges::none_of(
        workers_, [&](const auto& one) { return stage_.timeline.frozen(one->life.owner); });
    for (const auto& wish : wishes_) {
      for (const auto& row : deliveries(wish)) safe = safe && row.looks == 0;
    }
    if (safe && stage_.trouble.happens(stage_.trouble.weather.jump)) {
      const Duration by = stage_.trouble.below(4) == 0 ? Duration(24h) : Duration(1h);
      stage_.clock_offset += stage_.trouble.below(2) == 0 ? by : -by;
      stage_.note("the clock jumps by " + std::to_string(stage_.clock_offset.count()));
    }
    jump();
  });
}

}  // namespace herald::simulation

#include "simulation/trial.h"

#include <algorithm>

#include "sandbox/sample_files.h"
#include "simulation/plain_posts.h"
#include "store/memory/memory_store.h"

namespace herald::simulation {
namespace {

using namespace std::chrono_literals;

constexpr Duration kPassAtMostEvery = 250ms;
constexpr Duration kHealedWithin = 24h * 20;
constexpr Duration kRenewEvery = 10min;
constexpr Duration kShownWithin = 2min;  // What was taken is looked over before it is seen.

}  // namespace

Trial::Trial(const Scene& scene, std::uint64_t seed, Weather weather, Mishap mishap, bool tracing,
             std::unique_ptr<Store> on)
    : scene_(scene),
      stage_(seed, {}, {}),
      world_(stage_),
      shared_(stage_, world_, on ? std::move(on) : std::make_unique<MemoryStore>()),
      audience_(stage_, world_),
      weather_(weather),
      mishap_(mishap) {
  stage_.tracing = tracing;
  if (scene_.forgives) world_.quill().forgive();
  stage_.timeline.before_event = [this](Owner owner) {
    stage_.acting = nullptr;
    for (const auto& worker : workers_) {
      if (worker->life.owner == owner) stage_.acting = &worker->life;
    }
  };
  stage_.timeline.after_event = [this] {
    stage_.acting = nullptr;
    bury();
  };
  stage_.others_go_on = [this](Duration until) { advance(until); };
  stage_.others_act = [this](Mishap::Kind kind, Owner acting) {
    if (wishes_.empty()) return;
    if (kind == Mishap::Kind::cancel) cancel(wishes_.front(), nullptr);
    if (kind == Mishap::Kind::edit) edit(wishes_.front(), nullptr);
    if (kind == Mishap::Kind::renew) renew_beside(acting);
  };
}

Trial::~Trial() { stage_.timeline.clear(); }

Verdict Trial::play() {
  set_up();
  stage_.trouble.weather = weather_;
  stage_.trouble.mishap = mishap_;
  stage_.trouble.count_from_here();
  if (!stage_.complaints.empty()) return {std::move(stage_.complaints), stage_.trace, {}, 0};
  create_posts();
  meddle();
  jump();
  renew_regularly();
  if (mishap_.moment > 0) look_after_connections();
  advance(stage_.timeline.now() + scene_.trouble_for);

  stage_.trouble.heal();
  stage_.note("the world heals");
  const Duration end = stage_.timeline.now() + kHealedWithin;
  while (stage_.timeline.now() < end && !all_settled()) {
    advance(stage_.timeline.now() + 5min);
    reconnect_dead();
  }
  advance(stage_.timeline.now() + kShownWithin);
  judge();
  Verdict verdict{
      std::move(stage_.complaints), std::move(stage_.trace), {}, stage_.trouble.moments()};
  for (const auto& wish : wishes_) {
    for (const auto& row : deliveries(wish)) ++verdict.ends[name_of(row.state)];
  }
  return verdict;
}

void Trial::spawn() {
  const Duration skew = weather_.skewed ? stage_.trouble.between(-3s, 3s) : 0ms;
  workers_.push_back(std::make_unique<Worker>(shared_, ++last_owner_, skew));
}

// Takes the dead away. Their objects stay, since requests of theirs are still on their way.
void Trial::bury() {
  for (auto& worker : workers_) {
    if (!worker->life.dead) continue;
    stage_.timeline.drop(worker->life.owner);
    graveyard_.push_back(std::move(worker));
    const bool alone = scene_.workers == 1;
    const bool at_once = stage_.trouble.mishap.restart;
    const bool own_store = alone && (at_once || stage_.trouble.below(2) == 0);
    const Duration away = at_once ? 1s : stage_.trouble.between(1s, 3min);
    stage_.timeline.after(away, kWorld, [this, own_store] {
      if (own_store) (void)shared_.store.end_all_leases();
      spawn();
    });
  }
  std::erase(workers_, nullptr);
}

Worker* Trial::awake() {
  std::vector<Worker*> all;
  for (const auto& worker : workers_) {
    if (!stage_.timeline.frozen(worker->life.owner)) all.push_back(worker.get());
  }
  if (all.empty()) return nullptr;
  return all[static_cast<std::size_t>(stage_.trouble.below(std::ssize(all)))];
}

void Trial::pass() {
  last_pass_ = stage_.timeline.now();
  if (Worker* worker = awake()) as(*worker, [](Worker& one) { one.pass(); });
}

// What a process does beside its queue (program/running.cc).
void Trial::renew_regularly() {
  stage_.timeline.after(kRenewEvery, kWorld, [this] {
    if (Worker* worker = awake()) as(*worker, [](Worker& one) { one.renew_what_is_due(); });
    renew_regularly();
  });
}

// Another worker wants the same single-use tokens renewed, at this very moment.
void Trial::renew_beside(Owner acting) {
  for (const auto& worker : workers_) {
    if (worker->life.owner == acting) continue;
    const auto rotating = std::ranges::find_if(
        accounts_, [&](const auto& one) { return world_.watch_of(one.first) != nullptr; });
    if (rotating == accounts_.end()) return;
    const Grant grant = grant_of(rotating->second);
    return as(*worker, [&](Worker& one) { one.renew(grant); });
  }
}

// When a worker would find something to do.
Duration Trial::next_pass() {
  if (awake() == nullptr) return Duration::max();
  const WallClock clock(stage_, {});
  std::optional<Time> due = shared_.store.next_due(clock.now()).value();
  const auto sooner = [&](std::optional<Time> time) {
    if (time && (!due || *time < *due)) due = time;
  };
  for (const auto& wish : wishes_) {
    if (wish.post.empty()) continue;
    for (const auto& row : *shared_.store.follow_ups_of(caller().scope, wish.post)) {
      if (row.state == FollowUpState::running) sooner(row.lease_until);
      if (row.state == FollowUpState::due || row.state == FollowUpState::unknown)
        sooner(row.due_at);
    }
    for (const auto& row : deliveries(wish)) {
      if (row.state == DeliveryState::parked) sooner(clock.now() + 1min);
    }
  }
  if (!due) return Duration::max();
  return std::max(stage_.timeline.now() + (*due - clock.now()), last_pass_ + kPassAtMostEvery);
}

void Trial::advance(Duration until) {
  while (stage_.timeline.now() < until) {
    const Duration moment = next_pass();
    if (moment <= stage_.timeline.next() && moment <= until) {
      stage_.timeline.wait_until(moment);
      pass();
    } else if (!stage_.timeline.step(until)) {
      break;
    }
    audience_.watch(wishes_);
    watch_grants();
  }
}

void Trial::set_up() {
  for (int i = 0; i < scene_.workers; ++i) spawn();
  const CustomerId customer("acme");
  (void)shared_.store.add_customer({customer, "Acme", false, kDayOne});
  User user;
  user.id = caller().user;
  user.customer = customer;
  user.email = "ann@acme.test";
  (void)shared_.store.add_user(user);
  for (const auto& post : scene_.posts) {
    if (accounts_.contains(post.platform)) continue;
    connect_account(post.platform, std::nullopt);
    advance(stage_.timeline.now() + 1min);
    if (!accounts_.contains(post.platform)) stage_.complain("no account at " + post.platform);
  }
  advance(stage_.timeline.now() + scene_.idle);
}

// Of several accounts the first that can post, or LinkedIn's first page.
std::string Trial::picked(const std::string& platform,
                          const std::vector<DiscoveredAccount>& choices) const {
  const bool page = platform == "linkedin" && scene_.as_page;
  for (const auto& choice : choices) {
    if (choice.usable && (!page || choice.kind == "page")) return choice.remote_id;
  }
  return choices.front().remote_id;
}

// What a person does in two browser windows, from the button to the last page. When it fails on the
// way, nothing has happened.
void Trial::connect_account(const std::string& platform, std::optional<AccountId> reconnects) {
  Worker* worker = awake();
  if (worker == nullptr) return;
  as(*worker, [&](Worker& one) {
    const auto begun = one.connect.begin(caller(), PlatformId(platform), {reconnects, {}, {}});
    if (!begun) return stage_.note("not begun: " + begun.error().message);
    std::string url = world_.consent(begun->auth_url);
    url.resize(std::min(url.find('#'), url.size()));  // Browsers keep fragments to themselves.
    Connect::Callback callback{.platform = PlatformId(platform), .registration = "main"};
    for (const auto& field : sandbox::parse_form(url.substr(url.find('?') + 1))) {
      if (field.name == "state") callback.state.push_back(field.value);
      if (field.name == "code") callback.code.push_back(field.value);
      if (field.name == "iss") callback.iss.push_back(field.value);
    }
    callback.nonces = {begun->nonce};
    const auto back = one.connect.returned(callback);
    if (!back) return stage_.note("redirect refused: " + back.error().detail + " " + url);
    const auto connected = [this, platform](const Result<Connect::View>& view) {
      if (view && !view->accounts.empty()) accounts_[platform] = view->accounts.front().id;
      if (!view) stage_.note("not connected: " + view.error().message + view.error().detail);
      if (view && view->accounts.empty()) {
        stage_.note("not connected: " + view->flow.problem_message);
      }
    };
    one.connect.finish(caller(), begun->flow, callback.nonces, {},
                       [this, &one, connected, platform, flow = begun->flow,
                        nonces = callback.nonces](const Result<Connect::View>& view) {
                         if (!view || view->choices.empty()) return connected(view);
                         one.connect.finish(caller(), flow, nonces,
                                            {picked(platform, view->choices)}, connected);
                       });
  });
}

void Trial::add_media(Wish& wish, std::size_t video_bytes) {
  const Platform& platform = *shared_.registrations.find(PlatformId(wish.platform))->platform;
  const MediaSlots& slots = kind_of(platform, wish.kind).media;
  const bool video = !slots.rules.empty() && slots.rules.front().type == MediaType::video;
  for (int i = 0; i < slots.min; ++i) {
    Medium medium;
    medium.id = MediaId("med" + std::to_string(wish.number) + "x" + std::to_string(i));
    medium.customer = CustomerId("acme");
    medium.user = caller().user;
    medium.status = MediaStatus::ready;
    MediaFacts& facts = medium.facts;
    std::string bytes;
    if (video) {
      // Like no other video.
      bytes = sandbox::mp4_of({.width = 1280, .height = 720}) +
              sandbox::box("free", std::string(video_bytes, 'x')) + medium.id.value;
      facts = {.type = MediaType::video,
               .content_type = "video/mp4",
               .width = 1280,
               .height = 720,
               .duration_ms = 12'000,
               .video_codec = "h264"};
    } else {
      bytes = sandbox::jpeg_of(1080, 1350);
      facts = {
          .type = MediaType::image, .content_type = "image/jpeg", .width = 1080, .height = 1350};
    }
    facts.size_bytes = bytes.size();
    if (!video) medium.jpeg = facts;
    world_.hold(medium.id.value, bytes);
    if (!video) world_.hold(medium.id.value + "/jpeg", bytes);
    (void)shared_.store.add_medium(caller().scope, medium, 100);
    wish.media.push_back({medium.id, ""});
  }
}

}  // namespace herald::simulation

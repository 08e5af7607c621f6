// One run: accounts are connected and posts made in fair weather, then trouble for two hours, then
// the world heals and everything has to come to a good end.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "simulation/audience.h"
#include "simulation/worker.h"

namespace herald::simulation {

// What is posted in a run.
struct Scene {
  std::string name;
  struct Post {
    std::string platform;
    std::string kind;
    int parts = 1;
    bool comment = false;
    Duration due{};
    Duration lateness = std::chrono::hours(48);
    Options options;
    std::size_t video_bytes = 600'000;
    std::string place;  // Target::key, where the platform has one place for each target.
  };
  std::vector<Post> posts;
  bool as_page = false;   // LinkedIn: a page, whose posts can be listed; else the member.
  bool forgives = false;  // Quill honours a spent refresh token once more.
  int workers = 2;
  Duration idle{};  // Before the posts are made, so that tokens grow old.
  Duration trouble_for = std::chrono::hours(2);
  bool thorough = true;  // Meets every mishap at every moment in every build.
};

struct Verdict {
  std::vector<std::string> complaints;
  std::vector<std::string> trace;
  std::map<std::string, int> ends;  // "published", "review", ...: how many deliveries.
  int moments = 0;
};

class Trial {
 public:
  // `on`: an empty store; null: one in memory.
  Trial(const Scene& scene, std::uint64_t seed, Weather weather, Mishap mishap,
        bool tracing = false, std::unique_ptr<Store> on = nullptr);
  ~Trial();
  Verdict play();

 private:
  void set_up();
  void connect_account(const std::string& platform, std::optional<AccountId> reconnects);
  std::string picked(const std::string& platform,
                     const std::vector<DiscoveredAccount>& choices) const;
  void add_media(Wish& wish, std::size_t video_bytes);
  void advance(Duration until);
  Duration next_pass();
  void pass();
  Worker* awake();
  // Acts as this worker, with all the trouble that it meets.
  template <class Act>
  void as(Worker& worker, Act act) {
    stage_.acting = &worker.life;
    act(worker);
    stage_.acting = nullptr;
    bury();
  }
  void renew_regularly();
  void renew_beside(Owner acting);
  void spawn();
  void bury();

  // people.cc: what people do.
  template <class Act>
  void ask(Worker* worker, Act act);
  void create_posts();
  void meddle();
  void try_create(std::size_t wish);
  void cancel(Wish& wish, Worker* worker);
  void edit(Wish& wish, Worker* worker);
  void retry_or_settle(Wish& wish);
  void retry_or_settle(Wish& wish, const Delivery& row, Worker& worker);
  void reconnect_dead();
  void look_after_connections();
  void jump();
  Caller caller() const;
  Grant grant_of(const AccountId& id);
  std::vector<Delivery> deliveries(const Wish& wish);

  // ending.cc: how it must end.
  bool all_settled();
  void judge();
  void judge(const Wish& wish, const Delivery& delivery);
  void judge_grants();
  void watch_grants();

  Scene scene_;
  Stage stage_;
  World world_;
  Installation shared_;
  Audience audience_;
  std::vector<Wish> wishes_;
  std::map<std::string, AccountId> accounts_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<std::unique_ptr<Worker>> graveyard_;
  Owner last_owner_ = kWorld;
  Duration last_pass_{};
  bool reconnecting_ = false;
  Weather weather_;  // Kept while it is fair.
  Mishap mishap_;
};

inline Verdict play(const Scene& scene, std::uint64_t seed, Weather weather, Mishap mishap,
                    bool tracing = false, std::unique_ptr<Store> on = nullptr) {
  return Trial(scene, seed, weather, mishap, tracing, std::move(on)).play();
}

}  // namespace herald::simulation

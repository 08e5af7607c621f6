// Random acts on a store. An actor is one customer; what it does next depends on its own chance and
// on what the store has answered to it, and on nothing else. So two stores that agree give equal
// transcripts, and a customer's transcript is the same whatever other customers do.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "ports/store.h"

namespace herald {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  int below(int bound) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(bound)); }
  bool one_in(int n) { return below(n) == 0; }
  // "p0" ... : few, so that acts meet, and the same for every customer.
  std::string name(const char* prefix, int count) { return prefix + std::to_string(below(count)); }

 private:
  std::mt19937_64 engine_;
};

class Actor {
 public:
  Actor(Store& store, const std::string& customer, std::uint64_t seed);

  void act(Time now);
  // What a worker claimed of this customer's.
  void claimed(const Delivery& delivery);
  void claimed(const FollowUp& follow_up);
  void claimed(const Measurement& measurement);
  // Everything that this customer can see.
  void look_around();

  // One line an act: its name and the answer.
  const std::vector<std::string>& transcript() const { return transcript_; }

 private:
  template <class T>
  void note(const char* act, const Result<T>& result);

  void act_on_accounts(Time now);
  void act_on_grants(Time now);
  void act_on_flows(Time now);
  void act_on_posts(Time now);
  void act_on_deliveries(Time now);
  void act_on_follow_ups(Time now);
  void act_on_measurements(Time now);
  void act_on_media(Time now);
  void act_on_keys(Time now);
  void read(Time now);

  void connect(Time now);
  Post some_post(Time now);
  DeliveryId some_delivery();
  Delivery next_of(Delivery delivery, Time now);

  Store& store_;
  std::string customer_;
  CustomerScope scope_;
  Chance chance_;
  std::vector<Delivery> held_;  // Claimed, perhaps long ago.
  std::vector<FollowUp> held_follow_ups_;
  std::vector<Measurement> held_measurements_;
  std::vector<std::string> transcript_;
  int counter_ = 0;
};

}  // namespace herald

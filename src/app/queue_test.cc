#include "app/queue.h"

#include <gtest/gtest.h>

#include <new>

#include "app/app_rig.h"

namespace herald {
namespace {

// Throws where a codec or the allocator might.
class ThrowingStore final : public MemoryStore {
 public:
  Result<std::optional<Time>> next_due(Time now) override {
    ++asked;
    if (throws) throw std::bad_alloc();
    return MemoryStore::next_due(now);
  }
  int asked = 0;
  bool throws = true;
};

TEST(Queue, what_is_thrown_in_one_pass_does_not_stop_the_next) {
  testing::AppRig rig;
  ThrowingStore store;
  const Registrations none{{}};
  Dialogues dialogues(rig.clock, rig.executor, rig.transport);
  Vault vault(store, rig.sealer, rig.clock, rig.executor, rig.random, dialogues, rig.events, none);
  Conduct conduct(rig.clock, rig.executor, rig.random, rig.transport, rig.log, vault);
  Runner runner({store, rig.sealer, rig.clock, rig.random, rig.events}, conduct, dialogues, none);
  FollowUps follow_ups({store, rig.sealer, rig.clock, rig.random, rig.events}, conduct, none);
  Queue queue(store, runner, follow_ups, rig.clock, rig.executor, rig.log, Duration(60'000), 8);
  queue.start();
  rig.executor.run();
  EXPECT_EQ(store.asked, 1);
  EXPECT_EQ(rig.log.lines.size(), 1u);
  store.throws = false;
  rig.clock.advance(Duration(5'000));
  rig.executor.run_later();
  EXPECT_GT(store.asked, 1);
  EXPECT_EQ(queue.last_pass(), rig.clock.now());
  EXPECT_EQ(queue.in_flight(), 0);
}

}  // namespace
}  // namespace herald

#include "program/server_executor.h"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>

namespace herald {
namespace {

TEST(ServerExecutor, runs_on_the_servers_workers_until_it_is_closed) {
  auto server = std::make_unique<http::Server>(1, http::ServerLimits{});
  server->start();
  ServerExecutor executor(*server);
  std::promise<void> ran;
  executor.post([&] { ran.set_value(); });
  ran.get_future().wait();

  executor.close();
  const auto held = std::make_shared<int>(0);
  executor.post([held] { ++*held; });
  executor.post_after(Duration(0), [held] { ++*held; });
  EXPECT_EQ(held.use_count(), 1);  // Dropped, and not kept for later.
  EXPECT_EQ(*held, 0);
  server.reset();
}

TEST(ServerExecutor, a_wait_ends_when_what_the_work_held_is_gone) {
  using namespace std::chrono_literals;
  auto server = std::make_unique<http::Server>(2, http::ServerLimits{});
  server->start();
  ServerExecutor executor(*server);
  const auto now = std::chrono::steady_clock::now();
  auto seat = std::make_shared<int>(0);
  const std::weak_ptr<int> taken = seat;
  std::promise<void> go;
  executor.post([&, seat = std::move(seat)] { go.get_future().wait(); });
  EXPECT_FALSE(executor.wait([&] { return taken.expired(); }, now)) << "it is under way";
  executor.post([&] { go.set_value(); });
  EXPECT_TRUE(executor.wait([&] { return taken.expired(); }, now + 1h));
  executor.close();
  server.reset();
}

}  // namespace
}  // namespace herald

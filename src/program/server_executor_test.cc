#include "program/server_executor.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>

namespace herald {
namespace {

TEST(ServerExecutor, runs_on_the_servers_workers_until_it_is_closed) {
  http::Server server(1, {});
  server.start();
  ServerExecutor executor(server);
  std::promise<void> ran;
  executor.post([&] { ran.set_value(); });
  ran.get_future().wait();

  executor.close();
  const auto held = std::make_shared<int>(0);
  executor.post([held] { ++*held; });
  executor.post_after(Duration(0), [held] { ++*held; });
  EXPECT_EQ(held.use_count(), 1);  // Dropped, and not kept for later.
  EXPECT_EQ(*held, 0);
}

}  // namespace
}  // namespace herald

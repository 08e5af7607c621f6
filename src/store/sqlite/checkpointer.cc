#include "store/sqlite/checkpointer.h"

#include <cstdio>

namespace herald {
namespace {

constexpr int kPagesBetween = 1'000;  // 4 MB.
constexpr int kPagesMost = 8'000;     // 32 MB.

}  // namespace

Checkpointer::Checkpointer(const std::string& file)
    : connection_(file, SqliteConnection::Mode::write), thread_([this] { work(); }) {}

Checkpointer::~Checkpointer() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Checkpointer::after_commit(SqliteConnection& writer) {
  const int pages = writer.log_pages();
  if (pages >= kPagesMost) checkpoint(writer);
  if (pages < seen_pages_) seen_pages_ = 0;  // The log began anew.
  if (pages - seen_pages_ < kPagesBetween) return;
  seen_pages_ = pages;
  {
    const std::scoped_lock lock(mutex_);
    wanted_ = true;
  }
  changed_.notify_one();
}

// A failure loses nothing: the log keeps what could not be moved, and the next round tries again.
void Checkpointer::checkpoint(SqliteConnection& connection) {
  const std::scoped_lock lock(checkpointing_);
  try {
    connection.checkpoint();
  } catch (const SqliteFailure& failure) {
    std::fprintf(stderr, "herald: checkpoint failed: %s\n", failure.what());
  }
}

void Checkpointer::work() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopping_ || wanted_; });
      if (stopping_) return;
      wanted_ = false;
    }
    checkpoint(connection_);
  }
}

}  // namespace herald

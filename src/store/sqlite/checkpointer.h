// Moves the write-ahead log into the database file, on a thread and a connection of its own, so
// that the writer and its callers do not wait for it.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "store/sqlite/connection.h"

namespace herald {

class Checkpointer {
 public:
  explicit Checkpointer(const std::string& file);
  ~Checkpointer();

  // Called by the writer after a commit. Wakes the thread when enough was written since the last
  // time. When the thread cannot keep up, the writer waits for it and does the rest itself, so that
  // the log is at an end and begins anew: that bounds it.
  void after_commit(SqliteConnection& writer);

 private:
  void work();
  void checkpoint(SqliteConnection& connection);

  SqliteConnection connection_;
  std::mutex checkpointing_;  // SQLite allows one at a time, and answers "locked" to another.
  std::mutex mutex_;
  std::condition_variable changed_;
  bool wanted_ = false;
  bool stopping_ = false;
  int seen_pages_ = 0;  // Of the log when it was last asked for; the writer's alone.
  std::thread thread_;
};

}  // namespace herald

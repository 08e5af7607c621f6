// The one thread that writes. It drains the queue of acts into one transaction, each act in a
// savepoint of its own, and tells the callers only after COMMIT: that is group commit.
#pragma once

#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "store/sqlite/connection.h"

namespace herald {

class Writer {
 public:
  // Done in the transaction; false undoes this act and no other.
  using Act = std::function<bool(SqliteConnection&)>;

  // `after_commit` gets the number of pages in the write-ahead log; it must not block for long.
  Writer(const std::string& file, std::function<void(SqliteConnection&)> after_commit);
  // Finishes what is queued.
  ~Writer();

  // Blocks until the act is durable or undone. An error: it did not take place, whatever it
  // returned. A failed write or fsync at COMMIT ends the process: nobody can know what is on disk.
  std::optional<Error> run(Act act);

 private:
  struct Job {
    Act act;
    std::promise<std::optional<Error>> done;
    std::optional<Error> error;
  };

  void work();
  void carry_out(std::vector<Job>& jobs);
  void carry_out(Job& job);

  SqliteConnection connection_;
  std::function<void(SqliteConnection&)> after_commit_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Job> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace herald

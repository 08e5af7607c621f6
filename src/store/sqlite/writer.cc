#include "store/sqlite/writer.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace herald {
namespace {

void roll_back(SqliteConnection& connection) {
  if (connection.in_transaction()) connection.run("ROLLBACK");
}

void commit(SqliteConnection& connection) {
  try {
    connection.run("COMMIT");
  } catch (const SqliteFailure& failure) {
    if (!failure.is_disk_fault()) throw;
    std::fprintf(stderr,
                 "herald: writing the store to disk failed (%s). Stopping, since what is on disk "
                 "cannot be known: check the disk, then start again.\n",
                 failure.what());
    std::abort();
  }
}

}  // namespace

Writer::Writer(const std::string& file, std::function<void(SqliteConnection&)> after_commit)
    : connection_(file, SqliteConnection::Mode::write),
      after_commit_(std::move(after_commit)),
      thread_([this] { work(); }) {}

Writer::~Writer() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

std::optional<Error> Writer::run(Act act) {
  Job job{.act = std::move(act), .done = {}, .error = {}};
  auto done = job.done.get_future();
  {
    const std::scoped_lock lock(mutex_);
    queue_.push_back(std::move(job));
  }
  changed_.notify_one();
  return done.get();
}

void Writer::work() {
  std::vector<Job> jobs;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      jobs.swap(queue_);
    }
    try {
      carry_out(jobs);
    } catch (const std::exception&) {
      for (Job& job : jobs) job.error = thrown_error();
    }
    for (Job& job : jobs) job.done.set_value(std::move(job.error));
    jobs.clear();
    after_commit_(connection_);
  }
}

// Throws when the transaction as a whole did not take place.
void Writer::carry_out(std::vector<Job>& jobs) {
  try {
    connection_.run("BEGIN IMMEDIATE");
    for (Job& job : jobs) carry_out(job);
    commit(connection_);
  } catch (...) {
    roll_back(connection_);
    throw;
  }
}

void Writer::carry_out(Job& job) {
  connection_.run("SAVEPOINT act");
  bool kept = false;
  try {
    kept = job.act(connection_);
  } catch (const std::exception&) {
    // A full or failing disk takes the whole transaction with it.
    if (!connection_.in_transaction()) throw;
    job.error = thrown_error();
  }
  if (!kept) connection_.run("ROLLBACK TO act");
  connection_.run("RELEASE act");
}

}  // namespace herald

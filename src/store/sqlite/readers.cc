#include "store/sqlite/readers.h"

namespace herald {

Readers::Snapshot::~Snapshot() {
  try {
    if (connection.in_transaction()) connection.run("COMMIT");
  } catch (const SqliteFailure&) {
    // Nothing was written; a connection that is still in trouble says so at its next use.
  }
}

std::unique_ptr<SqliteConnection> Readers::take() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [&] { return !free_.empty() || made_ < most_; });
  if (free_.empty()) {
    auto connection = std::make_unique<SqliteConnection>(file_, SqliteConnection::Mode::read);
    ++made_;
    return connection;
  }
  auto connection = std::move(free_.back());
  free_.pop_back();
  return connection;
}

void Readers::give_back(std::unique_ptr<SqliteConnection> connection) {
  {
    const std::scoped_lock lock(mutex_);
    free_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

}  // namespace herald

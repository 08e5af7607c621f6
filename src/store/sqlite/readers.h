// A few connections for reading, lent to one caller at a time. Readers never wait for the writer.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "store/sqlite/connection.h"

namespace herald {

class Readers {
 public:
  Readers(std::string file, int most) : file_(std::move(file)), most_(most) {}

  // Runs `act` on one snapshot of the store.
  template <class Act>
  std::invoke_result_t<Act, SqliteConnection&> run(Act act) {
    return run_once([&](SqliteConnection& connection) {
      const Snapshot snapshot(connection);
      return act(connection);
    });
  }
  // The same for an act of one statement, which is a snapshot by itself.
  template <class Act>
  std::invoke_result_t<Act, SqliteConnection&> run_once(Act act) {
    try {
      const Loan loan(*this);
      return act(*loan.connection);
    } catch (const std::exception&) {
      return std::unexpected(thrown_error());
    }
  }

 private:
  struct Loan {
    explicit Loan(Readers& from) : readers(from), connection(from.take()) {}
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    ~Loan() { readers.give_back(std::move(connection)); }

    Readers& readers;
    std::unique_ptr<SqliteConnection> connection;
  };
  struct Snapshot {
    explicit Snapshot(SqliteConnection& of) : connection(of) { connection.run("BEGIN"); }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    ~Snapshot();

    SqliteConnection& connection;
  };

  std::unique_ptr<SqliteConnection> take();
  void give_back(std::unique_ptr<SqliteConnection> connection);

  std::string file_;
  int most_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<SqliteConnection>> free_;
  int made_ = 0;
};

}  // namespace herald

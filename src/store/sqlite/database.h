// The database file of a data folder: the lock, the writer, the readers and the checkpoints.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "domain/result.h"
#include "store/sqlite/checkpointer.h"
#include "store/sqlite/folder_lock.h"
#include "store/sqlite/readers.h"
#include "store/sqlite/writer.h"

namespace herald {

class Database {
 public:
  // Takes the folder and brings the schema up to date. A guest finds the folder taken and works
  // beside its owner, who has done that.
  static Result<std::unique_ptr<Database>> open(const std::string& folder, int readers, Time now,
                                                bool guest);

  // One atomic act on the writer's thread; durable when it returns a value, undone when an error.
  template <class Act>
  std::invoke_result_t<Act, SqliteConnection&> write(Act act) {
    std::optional<std::invoke_result_t<Act, SqliteConnection&>> result;
    std::optional<Error> error = writer_.run([&](SqliteConnection& connection) {
      result.emplace(act(connection));
      return result->has_value();
    });
    if (error) return std::unexpected(std::move(*error));
    return std::move(*result);
  }

  // On one snapshot, which has all that was acknowledged before.
  template <class Act>
  std::invoke_result_t<Act, SqliteConnection&> read(Act act) {
    return readers_.run(std::move(act));
  }
  // The same for an act of one statement, which is a snapshot by itself.
  template <class Act>
  std::invoke_result_t<Act, SqliteConnection&> read_once(Act act) {
    return readers_.run_once(std::move(act));
  }

 private:
  Database(std::optional<FolderLock> lock, const std::string& file, int readers);

  std::optional<FolderLock> lock_;
  Readers readers_;
  Checkpointer checkpointer_;
  Writer writer_;
};

}  // namespace herald

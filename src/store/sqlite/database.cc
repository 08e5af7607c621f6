#include "store/sqlite/database.h"

#include <fcntl.h>
#include <unistd.h>

#include "store/sqlite/migrations.h"

namespace herald {
namespace {

// SQLite gives its other files the mode of this one.
void make_private(const std::string& file) {
  const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (made >= 0) ::close(made);
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const std::string& folder, int readers, Time now,
                                                 bool guest) {
  std::optional<FolderLock> lock;
  if (auto taken = FolderLock::take(folder)) {
    lock.emplace(std::move(*taken));
  } else if (!guest || taken.error().code != "data_folder_in_use") {
    return std::unexpected(std::move(taken).error());
  }
  const std::string file = folder + "/herald.db";
  try {
    make_private(file);
    {
      SqliteConnection connection(file, SqliteConnection::Mode::write);
      HERALD_CHECK(lock ? migrate(connection, sqlite_migrations(), now)
                        : check_migrated(connection, sqlite_migrations()));
    }
    return std::unique_ptr<Database>(new Database(std::move(lock), file, readers));
  } catch (const std::exception&) {
    Error error = thrown_error();
    error.message = "The store cannot be opened: " + file + ".";
    return std::unexpected(std::move(error));
  }
}

Database::Database(std::optional<FolderLock> lock, const std::string& file, int readers)
    : lock_(std::move(lock)),
      readers_(file, readers),
      checkpointer_(file),
      writer_(file, [this](SqliteConnection& writer) { checkpointer_.after_commit(writer); }) {}

}  // namespace herald

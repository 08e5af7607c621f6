// What was acknowledged is there, whatever happened to the process, the power or the disk.

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "store/sqlite/sqlite_store.h"
#include "tests/store/faulty_disk.h"
#include "tests/store/store_test.h"

namespace herald {
namespace {

using Fault = FaultyDisk::Fault;

const CustomerScope kAcme = scope("acme");

std::unique_ptr<SqliteStore> open_store(const std::string& folder) {
  auto store = SqliteStore::open(folder, at(0));
  EXPECT_TRUE(store.has_value()) << show(store.error()) << store.error().message;
  return store ? std::move(*store) : nullptr;
}

void connect_page(Store& store) {
  EXPECT_DONE(
      store.connect(kAcme, {sample_grant("acme", "grt"), {sample_account("acme", "page", "grt")}}));
}

Post post_number(int number) {
  return sample_post("acme", "post" + std::to_string(number), {"page"}, at(number));
}

Result<PostStore::Created> create(Store& store, int number) {
  const Post post = post_number(number);
  return store.create_post(kAcme, post, deliveries_for(post), {}, {});
}

// Each of these posts is whole, with its delivery.
void expect_posts(Store& store, const std::vector<int>& numbers) {
  for (const int number : numbers) {
    const Post post = post_number(number);
    EXPECT_EQ(show(store.find_post(kAcme, post.id)), show(post));
    EXPECT_EQ(show(store.deliveries_of(kAcme, post.id)), show(deliveries_for(post)));
  }
}

void expect_sound(const std::string& folder) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((folder + "/herald.db").c_str(), &database), SQLITE_OK);
  for (const char* check : {"PRAGMA integrity_check", "PRAGMA foreign_key_check"}) {
    std::string said;
    sqlite3_exec(
        database, check,
        [](void* to, int, char** values, char**) {
          *static_cast<std::string*>(to) += values[0];
          return 0;
        },
        &said, nullptr);
    EXPECT_TRUE(said.empty() || said == "ok") << check << ": " << said;
  }
  sqlite3_close(database);
}

void copy_files(const std::string& from, const std::string& to) {
  for (const char* name : {"/herald.db", "/herald.db-wal"}) {
    std::filesystem::copy_file(from + name, to + name,
                               std::filesystem::copy_options::overwrite_existing);
  }
}

TEST(SqliteDurability, WhatWasAcknowledgedIsInTheFilesAtOnce) {
  const TemporaryFolder folder;
  const auto store = open_store(folder.path());
  connect_page(*store);
  std::vector<int> acknowledged;
  for (int number = 0; number < 10; ++number) {
    EXPECT_DONE(create(*store, number));
    acknowledged.push_back(number);
    const TemporaryFolder copy;
    copy_files(folder.path(), copy.path());
    expect_posts(*open_store(copy.path()), acknowledged);
  }
}

TEST(SqliteDurability, F07_APowerCutLosesNothingThatWasAcknowledged) {
  FaultyDisk disk;
  const TemporaryFolder folder;
  const auto store = open_store(folder.path());
  connect_page(*store);
  std::vector<int> acknowledged;
  for (int number = 0; number < 120; ++number) {  // Far enough for checkpoints.
    EXPECT_DONE(create(*store, number));
    acknowledged.push_back(number);
    if (number % 30 != 29) continue;
    const TemporaryFolder left;
    disk.cut_power(folder.path(), left.path());
    expect_posts(*open_store(left.path()), acknowledged);
    expect_sound(left.path());
  }
}

// The child writes as fast as it can and tells through the pipe what was acknowledged.
[[noreturn]] void write_until_killed(const std::string& folder, int pipe) {
  auto store = SqliteStore::open(folder, at(0)).value();
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([&, writer] {
      for (int number = writer;; number += 4) {
        if (!create(*store, number)) _exit(1);
        if (::write(pipe, &number, sizeof number) != sizeof number) _exit(2);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  _exit(3);
}

TEST(SqliteDurability, AKilledProcessLosesNothingThatItAcknowledged) {
  const TemporaryFolder folder;
  for (int kill_after : {1, 40, 300}) {
    SCOPED_TRACE(kill_after);
    const std::string path = folder.path() + "/" + std::to_string(kill_after);
    connect_page(*open_store(path));
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) write_until_killed(path, ends[1]);
    close(ends[1]);
    std::vector<int> acknowledged;
    int number = 0;
    while (::read(ends[0], &number, sizeof number) == sizeof number) {
      acknowledged.push_back(number);
      if (std::ssize(acknowledged) == kill_after) kill(child, SIGKILL);
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
    EXPECT_GE(std::ssize(acknowledged), kill_after);
    expect_posts(*open_store(path), acknowledged);
    expect_sound(path);
  }
}

TEST(SqliteDurability, F05_AFullDiskRefusesAndLosesNothing) {
  FaultyDisk disk;
  const TemporaryFolder folder;
  auto store = open_store(folder.path());
  connect_page(*store);
  std::vector<int> acknowledged;
  for (int number = 0; number < 40; ++number) {
    disk.fail(Fault::full, 1 + number % 7);
    const auto refused = create(*store, number);
    if (refused) {
      acknowledged.push_back(number);
    } else {
      EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
      EXPECT_EQ(refused.error().code, "storage_full");
      EXPECT_REFUSED(store->find_post(kAcme, post_number(number).id), not_found, "");
    }
    expect_posts(*store, acknowledged);  // Reading goes on.
    disk.heal();
    EXPECT_DONE(create(*store, 1000 + number));  // And writing, once there is space again.
    acknowledged.push_back(1000 + number);
  }
  store.reset();
  expect_posts(*open_store(folder.path()), acknowledged);
  expect_sound(folder.path());
}

// In a child, since it may end itself: creates posts with the n-th call of a kind failing. Exits
// with 0 when nothing failed any more.
[[noreturn]] void write_with_fault(FaultyDisk& disk, Fault fault, int nth,
                                   const std::string& folder, int pipe) {
  auto store = SqliteStore::open(folder, at(0)).value();
  disk.fail(fault, nth);
  for (int number = 0; number < 6; ++number) {
    if (create(*store, number) && ::write(pipe, &number, sizeof number) != sizeof number) _exit(2);
  }
  const bool failed = disk.has_failed();
  disk.heal();
  store.reset();
  _exit(failed ? 1 : 0);
}

TEST(SqliteDurability, F06_WhicheverCallToTheDiskFailsNothingAcknowledgedIsLost) {
  FaultyDisk disk;
  const TemporaryFolder fresh;
  connect_page(*open_store(fresh.path()));
  for (const Fault fault : {Fault::write, Fault::sync, Fault::read}) {
    int ended_itself = 0;
    bool clean = false;
    for (int nth = 1; !clean; nth += 1 + nth / 8) {
      SCOPED_TRACE("fault " + std::to_string(static_cast<int>(fault)) + ", call " +
                   std::to_string(nth));
      ASSERT_LT(nth, 500);
      const TemporaryFolder folder;
      std::filesystem::copy(fresh.path(), folder.path(), std::filesystem::copy_options::recursive);
      int ends[2];
      ASSERT_EQ(pipe(ends), 0);
      const pid_t child = fork();
      if (child == 0) {
        close(STDERR_FILENO);
        write_with_fault(disk, fault, nth, folder.path(), ends[1]);
      }
      close(ends[1]);
      std::vector<int> acknowledged;
      int number = 0;
      while (::read(ends[0], &number, sizeof number) == sizeof number) {
        acknowledged.push_back(number);
      }
      close(ends[0]);
      int status = 0;
      waitpid(child, &status, 0);
      clean = WIFEXITED(status) && WEXITSTATUS(status) == 0;
      const bool aborted = WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
      if (aborted) ++ended_itself;
      EXPECT_TRUE(clean || aborted || (WIFEXITED(status) && WEXITSTATUS(status) == 1)) << status;
      expect_posts(*open_store(folder.path()), acknowledged);
      expect_sound(folder.path());
    }
    // After a failed fsync at commit nobody knows what is on disk: the process must end.
    if (fault == Fault::sync) EXPECT_GT(ended_itself, 0);
    if (fault == Fault::read) EXPECT_EQ(ended_itself, 0);
  }
}

TEST(SqliteDurability, GroupCommitSharesTheSyncs) {
  FaultyDisk disk;
  const TemporaryFolder folder;
  const auto store = open_store(folder.path());
  connect_page(*store);
  const int before = disk.syncs();
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 16; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; i < 20; ++i) EXPECT_DONE(create(*store, writer * 20 + i));
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_LT(disk.syncs() - before, 320);
  EXPECT_GT(disk.syncs() - before, 0);
}

TEST(SqliteDurability, AnActThatIsRefusedUndoesItselfAndNoOther) {
  const TemporaryFolder folder;
  const auto store = open_store(folder.path());
  connect_page(*store);
  std::vector<std::thread> writers;
  std::atomic<int> refused = 0;
  for (int writer = 0; writer < 16; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; i < 10; ++i) {
        const int number = (writer / 2) * 10 + i;  // Two threads for each number.
        if (!create(*store, number)) ++refused;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(refused, 80);
  std::vector<int> all;
  for (int number = 0; number < 80; ++number) all.push_back(number);
  expect_posts(*store, all);
}

// What a disconnected account's tokens were cannot be read from the files any more.
TEST(SqliteDurability, RemovedCiphertextLeavesTheFiles) {
  const TemporaryFolder folder;
  auto store = open_store(folder.path());
  Grant grant = sample_grant("acme", "grt");
  grant.sealed_tokens = "CIPHERTEXT-OF-THE-GRANT";
  Account account = sample_account("acme", "page", "grt");
  account.sealed_token = "CIPHERTEXT-OF-THE-ACCOUNT";
  EXPECT_DONE(store->connect(kAcme, {grant, {account}}));
  EXPECT_DONE(create(*store, 1));
  auto claimed = store->claim_due(at(1), Duration(60'000), 1).value();
  claimed[0].sealed_progress = "CIPHERTEXT-OF-THE-PROGRESS";
  EXPECT_DONE(store->save_delivery(claimed[0], claimed[0].lease, {}, {}));
  const auto found = [&] {
    std::ifstream in(folder.path() + "/herald.db", std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    return bytes.find("CIPHERTEXT") != std::string::npos;
  };
  store.reset();  // Closing moves the log into the file.
  EXPECT_TRUE(found());
  store = open_store(folder.path());
  EXPECT_DONE(store->remove_account(kAcme, AccountId("page"), at(2)));
  store.reset();
  EXPECT_FALSE(found());
}

TEST(SqliteDurability, AFolderBelongsToOneProcess) {
  const TemporaryFolder folder;
  auto store = open_store(folder.path());
  const auto second = SqliteStore::open(folder.path(), at(0));
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(second.error().code, "data_folder_in_use");
  EXPECT_NE(second.error().message.find("process " + std::to_string(getpid())), std::string::npos);
  store.reset();
  EXPECT_TRUE(SqliteStore::open(folder.path(), at(0)).has_value());
}

TEST(SqliteDurability, TheFilesAreTheOwnersOnly) {
  const TemporaryFolder folder;
  const auto store = open_store(folder.path() + "/data");
  connect_page(*store);
  using std::filesystem::perms;
  for (const char* name : {"", "/lock", "/herald.db", "/herald.db-wal"}) {
    const perms mode = std::filesystem::status(folder.path() + "/data" + name).permissions();
    EXPECT_EQ(mode & (perms::group_all | perms::others_all), perms::none) << name;
  }
}

}  // namespace
}  // namespace herald

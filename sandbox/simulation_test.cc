// What a restart keeps.
#include "sandbox/simulation.h"

#include <fstream>

#include "sandbox/door.h"

namespace herald::sandbox {

TEST(Simulation, ARestartKeepsTokensContainersLedgerMediaAndClock) {
  const Folder folder;
  std::string token;
  std::string container;
  std::string digest;
  {
    Door door(folder.path());
    token = door.user_token();
    door.publish(token, door.ready_photo(token));
    container = door.ready_photo(token);
    door.control("POST", "/clock", R"({"advance_ms":60000})");
    door.control("POST", "/switches", R"({"meta.jpeg_only":"off"})");
    digest = door.simulation->seen()[0].media[0].digest;
  }
  Door door(folder.path());
  EXPECT_EQ(door.posts_seen(), 1U);
  EXPECT_EQ(door.simulation->now(), door.wall + std::chrono::minutes(1));
  EXPECT_NE(door.simulation->media().find(digest), nullptr);
  EXPECT_EQ(door.status_of(token, container), "FINISHED");
  EXPECT_EQ(door.publish(token, container)->status, 200);
  EXPECT_EQ(door.posts_seen(), 2U);
  EXPECT_NE(boost::json::serialize(door.control("GET", "/switches"))
                .find(R"("name":"meta.jpeg_only","value":"off")"),
            std::string::npos);
}

TEST(Simulation, ACrashBetweenSnapshotAndLedgerLosesNoEntry) {
  const Folder folder;
  const auto ledger = folder.path() + "/ledger.jsonl";
  {
    Door door(folder.path());
    const auto token = door.user_token();
    door.publish(token, door.ready_photo(token));
  }
  ASSERT_GT(std::filesystem::file_size(ledger), 0U);
  std::filesystem::resize_file(ledger, 0);  // As if the entry had never reached the file.
  Door door(folder.path());
  EXPECT_EQ(door.posts_seen(), 1U);
  EXPECT_GT(std::filesystem::file_size(ledger), 0U);
}

TEST(Simulation, AResetKeepsTheOldLedgerFile) {
  const Folder folder;
  Door door(folder.path());
  const auto token = door.user_token();
  door.publish(token, door.ready_photo(token));
  door.control("POST", "/reset");
  EXPECT_EQ(std::filesystem::file_size(folder.path() + "/ledger.jsonl"), 0U);
  EXPECT_GT(std::filesystem::file_size(folder.path() + "/ledger.jsonl.1"), 0U);
}

TEST(Simulation, ASpoiledSnapshotIsAnErrorAndNotAFreshStart) {
  const Folder folder;
  {
    Door door(folder.path());
    door.user_token();
  }
  std::ofstream(folder.path() + "/state.json") << "{\"sides\":";
  EXPECT_FALSE(Simulation::open(Settings{.data = folder.path()}).has_value());
}

TEST(Ledger, ATornLastLineIsDroppedAndTheRestStays) {
  const Folder folder;
  std::filesystem::create_directories(folder.path());
  const auto path = folder.path() + "/ledger.jsonl";
  {
    auto ledger = *Ledger::open(path);
    ledger->record({.platform = "instagram", .event = "post", .id = "1", .text = "a\nb"});
    ledger->record({.platform = "instagram", .event = "post", .id = "2"});
    ASSERT_TRUE(ledger->commit().has_value());
  }
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 5);
  auto ledger = *Ledger::open(path);
  ASSERT_EQ(ledger->size(), 1U);
  EXPECT_EQ(ledger->entries()[0].text, "a\nb");
  ledger->record({.platform = "instagram", .event = "post", .id = "3"});
  ASSERT_TRUE(ledger->commit().has_value());
  EXPECT_EQ((*Ledger::open(path))->entries()[1].id, "3");
}

}  // namespace herald::sandbox

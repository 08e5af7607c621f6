// A whole installation from one store into another and back, by way of a file.
#include "program/moving.h"

#include <sys/stat.h>

#include <fstream>
#include <set>

#include "crypto/self_check.h"
#include "crypto/system_random.h"
#include "crypto/vault_sealer.h"
#include "program/data_folder.h"
#include "store/mongo/kept_rows.h"
#include "store/sqlite/sqlite_store.h"
#include "testing/fake_clock.h"
#include "tests/store/mongo_kind.h"
#include "tests/store/mongo_rig.h"
#include "tests/store/store_test.h"

namespace herald {
namespace {

using Use = MovingPlace::Use;

std::string bytes_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void write_bytes(const std::string& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

Account account_on(const std::string& platform, const std::string& id) {
  Account account = sample_account("acme", id, "grt_1");
  account.platform = PlatformId(platform);
  return account;
}

// Of every kind; where a kind has two places or orders, of each.
std::vector<KeptRow> every_kind() {
  const Post post = sample_post("acme", "post_1", {"acc_1"}, at(500));
  const Delivery delivery = deliveries_for(post).front();
  Session session = sample_session("acme", "user_1", "ses_1");
  session.previous_hash = "before";
  KeptFacts facts{CustomerId("acme"), AccountId("acc_1"), "r/x", {}, at(7), "none"};
  facts.looked_up = {{{"quota_usage", "3"}}, at(6), {{"boards", {{"b", "B"}}}}};
  const Measurement measurement{.customer = CustomerId("acme"),
                                .account = AccountId("acc_1"),
                                .delivery = {},
                                .begun_at = at(1),
                                .due_at = at(2),
                                .lease = 3,
                                .lease_until = at(4),
                                .attempt = 5,
                                .measured_at = at(6),
                                .problem = "slow"};
  const DayRow day{.customer = CustomerId("acme"),
                   .account = AccountId("acc_1"),
                   .delivery = {},
                   .day = Day(std::chrono::days(20'000)),
                   .kept_max = Duration(7),
                   .metrics = {{"views", 12}},
                   .read_at = at(8),
                   .expires_at = at(9)};
  DayRow of_post = day;
  of_post.delivery = delivery.id;
  std::vector<KeptRow> rows{
      sample_customer("acme"),
      sample_user("acme", "user_1"),
      session,
      sample_flow("acme", "flow_1"),
      sample_grant("acme", "grt_1"),
      account_on("instagram", "acc_1"),
      account_on("reddit", "acc_0"),
      facts,
      sample_medium("acme", "med_1"),
      KeptPost{post, PostStatus::scheduled, "key", "print", {"med_1"}, {"acc_1"}},
      KeptDelivery{delivery, at(500)},
      KeptFollowUp{sample_follow_up(delivery, "comment", at(600)), at(600)},
      sample_attempt(delivery, "att_1"),
      measurement,
      day,
      of_post};
  for (const char* action : {"z.first", "a.second", "m.third"}) {
    rows.push_back(AuditEvent{CustomerId("acme"), UserId("user_1"), action, "s", "n", at(3)});
  }
  return rows;
}

class Moving : public ::testing::Test {
 protected:
  Moving() {
    key_ = make_wrapping_key("k1", random_);
    Config config = sqlite("source");
    {
      // What the vault leaves: the canary, and keys.
      EXPECT_TRUE(make_folder(config.data_folder));
      const auto store = SqliteStore::open(config.data_folder, at(0)).value();
      const auto wrapping = keys();
      VaultSealer sealer(*store, wrapping, clock_, random_);
      EXPECT_TRUE(check_folder_canary(config.data_folder, sealer));
      EXPECT_TRUE(sealer.seal({CustomerId("acme"), "grant", "", "", ""}, "token"));
    }
    auto place = open(config, Use::writing);
    for (const KeptRow& row : every_kind()) EXPECT_DONE(place.rows->put({row}));
  }

  WrappingKeys keys() const { return WrappingKeys::parse(key_).value(); }
  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }
  Config sqlite(const std::string& name) const {
    Config config;
    config.data_folder = path(name);
    return config;
  }
  Config mongo() const {
    Config config;
    config.mongodb_uri = Secret(mongo_database_of(folder_.path()));
    return config;
  }
  static MovingPlace open(const Config& config, Use use) {
    auto place = MovingPlace::open(config, at(0), use);
    EXPECT_TRUE(place) << show(place.error());
    return std::move(*place);
  }
  Result<Tallies> take_out(const Config& config, const std::string& file) {
    auto place = open(config, Use::reading);
    return export_installation(place, path(file));
  }
  Result<Tallies> put_in(const Config& config, const std::string& file) {
    auto place = open(config, Use::writing);
    return import_installation(place, path(file), keys());
  }
  // An export, changed by `change`, is refused with this sentence, and nothing is written.
  void expect_refused(const std::function<std::string(std::string)>& change,
                      const std::string& sentence) {
    ASSERT_TRUE(take_out(sqlite("source"), "whole"));
    write_bytes(path("changed"), change(bytes_of(path("whole"))));
    const auto refused = put_in(sqlite("target"), "changed");
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().message.contains(sentence)) << refused.error().message;
    EXPECT_TRUE(put_in(sqlite("target"), "whole")) << "it is empty still";
  }

  TemporaryFolder folder_;
  SystemRandom random_;
  testing::FakeClock clock_;
  std::string key_;
};

TEST_F(Moving, EveryKindHasARow) {
  const auto tallies = take_out(sqlite("source"), "file");
  ASSERT_TRUE(tallies) << show(tallies.error());
  for (std::size_t kind = 0; kind < kRowKinds; ++kind) {
    EXPECT_GT((*tallies)[kind].count, 0) << kRowKindNames[kind];
  }
}

TEST_F(Moving, NoMemberOfARowIsLostAndTheAuditKeepsItsOrder) {
  std::multiset<std::string> put;
  std::vector<std::string> actions;
  for (const KeptRow& row : every_kind()) put.insert(mongo::document_of(row).to_json());
  auto place = open(sqlite("source"), Use::reading);
  ASSERT_TRUE(place.rows->each_row([&](const KeptRow& row) -> Result<Done> {
    if (!std::holds_alternative<KeptKey>(row)) {
      const auto found = put.find(mongo::document_of(row).to_json());
      EXPECT_NE(found, put.end()) << mongo::document_of(row).to_json();
      if (found != put.end()) put.erase(found);
    }
    if (const auto* event = std::get_if<AuditEvent>(&row)) actions.push_back(event->action);
    return Done{};
  }));
  EXPECT_TRUE(put.empty());
  EXPECT_EQ(actions, (std::vector<std::string>{"z.first", "a.second", "m.third"}));
}

TEST_F(Moving, IntoMongoAndBackEveryFileIsTheSame) {
  if (!has_mongo()) GTEST_SKIP() << mongo::kNoTestServer;
  const Config between = mongo();
  const auto first = take_out(sqlite("source"), "first");
  ASSERT_TRUE(first) << show(first.error());
  const auto there = put_in(between, "first");
  ASSERT_TRUE(there) << show(there.error());
  const auto second = take_out(between, "second");
  ASSERT_TRUE(second) << show(second.error());
  const auto back = put_in(sqlite("target"), "second");
  ASSERT_TRUE(back) << show(back.error());
  const auto third = take_out(sqlite("target"), "third");
  ASSERT_TRUE(third) << show(third.error());
  EXPECT_EQ(*first, *second);
  EXPECT_EQ(*first, *third);
  EXPECT_EQ(bytes_of(path("first")), bytes_of(path("second")));
  EXPECT_EQ(bytes_of(path("first")), bytes_of(path("third")));
}

TEST_F(Moving, WhatIsKeptBesideARowGoesAlong) {
  ASSERT_TRUE(take_out(sqlite("source"), "file"));
  ASSERT_TRUE(put_in(sqlite("target"), "file"));
  auto place = open(sqlite("target"), Use::reading);
  int seen = 0;
  ASSERT_TRUE(place.rows->each_row([&](const KeptRow& row) -> Result<Done> {
    if (const auto* kept = std::get_if<KeptPost>(&row)) {
      ++seen;
      EXPECT_EQ(kept->status, PostStatus::scheduled);
      EXPECT_EQ(kept->idempotency_key, "key");
      EXPECT_EQ(kept->fingerprint, "print");
      EXPECT_EQ(kept->media_used, std::vector<std::string>{"med_1"});
      EXPECT_EQ(kept->account_ids, std::vector<std::string>{"acc_1"});
    }
    if (const auto* kept = std::get_if<KeptDelivery>(&row)) {
      ++seen;
      EXPECT_EQ(kept->claim_at, at(500));
    }
    if (const auto* kept = std::get_if<KeptFollowUp>(&row)) {
      ++seen;
      EXPECT_EQ(kept->claim_at, at(600));
    }
    return Done{};
  }));
  EXPECT_EQ(seen, 3);
}

TEST_F(Moving, TheStoreWorksOnWhatWasMoved) {
  ASSERT_TRUE(take_out(sqlite("source"), "file"));
  std::vector<Config> targets;
  targets.push_back(sqlite("target"));
  if (has_mongo()) targets.push_back(mongo());
  for (const Config& target : targets) {
    const auto moved = put_in(target, "file");
    ASSERT_TRUE(moved) << show(moved.error());
    std::unique_ptr<Store> store;
    if (target.mongodb_uri.empty()) {
      store = SqliteStore::open(target.data_folder, at(0)).value();
    } else {
      store = mongo_kind().open(folder_.path());
    }
    const auto wrapping = keys();
    VaultSealer sealer(*store, wrapping, clock_, random_);
    EXPECT_TRUE(sealer.seal({CustomerId("acme"), "grant", "", "", ""}, "token"));
    EXPECT_EQ(store->find_user_by_email("user_1@acme.example")->id, UserId("user_1"));
    EXPECT_EQ(store->list_accounts(scope("acme"), {}, {})->size(), 2u);
    EXPECT_REFUSED(store->remove_medium(scope("acme"), MediaId("med_1")), conflict, "media_in_use");
    PostFilter by_account;
    by_account.account = AccountId("acc_1");
    EXPECT_EQ(store->list_posts(scope("acme"), by_account, PageRequest{.limit = 10})->rows.size(),
              1u);
    const auto claimed = store->claim_due(at(501), Duration(1'000), 10);
    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->size(), 1u);
  }
}

TEST_F(Moving, AStoreThatIsNotEmptyTakesNothing) {
  ASSERT_TRUE(take_out(sqlite("source"), "file"));
  const auto refused = put_in(sqlite("source"), "file");
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().message.contains("not empty")) << refused.error().message;
}

TEST_F(Moving, AFileThatIsCutShortIsRefusedAndNothingIsWritten) {
  expect_refused([](std::string file) { return file.substr(0, file.size() / 2); }, "not whole");
}
TEST_F(Moving, AFileWithoutItsLastLineIsRefused) {
  expect_refused(
      [](std::string file) { return file.substr(0, file.rfind('\n', file.size() - 2) + 1); },
      "not whole");
}
TEST_F(Moving, AFileThatWasChangedIsRefused) {
  expect_refused(
      [](std::string file) { return file.replace(file.find("user_1@acme"), 6, "user_2"); },
      "changed after it was written: its users");
}
TEST_F(Moving, AFileThatLacksARowIsRefused) {
  expect_refused(
      [](std::string file) {
        const auto at = file.find("{ \"kind\" : \"attempts\"");
        return file.erase(at, file.find('\n', at) + 1 - at);
      },
      "its attempts");
}
TEST_F(Moving, AFileOfAnotherVersionIsRefused) {
  expect_refused(
      [](std::string file) { return file.replace(file.find("_accounts_by"), 5, "_else"); },
      "another version of Herald");
}

TEST_F(Moving, V09_OtherVaultKeysAreRefusedBeforeAnythingIsWritten) {
  ASSERT_TRUE(take_out(sqlite("source"), "file"));
  const std::string right = key_;
  key_ = make_wrapping_key("k1", random_);
  const auto refused = put_in(sqlite("target"), "file");
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().message.contains("vault's keys")) << refused.error().message;
  key_ = right;
  EXPECT_TRUE(put_in(sqlite("target"), "file"));
}

// Gives up after so many batches, as a process that is killed.
class Dying final : public StoreCopy {
 public:
  Dying(std::unique_ptr<StoreCopy> real, int after) : real_(std::move(real)), left_(after) {}
  bool reads_one_moment() const override { return false; }
  Result<Done> each_row(const std::function<Result<Done>(const KeptRow&)>& take) override {
    if (++readings_ == 2) {
      HERALD_CHECK(real_->put({sample_customer("new")}));  // Somebody writes meanwhile.
    }
    return real_->each_row(take);
  }
  Result<Done> put(const std::vector<KeptRow>& rows) override {
    if (left_-- == 0) return fail(ErrorKind::unavailable, "The store is gone.");
    return real_->put(rows);
  }

 private:
  std::unique_ptr<StoreCopy> real_;
  int left_;
  int readings_ = 0;
};

TEST_F(Moving, WhatACutOffImportLeavesIsServedByNobodyAndTakesNoSecondImport) {
  ASSERT_TRUE(take_out(sqlite("source"), "file"));
  const Config target = sqlite("target");
  {
    auto place = open(target, Use::writing);
    place.rows = std::make_unique<Dying>(std::move(place.rows), 5);
    EXPECT_FALSE(import_installation(place, path("file"), keys()));
  }
  const auto again = put_in(target, "file");
  ASSERT_FALSE(again);
  EXPECT_TRUE(again.error().message.contains("cut off")) << again.error().message;
  EXPECT_FALSE(take_out(target, "half"));
  const auto store = SqliteStore::open(target.data_folder, at(0)).value();
  const auto wrapping = keys();
  VaultSealer sealer(*store, wrapping, clock_, random_);
  const auto started = check_folder_canary(target.data_folder, sealer);
  ASSERT_FALSE(started);
  EXPECT_TRUE(started.error().message.contains("import")) << started.error().message;
}

TEST_F(Moving, WhatWasWrittenWhileItWasReadMakesNoFile) {
  auto place = open(sqlite("source"), Use::writing);
  place.rows = std::make_unique<Dying>(std::move(place.rows), 0);
  const auto refused = export_installation(place, path("file"));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().message.contains("written to while it was read (customers)"))
      << refused.error().message;
  EXPECT_NE(access(path("file").c_str(), F_OK), 0);
  EXPECT_NE(access(path("file.part").c_str(), F_OK), 0);
}

TEST_F(Moving, AFileThatIsThereIsNotWrittenOver) {
  write_bytes(path("file"), "mine");
  EXPECT_FALSE(take_out(sqlite("source"), "file"));
  EXPECT_EQ(bytes_of(path("file")), "mine");
}

}  // namespace
}  // namespace herald

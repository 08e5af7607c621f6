// The isolation matrix: every row of rows.h, on every store.
#include <gtest/gtest.h>

#include <cctype>
#include <tuple>

#include "generated/promises.h"
#include "tests/isolation/asking.h"
#include "tests/isolation/world.h"
#include "tests/store/mongo_kind.h"
#include "tests/store/mongo_rig.h"

namespace herald::isolation {

void PrintTo(const Row& row, std::ostream* out) { *out << row.operation << " " << row.field; }

namespace {

using http::HttpAnswer;
using http::Person;

const Promise* promised(std::string_view operation) {
  const auto found = std::ranges::find(kPromises, operation, &Promise::operation);
  return found == kPromises.end() ? nullptr : &*found;
}

TEST(IsolationRows, AreForWhatIsPromised) {
  for (const Row& row : kRows) {
    const auto* promise = promised(row.operation);
    ASSERT_NE(promise, nullptr) << "docs/openapi.yaml has no " << row.operation
                                << " (any more): take its rows out of tests/isolation/rows.h";
    EXPECT_TRUE(row.kind == Kind::nothing ||
                std::ranges::find(promise->fields, row.field, &Field::name) !=
                    promise->fields.end())
        << row.operation << " does not take " << row.field
        << " (any more): take the row out of tests/isolation/rows.h";
  }
}

TEST(IsolationOnMongo, RunsWhereThereIsAServer) {
  if (!has_mongo()) GTEST_SKIP() << mongo::kNoTestServer;
}

using Cell = std::tuple<StoreKind, Row>;

class Isolation : public ::testing::TestWithParam<Cell> {
 protected:
  // One world for all rows of a store; they come one store after the other.
  static void TearDownTestSuite() { world_.reset(); }
  static World& world() {
    const StoreKind& kind = std::get<StoreKind>(GetParam());
    if (world_ == nullptr || of_ != kind.name) {
      world_.reset();
      world_ = std::make_unique<World>(kind);
      of_ = kind.name;
      shown_ = world_->shown();
    }
    return *world_;
  }

  // Asks for alice's and for what never was: once in the row's field, and once in all fields of the
  // route at once.
  static void ask_in_vain(const Asker& asker) {
    const Row& row = std::get<Row>(GetParam());
    const Promise& promise = *promised(row.operation);
    Values hers{{std::string(row.field), foreign(row.kind, world().alices())}};
    Values nobodys{{std::string(row.field), never(row.kind, world().alices())}};
    compare(asker, promise, row.kind, hers, nobodys);
    for (const Row& other : kRows) {
      if (other.operation != row.operation) continue;
      hers[std::string(other.field)] = foreign(other.kind, world().alices());
      nobodys[std::string(other.field)] = never(other.kind, world().alices());
    }
    if (hers.size() > 1) compare(asker, promise, row.kind, hers, nobodys);
  }

  static void compare(const Asker& asker, const Promise& promise, Kind kind, const Values& hers,
                      const Values& nobodys) {
    SCOPED_TRACE(std::string(promise.method) + " " + std::string(promise.path) + " asked by " +
                 asker.name);
    auto& rig = world().rig();
    const auto answer = ask(rig, asker.person, asker.own, promise, hers);
    const auto unknown = ask(rig, asker.person, asker.own, promise, nobodys);
    EXPECT_LT(unknown.status, 500) << unknown.body;
    EXPECT_EQ(world().betrayed(answer), "") << answer.body;
    EXPECT_EQ(answer.status, unknown.status) << answer.body << unknown.body;
    const bool makes = kind == Kind::key || kind == Kind::upload_key;
    if (makes && answer.status == 201) {  // A post of their own.
      EXPECT_EQ(answer.header("Idempotency-Replayed"), "");
    } else {
      EXPECT_EQ(http::blanked(answer), http::blanked(unknown));
    }
  }

  static inline std::string shown_;  // To alice, after the row before.

 private:
  static inline std::unique_ptr<World> world_;
  static inline std::string of_;
};

TEST_P(Isolation, T01_WhatIsAnothersIsAsWhatNeverWas) {
  const Row& row = std::get<Row>(GetParam());
  const auto ask_as = [&](const Asker& asker) {
    if (row.kind != Kind::nothing) return ask_in_vain(asker);
    const auto answer = ask(world().rig(), asker.person, asker.own, *promised(row.operation), {});
    EXPECT_LT(answer.status, 500) << answer.body;
    EXPECT_EQ(world().betrayed(answer), "") << asker.name << ": " << answer.body;
  };
  const auto stored = world().stored();
  for (const Asker& asker : world().askers()) {
    if (!asker.colleague) ask_as(asker);
  }
  EXPECT_EQ(world().stored(), stored);
  // A colleague who tries to finish burns the flow (O-08).
  const bool burns = row.operation == "finish";
  if (burns) EXPECT_EQ(world().shown(), shown_);
  for (const Asker& asker : world().askers()) {
    if (asker.colleague) ask_as(asker);
  }
  if (burns) begin_flow(world().rig(), world().rig().alice, world().alices());
  const auto shown = world().shown();
  if (!burns) EXPECT_EQ(shown, shown_);
  shown_ = shown;
}

std::vector<Row> asked_rows() {
  std::vector<Row> rows;
  std::ranges::copy_if(kRows, std::back_inserter(rows),
                       [](const Row& row) { return row.operation != "events"; });
  return rows;
}

std::string cell_name(const ::testing::TestParamInfo<Cell>& info) {
  const auto& [kind, row] = info.param;
  std::string name = kind.name + "_" + std::string(row.operation) + "_" + std::string(row.field);
  std::ranges::replace_if(name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Matrix, Isolation,
                         ::testing::Combine(::testing::ValuesIn(store_kinds()),
                                            ::testing::ValuesIn(asked_rows())),
                         cell_name);

class IsolationOn : public ::testing::TestWithParam<StoreKind> {};

// Without this the matrix could be a row of malformed requests that nobody sees the effect of.
TEST_P(IsolationOn, TheOwnerAsksTheSameAndIsLetIn) {
  World world(GetParam());
  const auto shown = world.shown(), stored = world.stored();
  EXPECT_EQ(world.shown(), shown);
  EXPECT_NE(world.betrayed(shown), "");
  const auto let_in = [&](const Row& row) {
    // A state is good once.
    if (row.kind == Kind::state) begin_flow(world.rig(), world.rig().alice, world.alices());
    const Values own{{std::string(row.field), world.alices().ids.at(row.kind)}};
    const auto answer =
        ask(world.rig(), world.rig().alice, world.alices(), *promised(row.operation), own);
    EXPECT_TRUE(answer.status < 400 || answer.status == 409)
        << row.operation << " " << row.field << ": " << answer.status << answer.body;
  };
  // What ends something comes last, the account last of all; a wrong password lets nobody in.
  for (const std::string_view last : {"", "cancel_post", "delete_media", "disconnect"}) {
    for (const Row& row : kRows) {
      const bool ends = row.operation == "cancel_post" || row.operation == "delete_media" ||
                        row.operation == "disconnect";
      if (row.kind == Kind::nothing || row.kind == Kind::email) continue;
      if (ends ? row.operation == last : last.empty()) let_in(row);
    }
  }
  EXPECT_NE(world.shown(), shown);
  if (!stored.empty()) EXPECT_NE(world.stored(), stored);
  EXPECT_EQ(stored.empty(), GetParam().name == "Memory");
}

// Everything that the person's stream says until it speaks of `last`.
std::string heard(http::HttpClient& stream, const std::string& last) {
  std::string text;
  while (!text.contains(last)) text += stream.read_chunk();
  return text;
}

TEST_P(IsolationOn, T26_AStreamSaysNothingOfOthers) {
  World world(GetParam());
  auto& rig = world.rig();
  std::list<http::HttpClient> streams;
  for (const Asker& asker : world.askers()) {
    auto& stream = streams.emplace_back(rig.gateway);
    stream.send("GET " + std::string(promised("events")->path) +
                " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + asker.person.token + "\r\n\r\n");
    ASSERT_EQ(stream.read_head().status, 200);
  }
  // Alice uploads, posts, cancels, begins to connect and disconnects; a worker publishes.
  const auto fresh = rig.medium_of(rig.alice);
  begin_flow(rig, rig.alice, world.alices());
  const Values none;
  for (const auto* operation : {"create_post", "edit_post", "cancel_post", "disconnect"}) {
    const auto did = ask(rig, rig.alice, world.alices(), *promised(operation), none);
    EXPECT_LT(did.status, 300) << operation << did.body;
  }
  const auto& caller = rig.alice.caller;
  rig.events().publish({caller.scope.customer(), caller.user, "delivery.updated",
                        world.alices().ids[Kind::delivery], world.alices().ids[Kind::post]});
  auto stream = streams.begin();
  for (const Asker& asker : world.askers()) {
    const auto text = heard(*stream++, rig.medium_of(asker.person));
    EXPECT_EQ(world.betrayed(text), "") << asker.name << " hears " << text;
    EXPECT_FALSE(text.contains(fresh)) << asker.name << " hears " << text;
  }
}

INSTANTIATE_TEST_SUITE_P(EveryStore, IsolationOn, ::testing::ValuesIn(store_kinds()), kind_name);

}  // namespace
}  // namespace herald::isolation

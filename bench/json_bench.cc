// JSON in and out: a post's request read as strictly as the door does, and the answers that show
// it.
#include <benchmark/benchmark.h>

#include <boost/json.hpp>

#include "http/accounts_json.h"
#include "http/door_rig.h"
#include "http/json_body.h"
#include "http/posts_json.h"

namespace herald::http {
namespace {

Request request_of(const json::object& body) {
  Request request;
  request.headers.add("Content-Type", "application/json");
  request.body = json::serialize(body);
  return request;
}

// A person with a post of one video to one account, behind the real doors.
struct Desk {
  DoorRig rig;
  Request request = request_of(rig.draft_of(rig.alice));
  PostId id{rig.post_of(rig.alice)};
};

void BM_ReadPost(benchmark::State& state) {
  const Desk desk;
  for (auto _ : state) {
    json::object body;
    if (!read_json(desk.request, body)) state.SkipWithError("no JSON");
    Fields fields(body);
    benchmark::DoNotOptimize(read_draft(fields));
    if (!fields.done()) state.SkipWithError("no draft");
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(desk.request.body.size()));
}
BENCHMARK(BM_ReadPost);

// With what it reads from the store in memory: the medium and the account.
void BM_WritePost(benchmark::State& state) {
  Desk desk;
  const CustomerScope& scope = desk.rig.alice.caller.scope;
  const Post post = desk.rig.store().find_post(scope, desk.id).value();
  const auto deliveries = desk.rig.store().deliveries_of(scope, desk.id).value();
  std::size_t bytes = 0;
  for (auto _ : state) {
    const auto answer =
        json_answer(200, post_json(desk.rig.services(), scope, post, deliveries, {}));
    bytes += answer.body.size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(BM_WritePost);

void BM_WriteThreeAccounts(benchmark::State& state) {
  Desk desk;
  AccountStanding standing;
  standing.account = desk.rig.account_of(desk.rig.alice);
  standing.scopes = {"https://www.googleapis.com/auth/youtube.upload",
                     "https://www.googleapis.com/auth/youtube.readonly",
                     "https://www.googleapis.com/auth/youtube.force-ssl"};
  std::size_t bytes = 0;
  for (auto _ : state) {
    json::array list;
    for (int i = 0; i < 3; ++i) {
      list.push_back(account_json(desk.rig.services().hosts, standing));
    }
    bytes += json_answer(200, {{"accounts", std::move(list)}}).body.size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(BM_WriteThreeAccounts);

}  // namespace
}  // namespace herald::http

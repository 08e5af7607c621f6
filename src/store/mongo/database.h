// A MongoDB database: its connections, and acts on it. Writes are acknowledged by a majority and in
// its journals; reads see only such writes. Every call blocks, at most for the times of
// database.cc. Safe from any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>

#include "domain/result.h"
#include "store/mongo/bson.h"
#include "store/mongo/errors.h"

struct _bson_error_t;
struct _mongoc_client_session_t;
struct _mongoc_client_t;
struct _mongoc_collection_t;

namespace herald::mongo {

class Clients;

// One connection for as long as it lives, and perhaps a transaction on it.
class Act {
 public:
  Act(Clients& clients, _mongoc_client_t* client, const std::string& database)
      : clients_(clients), client_(client), database_(database) {}
  Act(const Act&) = delete;
  Act& operator=(const Act&) = delete;
  ~Act();  // Undoes what was not committed.

  Result<Done> begin();
  Result<Done> commit();
  void undo();
  // A call failed with what another try of the whole transaction may not meet again.
  bool is_transient() const { return transient_; }
  // False: the same was said before in this transaction.
  bool says_first(std::string what) { return said_.insert(std::move(what)).second; }
  // The error that makes run_as_one() begin anew.
  std::unexpected<Error> try_again();

  // A command of the database itself ({"ping": 1}), outside of the transaction.
  Result<Bson> command(const Bson& command);

  // ---- For Documents ----
  using Collection = std::unique_ptr<_mongoc_collection_t, void (*)(_mongoc_collection_t*)>;
  Collection collection(const char* name);
  // Options of a call: its transaction, if there is one.
  Bson options() const;
  _mongoc_client_t* client() const { return client_; }
  const std::string& database() const { return database_; }
  // Notes whether it is transient.
  std::unexpected<Error> failed(const _bson_error_t& error, const _bson_t* reply);

 private:
  Clients& clients_;
  _mongoc_client_t* client_;
  const std::string& database_;
  _mongoc_client_session_t* session_ = nullptr;
  bool transient_ = false;
  std::set<std::string> said_;
};

struct Patience {
  int connect_ms = 600;
  int answer_ms = 800;    // Of one call.
  int server_ms = 1'200;  // For a server that takes writes, and against acts that are quicker.
  int client_ms = 1'000;  // For a connection that is free.
};

class Database {
 public:
  // Connects with the first call. `uri` names the database ("mongodb://host/herald"), "herald"
  // where it names none, and may hold a password: it is in no error. At most `connections` at once.
  // invalid: it is no URI of MongoDB.
  static Result<std::unique_ptr<Database>> open(const std::string& uri, int connections,
                                                Patience patience = {});
  ~Database();

  // Calls that stand each for itself.
  template <class Work>
  std::invoke_result_t<Work, Act&> run(Work work) {
    HERALD_TRY(const auto act, begin_act());
    return work(*act);
  }

  // All or nothing, in one transaction: for what one document cannot say. It touches documents of
  // one customer only, so that it stays on one shard. `work` may run several times; it is undone
  // when it returns an error. unavailable, is_busy(): others were quicker for as long as a server
  // is waited for, or `losses_max` times.
  template <class Work>
  std::invoke_result_t<Work, Act&> run_as_one(Work work,
                                              int losses_max = std::numeric_limits<int>::max()) {
    const auto give_up_at = std::chrono::steady_clock::now() + contest_;
    for (int losses = 0; losses < losses_max; ++losses) {
      bool lost = false;
      std::invoke_result_t<Work, Act&> result = try_as_one(work, lost);
      if (!lost) return result;
      if (std::chrono::steady_clock::now() > give_up_at) break;
      let_others_pass(losses);
    }
    return std::unexpected(too_busy());
  }

  const std::string& name() const { return name_; }
  // How many commands were answered so far: each is one way there and back.
  std::uint64_t commands() const;

 private:
  // `lost`: against others, and another try may win.
  template <class Work>
  std::invoke_result_t<Work, Act&> try_as_one(Work& work, bool& lost) {
    HERALD_TRY(const auto act, begin_act());
    HERALD_CHECK(act->begin());
    std::invoke_result_t<Work, Act&> result = work(*act);
    if (result) {
      const auto committed = act->commit();
      if (committed) return result;
      result = std::unexpected(committed.error());
    }
    // A server that is gone is not waited for here.
    const Error& error = result.error();
    lost = act->is_transient() && (error.kind != ErrorKind::unavailable || is_busy(error));
    return result;
  }
  // Blocks for a moment, longer after every loss. A server does not let the later one of two wait,
  // but refuses it at once.
  static void let_others_pass(int losses);
  static Error too_busy();

  Database(std::unique_ptr<Clients> clients, std::string name, std::chrono::milliseconds contest);
  Result<std::unique_ptr<Act>> begin_act();

  std::unique_ptr<Clients> clients_;
  const std::string name_;
  const std::chrono::milliseconds contest_;
};

}  // namespace herald::mongo

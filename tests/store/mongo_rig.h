// A fresh database for a test, dropped at its end, on the server that HERALD_TEST_MONGO_URI names.
#pragma once

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <string>

#include "store/mongo/database.h"
#include "store/mongo/values.h"

namespace herald::mongo {

// Of a test server; empty: none is given, and the tests that need one do not run.
inline std::string test_server() {
  const char* uri = std::getenv("HERALD_TEST_MONGO_URI");
  return uri != nullptr ? uri : "";
}

// Said where they do not.
inline constexpr const char* kNoTestServer =
    "HERALD_TEST_MONGO_URI is not set. It names a MongoDB replica set; to get one:\n"
    "  docker run -d --name herald-mongo -p 27017:27017 mongo:6 --replSet rs0\n"
    "  docker exec herald-mongo mongosh --eval 'rs.initiate()'\n"
    "  export HERALD_TEST_MONGO_URI='mongodb://127.0.0.1:27017/?directConnection=true'";

// Waits long for answers: a busy machine is no failure.
inline std::string patient(const std::string& uri) {
  return uri + (uri.find('?') == uri.npos ? "?" : "&") +
         "socketTimeoutMS=60000&waitQueueTimeoutMS=60000&serverSelectionTimeoutMS=20000";
}

class TestDatabase {
 public:
  TestDatabase() : uri_(test_server()) {
    static std::atomic<int> made = 0;
    const std::string name =
        "herald_test_" + std::to_string(getpid()) + "_" + std::to_string(++made);
    const auto question = uri_.find('?');
    std::string hosts = uri_.substr(0, question);
    if (hosts.find('/', hosts.find("//") + 2) == hosts.npos) hosts += '/';
    uri_ = hosts + name + (question == uri_.npos ? "" : uri_.substr(question));
  }
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;
  ~TestDatabase() {
    (void)open()->run([](Act& act) { return act.command(document("dropDatabase", 1)); });
  }

  const std::string& uri() const { return uri_; }  // With the database's name.
  std::unique_ptr<Database> open(int connections = 4) const {
    // The test server makes collections and indexes slowly.
    return Database::open(uri_, connections, {.answer_ms = 60'000}).value();
  }

 private:
  std::string uri_;
};

}  // namespace herald::mongo

// A database as an earlier deployment left it: accounts with their tokens in the clear.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "store/mongo/documents.h"
#include "tests/store/mongo_rig.h"

namespace herald::mongo {

// In every token of these documents.
inline constexpr const char* kPlainMark = "PLAIN-TOKEN-";

inline std::string plain_token(const std::string& kind, int n) {
  return kPlainMark + kind + "-" + std::to_string(n);
}

// As that deployment's own program wrote it, past everything of ours.
inline Result<Done> write_raw(Database& database, const std::string& collection,
                              const Bson& stored) {
  return database.run([&](Act& act) -> Result<Done> {
    HERALD_CHECK(
        act.command(document("insert", collection, "documents", documents(stored.clone()))));
    return Done{};
  });
}

// Of the n-th person of a customer.
inline Bson plain_document(const std::string& platform, const std::string& customer, int n) {
  return document("_id", "old-" + customer + "-" + std::to_string(n), "customer_id", customer,
                  "user_id", "user_" + std::to_string(n), platform + "_user_id",
                  std::to_string(17'000 + n), platform + "_username", "name" + std::to_string(n),
                  "access_token", plain_token("access", n), "refresh_token",
                  plain_token("refresh", n), "expires_at", Time{Duration{1'900'000'000'000}},
                  "note", "kept by somebody else");
}

// Every document of every collection.
inline std::vector<Bson> all_documents(Database& database) {
  std::vector<Bson> all;
  const auto read = database.run([&](Act& act) -> Result<Done> {
    HERALD_TRY(const auto listed, act.command(document("listCollections", 1)));
    const Bson cursor(listed.at("cursor").bytes);
    for (const auto& one : fields_of(cursor.at("firstBatch").bytes)) {
      const std::string name(Bson(one.value.bytes).at("name").bytes);
      HERALD_TRY(auto found, Documents::of_all(act, name.c_str()).find({}));
      for (Bson& document : found) all.push_back(std::move(document));
    }
    return Done{};
  });
  EXPECT_TRUE(read);
  return all;
}

// Documents in which a token can be read, anywhere in their bytes.
inline int documents_in_clear(Database& database) {
  int count = 0;
  for (const Bson& one : all_documents(database)) count += one.bytes().contains(kPlainMark) ? 1 : 0;
  return count;
}

}  // namespace herald::mongo

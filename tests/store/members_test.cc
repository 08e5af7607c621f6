// Both stores' lists of fields name the same members, so that what one keeps the other keeps too,
// and a moved installation loses nothing.
#include <gtest/gtest.h>

#include <set>

#include "store/mongo/account_fields.h"
#include "store/mongo/identity_fields.h"
#include "store/mongo/measure_fields.h"
#include "store/mongo/media_fields.h"
#include "store/mongo/post_fields.h"
#include "store/sqlite/account_tables.h"
#include "store/sqlite/identity_tables.h"
#include "store/sqlite/measure_tables.h"
#include "store/sqlite/media_table.h"
#include "store/sqlite/post_tables.h"

namespace herald {
namespace {

const void* place_of(const auto& member) { return &member; }
template <class T>
const void* place_of(const Bytes<T>& marked) {
  return &marked.bytes;
}
template <class T>
const void* place_of(const Json<T>& marked) {
  return &marked.value;
}
template <class T>
const void* place_of(const mongo::Bytes<T>& marked) {
  return &marked.bytes;
}

template <class T>
class StoredMembers : public ::testing::Test {};
using Stored = ::testing::Types<Customer, User, Session, OAuthFlow, Grant, Account, KeptFacts,
                                Medium, Post, Delivery, FollowUp, Attempt, Measurement, DayRow>;
TYPED_TEST_SUITE(StoredMembers, Stored);

TYPED_TEST(StoredMembers, AreTheSameInBothStores) {
  using T = TypeParam;
  const T row{};
  std::set<const void*> in_sqlite, in_mongo;
  const auto column = [&](std::string_view, const auto& member) {
    in_sqlite.insert(place_of(member));
  };
  Table<T>::fixed(row, column);
  Table<T>::moving(row, column);
  const auto field = [&](std::string_view, const auto& member) {
    in_mongo.insert(place_of(member));
  };
  in_mongo.insert(&mongo::customer_of(row));
  mongo::Fields<T>::key(row, field);
  mongo::Fields<T>::fixed(row, field);
  mongo::Fields<T>::moving(row, field);
  EXPECT_EQ(in_sqlite, in_mongo);
  EXPECT_GT(in_sqlite.size(), 3u);
}

}  // namespace
}  // namespace herald

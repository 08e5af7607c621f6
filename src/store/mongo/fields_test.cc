#include "store/mongo/fields.h"

#include <gtest/gtest.h>

#include "store/mongo/media_fields.h"

namespace herald::mongo {
namespace {

Medium sample() {
  Medium medium;
  medium.id = MediaId("med");
  medium.customer = CustomerId("acme");
  medium.user = UserId("ann");
  medium.filename = std::string("a\0$.b", 5);
  medium.declared_bytes = 5'000'000'000;
  medium.status = MediaStatus::ready;
  medium.facts.frames_per_second = 29.97002997002997;
  medium.facts.type = MediaType::video;
  medium.preview = medium.facts;
  medium.created_at = from_ms(1'800'000'000'123);
  return medium;
}

Bson stored(const Medium& medium) {
  Bson document;
  put(document, kCustomerField, medium.customer);
  document.add_all(all_of(medium));
  return document;
}

TEST(MongoFields, ARowComesBackAsItWas) {
  const Medium before = sample();
  const auto after = row_of<Medium>(stored(before));
  ASSERT_TRUE(after);
  EXPECT_EQ(after->customer, before.customer);
  EXPECT_EQ(after->filename, before.filename);
  EXPECT_EQ(after->declared_bytes, before.declared_bytes);
  EXPECT_EQ(after->status, before.status);
  EXPECT_EQ(after->facts, before.facts);
  EXPECT_EQ(after->jpeg, std::nullopt);
  EXPECT_EQ(after->preview, before.preview);
  EXPECT_EQ(after->created_at, before.created_at) << "to the millisecond";
}

TEST(MongoFields, AFieldOfAnotherTypeIsAnErrorThatNamesIt) {
  const auto fault_of = [](const Bson& document) {
    const auto row = row_of<Medium>(document);
    return row ? std::string("none") : row.error().detail;
  };
  EXPECT_NE(
      fault_of(document("received_bytes", "12")).find("received_bytes of a document in media"),
      std::string::npos);
  EXPECT_NE(fault_of(document("id", 12)).find("field id "), std::string::npos);
  EXPECT_NE(fault_of(document("created_at", 12)).find("created_at"), std::string::npos);
  EXPECT_NE(fault_of(document("status", "melted")).find("status"), std::string::npos);
  EXPECT_NE(fault_of(document("facts", document("width", "wide"))).find("facts"),
            std::string::npos);
  EXPECT_EQ(row_of<Medium>(document("id", 12)).error().kind, ErrorKind::internal);
}

TEST(MongoFields, WhatIsUnknownIsIgnoredAndWhatIsMissingStaysByDefault) {
  const auto row =
      row_of<Medium>(document("from_the_future", 1, "id", "med", "problem", std::nullopt));
  ASSERT_TRUE(row);
  EXPECT_EQ(row->id.value, "med");
  EXPECT_EQ(row->problem, "");
  EXPECT_EQ(row->status, MediaStatus::uploading);
}

TEST(MongoFields, NamesOfAMapMayHoldWhatFieldNamesMayNot) {
  const std::map<std::string, std::string> before{
      {"", "empty"}, {"$where", "1"}, {"a.b", "dotted"}, {std::string("n\0l", 3), "nul"}};
  std::map<std::string, std::string> after;
  ASSERT_TRUE(take(document("facts", before).at("facts"), after));
  EXPECT_EQ(after, before);
}

}  // namespace
}  // namespace herald::mongo

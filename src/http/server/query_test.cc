#include "http/server/query.h"

#include <gtest/gtest.h>

namespace herald::http {
namespace {

TEST(Query, PairsAreDecodedAndKeptInOrder) {
  const auto query = Query::parse("a=1&b=x+y%2B&a=2&&c&=d&e=f=g");
  ASSERT_TRUE(query);
  ASSERT_EQ(query->all().size(), 6u);
  EXPECT_EQ(*query->find("b"), "x y+");
  EXPECT_EQ(*query->find("c"), "");
  EXPECT_EQ(*query->find(""), "d");
  EXPECT_EQ(*query->find("e"), "f=g");
  EXPECT_EQ(query->count("a"), 2u);
  EXPECT_EQ(query->find("a"), nullptr) << "twice is not once";
  EXPECT_EQ(query->find("z"), nullptr);
}

TEST(Query, T22_ArrayAndOperatorSyntaxIsPlainText) {
  const auto query = Query::parse("id[$ne]=1&id.a=2&id%5B%5D=3");
  ASSERT_TRUE(query);
  EXPECT_EQ(query->find("id"), nullptr);
  EXPECT_EQ(*query->find("id[$ne]"), "1");
  EXPECT_EQ(*query->find("id.a"), "2");
  EXPECT_EQ(*query->find("id[]"), "3");
}

TEST(Query, BrokenEscapesAreRefused) {
  for (const char* bad : {"a=%", "a=%zz", "%00=b", "a=%00", "a=%ff", "a=1&b=%c3"}) {
    const auto query = Query::parse(bad);
    ASSERT_FALSE(query) << bad;
    EXPECT_EQ(query.error().kind, ErrorKind::invalid);
    EXPECT_EQ(query.error().code, "malformed_query");
  }
  EXPECT_TRUE(Query::parse("")->all().empty());
}

}  // namespace
}  // namespace herald::http

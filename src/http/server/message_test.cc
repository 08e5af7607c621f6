#include "http/server/message.h"

#include <gtest/gtest.h>

namespace herald::http {
namespace {

TEST(Headers, NamesAreComparedWithoutCase) {
  EXPECT_TRUE(same_name("X-One", "x-oNE"));
  EXPECT_FALSE(same_name("X-One", "X_One"));
  EXPECT_FALSE(same_name("X", "X-"));
}

TEST(Headers, AValueThatComesTwiceIsNotFound) {
  Headers headers;
  EXPECT_EQ(headers.find("A"), nullptr);
  headers.add("A", "1");
  EXPECT_EQ(*headers.find("a"), "1");
  headers.add("a", "1");
  EXPECT_EQ(headers.find("A"), nullptr);
  EXPECT_EQ(headers.count("A"), 2u);
}

TEST(Headers, SetReplacesAllAndRemoveTakesAll) {
  Headers headers;
  headers.add("A", "1");
  headers.add("B", "2");
  headers.add("a", "3");
  headers.set("A", "4");
  EXPECT_EQ(*headers.find("A"), "4");
  EXPECT_EQ(headers.all().size(), 2u);
  headers.remove("a");
  EXPECT_EQ(headers.count("A"), 0u);
  EXPECT_EQ(*headers.find("B"), "2");
}

}  // namespace
}  // namespace herald::http

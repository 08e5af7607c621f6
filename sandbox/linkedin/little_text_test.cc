#include "sandbox/linkedin/little_text.h"

#include <gtest/gtest.h>

#include "sandbox/linkedin/restli.h"

namespace herald::sandbox::linkedin {

TEST(LinkedInLittleText, escaped_signs_mean_themselves) {
  EXPECT_EQ(read_little_text(R"(50% off \(today\) \[only\] a\_b)").shown,
            "50% off (today) [only] a_b");
  EXPECT_EQ(read_little_text(R"(mail me \@ noon)").shown, "mail me @ noon");
  EXPECT_EQ(read_little_text(R"(C:\\temp)").shown, R"(C:\temp)");
}

TEST(LinkedInLittleText, every_reserved_sign_cuts_where_it_stands) {
  for (const char c : std::string_view(R"(\|{}@[]()<>#*_~)")) {
    const auto text = read_little_text(std::string("ab") + c + " cd");
    EXPECT_EQ(text.shown, "ab") << c;
    EXPECT_EQ(text.kept, "ab") << c;
    EXPECT_EQ(text.whole, std::string("ab") + c + " cd") << c;
  }
}

TEST(LinkedInLittleText, mentions_and_hashtags_are_more_than_text) {
  const auto text = read_little_text(
      R"(Thanks @[Blue Bakery](urn:li:organization:5550001) #rolls {hashtag|\#|b})");
  EXPECT_EQ(text.shown, "Thanks Blue Bakery #rolls #b");
  EXPECT_EQ(read_little_text("Hi @[Nobody](nowhere)").shown, "Hi ");
}

TEST(LinkedInRestli, lists_and_objects_are_literal_and_texts_encoded) {
  const auto query = Query::read("ids=List(urn%3Ali%3Ashare%3A1,2)&range=(a:(b:3),c:x)&n=7");
  ASSERT_TRUE(query);
  EXPECT_EQ(query->texts("ids"), (std::vector<std::string>{"urn:li:share:1", "2"}));
  EXPECT_EQ(query->find("range")->member("a")->member("b")->text, "3");
  EXPECT_EQ(query->number("n", 0), 7);
  EXPECT_EQ(query->find("nothing"), nullptr);
  for (const auto* broken : {"a=urn:li:share:1", "a=List(1", "a=(b)", "a=(b:1", "a=List(1))"})
    EXPECT_FALSE(Query::read(broken)) << broken;
}

}  // namespace herald::sandbox::linkedin

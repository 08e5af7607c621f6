// What Meta sends by itself when a person removes the app.
#include <boost/json.hpp>

#include "sandbox/meta/graph.h"
#include "sandbox/meta/rig.h"

namespace herald::sandbox {

namespace {

std::string decoded(std::string_view text) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  unsigned bits = 0;
  int held = 0;
  for (const char c : text) {
    bits = bits << 6 | static_cast<unsigned>(kDigits.find(c));
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held & 0xFF);
  }
  return out;
}

struct Signed {
  bool mac_right = false;
  boost::json::object payload;
};

Signed read_signed(const std::string& body, const std::string& secret) {
  const auto value = body.substr(std::string("signed_request=").size());
  const auto dot = value.find('.');
  const auto payload = value.substr(dot + 1);
  return {.mac_right = decoded(value.substr(0, dot)) == meta::hmac_sha256(secret, payload),
          .payload = boost::json::parse(decoded(payload)).as_object()};
}

}  // namespace

class MetaCallbacks : public MetaRig {};

TEST_F(MetaCallbacks, M18_AForgedCallbackHasAWrongMacAndChangesNothing) {
  const auto token = user_token();
  const auto heard = control("remove-app", {{.name = "tamper", .value = "mac"}});
  ASSERT_EQ(heard.answer.notices.size(), 2U);
  EXPECT_FALSE(read_signed(heard.answer.notices[0].body, kSecret).mac_right);
  EXPECT_EQ(get("/me", token).status, 200);
}

TEST_F(MetaCallbacks, M19_RemovingTheAppTellsBothUrlsAndEndsTheTokens) {
  const auto token = user_token();
  const auto heard = control("remove-app");
  ASSERT_EQ(heard.answer.notices.size(), 2U);
  EXPECT_EQ(heard.answer.notices[0].url, "https://app.example/deauthorize");
  EXPECT_EQ(heard.answer.notices[1].url, "https://app.example/deletion");
  for (const auto& notice : heard.answer.notices) {
    EXPECT_EQ(notice.content_type, "application/x-www-form-urlencoded");
    const auto told = read_signed(notice.body, kSecret);
    EXPECT_TRUE(told.mac_right);
    EXPECT_EQ(told.payload.at("algorithm"), "HMAC-SHA256");
    EXPECT_EQ(told.payload.at("user_id"), "10150000000000001");
    EXPECT_EQ(told.payload.at("issued_at").as_int64(), to_ms(rig.wall) / 1000);
  }
  EXPECT_EQ(get("/me", token).subcode(), 458);
}

TEST_F(MetaCallbacks, M20_AnotherAlgorithmIsSignedRightly) {
  const auto heard = control("remove-app", {{.name = "tamper", .value = "algorithm"},
                                            {.name = "callbacks", .value = "deletion"}});
  ASSERT_EQ(heard.answer.notices.size(), 1U);
  const auto told = read_signed(heard.answer.notices[0].body, kSecret);
  EXPECT_TRUE(told.mac_right);
  EXPECT_NE(told.payload.at("algorithm"), "HMAC-SHA256");
}

}  // namespace herald::sandbox

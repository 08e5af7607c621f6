#include "http/server/cookie.h"

#include <gtest/gtest.h>

namespace herald::http {
namespace {

Headers sent(std::initializer_list<const char*> values) {
  Headers headers;
  for (const char* value : values) headers.add("Cookie", value);
  return headers;
}

TEST(Cookie, TheOneWithTheNameIsFound) {
  const auto headers = sent({"a=1; bb=2;ccc=3; d="});
  EXPECT_EQ(find_cookie(headers, "a"), "1");
  EXPECT_EQ(find_cookie(headers, "bb"), "2");
  EXPECT_EQ(find_cookie(headers, "ccc"), "3");
  EXPECT_EQ(find_cookie(headers, "d"), "");
  EXPECT_EQ(find_cookie(headers, "b"), std::nullopt);
  EXPECT_EQ(find_cookie(headers, "A"), std::nullopt) << "cookie names have case";
  EXPECT_EQ(find_cookie({}, "a"), std::nullopt);
}

TEST(Cookie, APlantedTwinMakesBothUseless) {
  EXPECT_EQ(find_cookie(sent({"n=real; n=planted"}), "n"), std::nullopt);
  EXPECT_EQ(find_cookie(sent({"n=real", "n=planted"}), "n"), std::nullopt);
  EXPECT_EQ(find_cookie(sent({"n=real; n=real"}), "n"), std::nullopt);
}

TEST(Cookie, AValueThatNoCookieCanHoldIsNotFound) {
  for (const char* bad : {"n=a b", "n=\"a\"", "n=a,b", "n=a\\b", "n=\xc3\xa4", "n=a\tb"}) {
    EXPECT_EQ(find_cookie(sent({bad}), "n"), std::nullopt) << bad;
  }
  EXPECT_EQ(find_cookie(sent({"other=a b; n=1"}), "n"), "1") << "a stranger's is not our concern";
}

TEST(Cookie, IsWrittenWithItsProtections) {
  EXPECT_EQ(set_cookie({.name = "__Host-n", .value = "v"}),
            "__Host-n=v; Path=/; Secure; HttpOnly; SameSite=Lax");
  EXPECT_EQ(set_cookie({.name = "n",
                        .value = "",
                        .path = "/api",
                        .max_age = std::chrono::seconds(0),
                        .secure = false,
                        .http_only = false,
                        .same_site = SameSite::strict}),
            "n=; Path=/api; Max-Age=0; SameSite=Strict");
}

TEST(Cookie, H07_WhatCouldAddAnAttributeIsRefused) {
  EXPECT_EQ(set_cookie({.name = "n", .value = "a; Domain=evil"}), std::nullopt);
  EXPECT_EQ(set_cookie({.name = "n", .value = "a\r\nX: y"}), std::nullopt);
  EXPECT_EQ(set_cookie({.name = "n=", .value = "a"}), std::nullopt);
  EXPECT_EQ(set_cookie({.name = "", .value = "a"}), std::nullopt);
  EXPECT_EQ(set_cookie({.name = "n", .value = "a", .path = "/;x"}), std::nullopt);
  EXPECT_EQ(set_cookie({.name = "n", .value = "a", .path = "x"}), std::nullopt);
}

}  // namespace
}  // namespace herald::http

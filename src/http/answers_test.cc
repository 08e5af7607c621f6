// What every answer says to a browser: this is data, and for nobody else's page.
#include <gtest/gtest.h>

#include "http/door_rig.h"

namespace herald::http {
namespace {

constexpr const char* kMe = "/api/auth/me";

TEST(Answers, X03_JsonIsNeverTakenForAPage) {
  DoorRig rig;
  for (const char* path : {kMe, "/api/social-media/posts", "/api/social-media/posts/none"}) {
    const auto answer = rig.as(rig.alice).get(path);
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff") << path;
    EXPECT_TRUE(answer.header("Content-Type").starts_with("application/")) << path;
    EXPECT_EQ(answer.header("Cache-Control"), "no-store") << path;
  }
}

TEST(Answers, X04_NoOtherOriginIsLetIn) {
  DoorRig rig;
  for (const char* origin : {"null", "https://evil.test", "https://herald.test.evil.test",
                             "https://evilherald.test", kPublicUrl}) {
    for (const auto port : {rig.gateway, rig.edge}) {
      for (const char* method : {"GET", "OPTIONS", "POST"}) {
        for (const char* path : {kMe, "/api/social-media/posts", "/api/social-media/media",
                                 "/api/auth/login", "/social-platform"}) {
          const auto answer = Api(port, rig.alice.token)
                                  .send(method, path, {},
                                        {{"Origin", origin},
                                         {"Access-Control-Request-Method", "POST"},
                                         {"Access-Control-Request-Headers", "authorization"}});
          for (const auto& [name, value] : answer.headers) {
            EXPECT_FALSE(name.starts_with("Access-Control"))
                << method << " " << path << " " << name;
          }
        }
      }
    }
  }
}

TEST(Answers, X04_JsonMustSayThatItIsJson) {
  DoorRig rig;
  for (const char* type : {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
                           "application/jsonp", "text/json"}) {
    EXPECT_EQ(rig.anyone()
                  .send("POST", "/api/auth/login", R"({"email":"a","password":"b"})",
                        {{"Content-Type", type}})
                  .status,
              415)
        << type;
    EXPECT_EQ(rig.as(rig.alice)
                  .send("POST", "/api/social-media/posts", "{}", {{"Content-Type", type}})
                  .status,
              415)
        << type;
  }
}

}  // namespace
}  // namespace herald::http

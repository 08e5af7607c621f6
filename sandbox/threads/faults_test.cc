// What a client of Threads hears when things go wrong on the way, through the whole sandbox
// (vectors TH-14, TH-18, TH-33 to TH-35).
#include "sandbox/door.h"

namespace herald::sandbox::threads {

class ThreadsFaults : public ::testing::Test {
 protected:
  ThreadsFaults() {
    const std::string callback = "https://herald.example/callback";
    const auto allowed = door.send(Rig::form(
        "https://threads.com/oauth/authorize?client_id=4455667788990011&response_type=code&scope="
        "threads_basic,threads_content_publish&redirect_uri=" +
            percent_encoded(callback),
        {{.name = "decision", .value = "allow"}}));
    const auto location = *allowed->headers.find("Location");
    const auto from = location.find("code=") + 5;
    token =
        member(*door.send(Rig::form(
                   "https://graph.threads.net/oauth/access_token",
                   {{.name = "client_id", .value = "4455667788990011"},
                    {.name = "client_secret", .value = "sandbox-threads-secret"},
                    {.name = "grant_type", .value = "authorization_code"},
                    {.name = "redirect_uri", .value = callback},
                    {.name = "code", .value = location.substr(from, location.find('#') - from)}})),
               "access_token");
    container = member(*call("/threads", {{.name = "media_type", .value = "TEXT"},
                                          {.name = "text", .value = "Hello"}}),
                       "id");
    door.wall += std::chrono::seconds(2);
  }

  static std::string member(const http::Response& response, const char* name) {
    const auto body = boost::json::parse(response.body).as_object();
    const auto* value = body.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : response.body;
  }
  static std::int64_t code_of(const http::Response& response) {
    return boost::json::parse(response.body).at("error").at("code").as_int64();
  }
  std::optional<http::Response> call(const std::string& edge, std::vector<Field> fields,
                                     bool reused = false) {
    fields.push_back({.name = "access_token", .value = token});
    return door.send(Rig::form("https://graph.threads.net/v1.0/me" + edge, fields), reused);
  }
  http::Response publish(bool reused = false) {
    return *call("/threads_publish", {{.name = "creation_id", .value = container}}, reused);
  }
  std::string status() {
    return member(*door.send({.url = "https://graph.threads.net/v1.0/" + container +
                                     "?fields=status&access_token=" + token}),
                  "status");
  }
  void arm(const std::string& action) {
    door.arm(R"({"pattern":"threads_publish$","action":)" + action + "}");
  }

  Door door;
  std::string token;
  std::string container;
};

TEST_F(ThreadsFaults, TH33_a_publish_takes_effect_and_its_connection_is_dropped) {
  arm(R"("cut_after")");
  EXPECT_TRUE(publish().abort);
  EXPECT_EQ(status(), "PUBLISHED");
  EXPECT_EQ(door.posts_seen(), 1u);
}

TEST_F(ThreadsFaults, TH33_a_connection_that_is_used_again_does_not_answer_a_publish) {
  EXPECT_TRUE(publish(true).abort);
  EXPECT_EQ(door.posts_seen(), 1u);
}

TEST_F(ThreadsFaults, TH34_a_publish_takes_effect_and_says_that_it_may_not) {
  arm(R"("error_after","answer":"TH-34")");
  const auto heard = publish();
  EXPECT_EQ(heard.status, 500);
  EXPECT_EQ(code_of(heard), 10);
  EXPECT_EQ(status(), "PUBLISHED");
  EXPECT_EQ(door.posts_seen(), 1u);
}

TEST_F(ThreadsFaults, TH35_a_passing_fault_comes_with_and_without_effect) {
  arm(R"("refuse","answer":"TH-35")");
  EXPECT_EQ(code_of(publish()), 2);
  EXPECT_EQ(status(), "FINISHED");
  EXPECT_EQ(door.posts_seen(), 0u);
  arm(R"("error_after","answer":"TH-35")");
  EXPECT_EQ(code_of(publish()), 2);
  EXPECT_EQ(status(), "PUBLISHED");
  EXPECT_EQ(door.posts_seen(), 1u);
}

TEST_F(ThreadsFaults, TH18_a_scripted_refusal_names_what_was_asked_for) {
  arm(R"("refuse","answer":"TH-18")");
  EXPECT_NE(publish().body.find("The media with id " + container + " cannot be found."),
            std::string::npos);
}

TEST_F(ThreadsFaults, TH14_a_token_expires_on_the_way) {
  arm(R"("expire_token")");
  EXPECT_EQ(code_of(publish()), 190);
  EXPECT_EQ(door.posts_seen(), 0u);
}

TEST_F(ThreadsFaults, the_platforms_own_limit_answer_has_a_wait) {
  arm(R"("rate_limit","retry_after_s":30)");
  const auto heard = publish();
  EXPECT_EQ(code_of(heard), 4);
  EXPECT_EQ(*heard.headers.find("Retry-After"), "30");
  EXPECT_EQ(publish().status, 200);
}

}  // namespace herald::sandbox::threads

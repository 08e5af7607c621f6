// The ends of a server: asked to, and asked twice.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "tests/program/house.h"
#include "tests/program/person.h"

namespace herald::program {
namespace {

namespace json = boost::json;
using testing::HttpClient;

constexpr const char* kLogin = R"({"email":"a@b.test","password":"wrong"})";

// A request whose body is not whole yet.
std::unique_ptr<HttpClient> half_asked(const House& house) {
  auto client = std::make_unique<HttpClient>(house.port(kGateway));
  client->send(
      "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json"
      "\r\nContent-Length: " +
      std::to_string(std::string_view(kLogin).size()) + "\r\nExpect: 100-continue\r\n\r\n");
  return client;
}

TEST(Stop, a_signal_ends_it_well) {
  for (const int number : {SIGTERM, SIGINT}) {
    House house;
    const auto herald = house.serve();
    EXPECT_EQ(herald->end(number), 0) << herald->err();
    EXPECT_FALSE(herald->err().contains("Sanitizer")) << herald->err();
  }
}

TEST(Stop, F12_a_request_in_flight_gets_its_answer) {
  House house;
  const auto herald = house.serve();
  const auto client = half_asked(house);
  ASSERT_EQ(client->read_head().status, 100);
  herald->signal(SIGTERM);
  wait_until("the doors to close", [&] { return !house.listens(kEdge); });
  client->send(kLogin);
  EXPECT_EQ(client->read_answer().status, 401);
  EXPECT_EQ(herald->wait(), 0);
}

TEST(Stop, F12_a_second_signal_does_not_wait) {
  for (const int number : {SIGTERM, SIGINT}) {
    House house;
    const auto herald = house.serve();
    const auto client = half_asked(house);
    ASSERT_EQ(client->read_head().status, 100);
    herald->signal(number);
    wait_until("the doors to close", [&] { return !house.listens(kEdge); });
    EXPECT_EQ(herald->end(number), -number);  // With the first alone it ends with 0.
  }
}

TEST(Stop, F12_an_upload_in_flight_is_taken_whole) {
  House house;
  ASSERT_EQ(house.add_user().code, 0);
  auto herald = house.serve();
  Person mia(house);
  const std::string bytes = file_text(HERALD_SOURCE_DIR "/samples/photo.jpg");
  const auto begun = mia.send("POST", "/api/social-media/media", "",
                              {{"Tus-Resumable", "1.0.0"},
                               {"Upload-Length", std::to_string(bytes.size())},
                               {"Upload-Metadata", "filetype aW1hZ2UvanBlZw=="}});
  ASSERT_EQ(begun.status, 201) << begun.body;
  std::string location = begun.header("location");
  location = location.substr(location.find("/api/"));
  HttpClient client(house.port(kEdge));
  client.send("PATCH " + location + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
              mia.token() +
              "\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: "
              "application/offset+octet-stream\r\nContent-Length: " +
              std::to_string(bytes.size()) + "\r\nExpect: 100-continue\r\n\r\n");
  ASSERT_EQ(client.read_head().status, 100);
  client.send(std::string_view(bytes).substr(0, bytes.size() / 2));
  herald->signal(SIGTERM);
  wait_until("the doors to close", [&] { return !house.listens(kEdge); });
  client.send(std::string_view(bytes).substr(bytes.size() / 2));
  const auto taken = client.read_answer();
  EXPECT_EQ(taken.status, 204) << taken.body;
  EXPECT_EQ(taken.header("upload-offset"), std::to_string(bytes.size()));
  EXPECT_EQ(herald->wait(), 0) << herald->err();

  herald = house.serve();
  Person(house).wait_for_medium(location.substr(location.rfind('/') + 1));
}

// What goes wrong at an end shows under a sanitizer: threads that run on what is gone.
TEST(Stop, F12_under_load_it_ends_well_every_time) {
  House house;
  ASSERT_EQ(house.add_user().code, 0);
  for (int round = 0; round < 2; ++round) {
    const auto herald = house.serve();
    const std::string token = house.sign_in();
    std::atomic<bool> over = false;
    std::atomic<int> answered = 0;
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i) {
      clients.emplace_back([&] {
        while (!over) {
          try {
            HttpClient client(house.port(kEdge));
            for (int k = 0; k < 50 && !over; ++k) {
              client.get("/api/social-media/platforms", {{"Authorization", "Bearer " + token}});
              ++answered;
            }
          } catch (const std::runtime_error&) {
            over = over || !house.listens(kEdge);  // The doors are closed.
          }
        }
      });
    }
    wait_until("some load", [&] { return answered > 100; });
    EXPECT_EQ(herald->end(SIGTERM), 0) << herald->err();
    over = true;
    for (auto& client : clients) client.join();
    EXPECT_FALSE(herald->err().contains("Sanitizer")) << herald->err();
  }
}

// The platform answers the visible call late, and Herald is stopped meanwhile.
struct Publishing {
  explicit Publishing(const std::string& drain_seconds, int delay_ms) {
    house.variables["HERALD_DRAIN_SECONDS"] = drain_seconds;
    if (house.add_user().code != 0) throw std::runtime_error("no user");
    herald = house.serve();
    Person mia(house);
    account = mia.connect("instagram");
    medium = mia.upload_photo();
    house.control(
        "faults",
        {{"pattern", "media_publish$"}, {"action", "slow_after"}, {"delay_ms", delay_ms}});
    post = id_of(mia.create(photo_draft(account, medium, "hello")));
    wait_until("the visible call", [&] { return house.seen().size() == 1; });
  }

  House house;
  std::unique_ptr<Process> sandbox = house.sandbox();
  std::unique_ptr<Process> herald;
  std::string account;
  std::string medium;
  std::string post;
};

TEST(Stop, F12_a_publish_in_flight_comes_to_its_end_and_nothing_new_begins) {
  Publishing scene("20", 1'500);
  House& house = scene.house;
  Person mia(house);
  scene.herald->signal(SIGTERM);
  wait_until("readiness to say no", [&] {
    const auto answer = house.get(kOperations, "/readyz");
    return answer.status == 503 && answer.body.contains("stopping");
  });
  const auto late = id_of(mia.create(photo_draft(scene.account, scene.medium, "late")));
  EXPECT_EQ(scene.herald->wait(), 0) << scene.herald->err();
  EXPECT_FALSE(scene.herald->err().contains("Sanitizer")) << scene.herald->err();
  EXPECT_EQ(house.seen(), (std::vector<std::string>{"hello"}));

  scene.herald = house.serve();
  EXPECT_EQ(state_of(Person(house).read(scene.post)), "published");
  Person(house).wait_for_post(late, "published");
  EXPECT_EQ(house.seen(), (std::vector<std::string>{"hello", "late"}));
}

TEST(Stop, F12_a_publish_that_outlasts_the_patience_is_looked_up_and_not_repeated) {
  Publishing scene("0", 20'000);
  EXPECT_EQ(scene.herald->end(SIGTERM), 0) << scene.herald->err();
  EXPECT_FALSE(scene.herald->err().contains("Sanitizer")) << scene.herald->err();
  scene.herald = scene.house.serve();
  Person(scene.house).wait_for_post(scene.post, "published");
  EXPECT_EQ(scene.house.seen().size(), 1u);
}

}  // namespace
}  // namespace herald::program

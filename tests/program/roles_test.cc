// Doors as processes of their own: what goes through them, who may start how, and what becomes of
// it all when one of them dies.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>

#include "tests/program/house.h"
#include "tests/program/person.h"

namespace herald::program {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr int kWrongSettings = 78;

// Edge, gateway, and behind them one process with the store: each with an operations port of its
// own. The house's edge is the one that stands alone.
class Street {
 public:
  Street() {
    for (const char* role : {"edge", "gateway", "behind"}) {
      operations_[role] = std::to_string(free_port());
    }
    hidden_edge_ = std::to_string(free_port());
    hidden_gateway_ = std::to_string(free_port());
    const auto at = [&](const char* door) { return "http://127.0.0.1:" + house.variables[door]; };
    house.variables["HERALD_GATEWAY_URL"] = at(kGateway);
    house.variables["HERALD_UPLOADER_URL"] = at(kUploader);
    house.variables["HERALD_TRUSTED_PROXIES"] = "127.0.0.1";
  }

  // `role`: edge, gateway; or what stands behind: all, uploader, worker.
  std::unique_ptr<Process> begin(const std::string& role) {
    const auto before = house.variables;
    house.variables[kOperations] = operations_[name_of(role)];
    if (role == "all") {
      house.variables[kEdge] = hidden_edge_;
      house.variables[kGateway] = hidden_gateway_;
    }
    auto process = house.begin({"serve", "--role", role});
    house.variables = before;
    return process;
  }
  std::unique_ptr<Process> serve(const std::string& role) {
    auto process = begin(role);
    wait_until(role + " to be ready", [&] {
      if (!process->running()) throw std::runtime_error(role + " ended: " + process->err());
      return readiness(role) == 200;
    });
    return process;
  }
  // 0: nobody listens.
  int readiness(const std::string& role, const char* path = "/readyz") {
    try {
      const auto port = static_cast<std::uint16_t>(std::stoi(operations_[name_of(role)]));
      return testing::HttpClient(port).get(path).status;
    } catch (const std::runtime_error&) {
      return 0;
    }
  }

  std::string metrics(const std::string& role) {
    const auto port = static_cast<std::uint16_t>(std::stoi(operations_[name_of(role)]));
    return testing::HttpClient(port).get("/metrics").body;
  }

  House house;

 private:
  static std::string name_of(const std::string& role) {
    return role == "edge" || role == "gateway" ? role : "behind";
  }

  std::map<std::string, std::string> operations_;
  std::string hidden_edge_, hidden_gateway_;
};

TEST(Roles, three_processes_are_one_herald) {
  Street street;
  House& house = street.house;
  const auto sandbox = house.sandbox();
  const auto behind = street.serve("all");
  ASSERT_EQ(house.add_user().code, 0);
  const auto gateway = street.serve("gateway");
  const auto edge = street.serve("edge");

  Person mia(house);
  testing::HttpClient following(house.port(kEdge));
  following.send("GET /api/social-media/events HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " +
                 mia.token() + "\r\n\r\n");
  EXPECT_EQ(following.read_head().status, 200);
  EXPECT_EQ(following.read_chunk(), "retry: 1000\n\n");

  const auto account = mia.connect("instagram");
  const auto post = id_of(mia.create(photo_draft(account, mia.upload_photo(), "through doors")));
  mia.wait_for_post(post, "published");
  EXPECT_EQ(house.seen(), std::vector<std::string>{"through doors"});
  std::string events;
  while (!events.contains("\"published\"")) events += following.read_chunk();

  // The same routes and refusals as in one process.
  EXPECT_EQ(house.get(kEdge, "/social-platform").status, 200);
  EXPECT_EQ(house.get(kEdge, "/api/social-media/posts").status, 401);
  EXPECT_EQ(mia.send("GET", "/api/social-media/posts/none").status, 404);
  EXPECT_EQ(house.get(kEdge, "/api/openapi.json").status, 200);
  EXPECT_EQ(edge->end(SIGTERM), 0);
  EXPECT_EQ(gateway->end(SIGTERM), 0);
  EXPECT_EQ(behind->end(SIGTERM), 0);
}

TEST(Roles, T05_a_claimed_identity_comes_through_no_door) {
  Street street;
  House& house = street.house;
  const auto behind = street.serve("all");
  ASSERT_EQ(house.add_user().code, 0);
  ASSERT_EQ(house.add_user("eve@other.test", "other").code, 0);
  const auto gateway = street.serve("gateway");
  const auto edge = street.serve("edge");
  Person mia(house);
  for (const char* name : {"X-Customer-ID", "X_Customer_Id", "X-User-Id", "X-Herald-Assertion"}) {
    const auto answer = mia.send("GET", "/api/auth/me", {}, {{name, "other"}, {name, "other"}});
    EXPECT_EQ(answer.status, 200) << name;
    EXPECT_TRUE(answer.body.contains("\"bakery\"")) << answer.body;
  }
  // T-06: and the door behind believes no one who comes past the gateway.
  const auto straight =
      testing::HttpClient(house.port(kUploader))
          .get("/api/posts", {{"X-Customer-ID", "bakery"}, {"Authorization", mia.token()}});
  EXPECT_EQ(straight.status, 401);
}

// F-01 for doors: what was acknowledged stands; in between everybody is told to come back.
TEST(Roles, F01_the_process_behind_is_killed_and_comes_back) {
  Street street;
  House& house = street.house;
  const auto sandbox = house.sandbox();
  auto behind = street.serve("all");
  ASSERT_EQ(house.add_user().code, 0);
  const auto gateway = street.serve("gateway");
  const auto edge = street.serve("edge");
  Person mia(house);
  const auto account = mia.connect("instagram");
  const auto medium = mia.upload_photo();
  std::map<std::string, std::string> posts;
  const auto write = [&](const std::string& text) {
    json::value draft = photo_draft(account, medium, text);
    draft.as_object()["allow_repeat"] = true;
    posts[text] = id_of(mia.create(draft, "written-as-" + text));
  };
  for (const char* text : {"one", "two", "three", "four"}) write(text);
  EXPECT_EQ(behind->end(SIGKILL), -SIGKILL);

  for (const char* method : {"GET", "POST"}) {
    const auto answer = mia.send(method, "/api/social-media/posts", method[0] == 'P' ? "{}" : "",
                                 {{"Content-Type", "application/json"}});
    EXPECT_EQ(answer.status, 503) << method;
    EXPECT_EQ(answer.header("Retry-After"), "1") << method;
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  }
  EXPECT_EQ(house.get(kEdge, "/social-platform").status, 200) << "the app itself is the edge's";
  wait_until("the edge to say that it is not ready",
             [&] { return street.readiness("gateway") == 503 && street.readiness("edge") == 503; });
  EXPECT_EQ(street.readiness("edge", "/healthz"), 200);

  behind = street.serve("all");
  wait_until("the edge to come back", [&] { return street.readiness("edge") == 200; });
  write("five");
  for (const auto& [text, id] : posts) mia.wait_for_post(id, "published");
  const auto seen = house.seen();
  for (const auto& [text, id] : posts) EXPECT_EQ(std::ranges::count(seen, text), 1) << text;
  EXPECT_EQ(seen.size(), posts.size());
}

TEST(Roles, doors_may_start_in_any_order_and_follow_the_one_behind) {
  Street street;
  House& house = street.house;
  const auto edge = street.begin("edge");
  wait_until("the edge", [&] { return street.readiness("edge", "/healthz") == 200; });
  EXPECT_EQ(street.readiness("edge"), 503);
  const auto early = house.get(kEdge, "/api/social-media/posts");
  EXPECT_EQ(early.status, 503);
  EXPECT_EQ(early.header("Retry-After"), "1");
  const auto gateway = street.begin("gateway");
  wait_until("the gateway", [&] { return street.readiness("gateway", "/healthz") == 200; });
  EXPECT_EQ(street.readiness("gateway"), 503);
  EXPECT_EQ(street.readiness("edge"), 503);
  const auto behind = street.begin("all");
  wait_until("all three",
             [&] { return street.readiness("edge") == 200 && street.readiness("gateway") == 200; });
  // One that hangs is as good as gone.
  behind->signal(SIGSTOP);
  wait_until("the edge to notice", [&] { return street.readiness("edge") == 503; });
  behind->signal(SIGCONT);
  wait_until("the edge to come back", [&] { return street.readiness("edge") == 200; });
}

TEST(Roles, an_uploader_publishes_nothing_and_a_worker_opens_no_door) {
  Street street;
  House& house = street.house;
  const auto sandbox = house.sandbox();
  auto uploader = street.serve("uploader");
  ASSERT_EQ(house.add_user().code, 0);
  const auto gateway = street.serve("gateway");
  const auto edge = street.serve("edge");
  std::string post;
  {
    Person mia(house);
    // A platform that is sent the bytes: it need not fetch them from a door that is closed.
    const auto account = mia.connect("youtube");
    post = id_of(mia.create(video_draft(account, mia.upload_video(), "for the worker")));
    EXPECT_EQ(state_of(mia.read(post)), "scheduled");
  }
  EXPECT_EQ(uploader->end(SIGTERM), 0);
  EXPECT_TRUE(house.seen().empty());

  auto worker = street.serve("worker");
  EXPECT_FALSE(house.listens(kUploader));
  wait_until("the worker to publish", [&] {
    return street.metrics("worker").contains("herald_deliveries_total{state=\"published\"} 1\n");
  });
  EXPECT_EQ(house.seen().size(), 1u);
  EXPECT_EQ(worker->end(SIGTERM), 0);
  uploader = street.serve("uploader");
  wait_until("the edge to come back", [&] { return street.readiness("edge") == 200; });
  EXPECT_EQ(state_of(Person(house).read(post)), "published");
}

TEST(Roles, an_edge_and_a_gateway_need_no_store_and_no_vault_key) {
  Street street;
  House& house = street.house;
  house.variables.erase("HERALD_VAULT_KEYS");
  house.variables["HERALD_DATA"] = "/nonexistent/data";
  const auto gateway = street.begin("gateway");
  wait_until("the gateway", [&] { return street.readiness("gateway", "/healthz") == 200; });
  // Nor does who faces the outside hold a secret.
  for (const char* name : {"HERALD_JWT_SECRET", "HERALD_INTERNAL_SECRET"}) {
    house.variables.erase(name);
  }
  const auto edge = street.begin("edge");
  wait_until("the edge", [&] { return street.readiness("edge", "/healthz") == 200; });
}

TEST(Roles, a_door_says_all_that_is_wrong_with_its_settings) {
  House house;
  house.variables["HERALD_GATEWAY_URL"] = "https://gateway:8080, gateway:8080,http://gateway";
  house.variables["HERALD_EDGE_PORT"] = "x";
  const auto edge = house.run({"serve", "--role", "edge"});
  EXPECT_EQ(edge.code, kWrongSettings);
  for (const char* fault :
       {"\"https://gateway:8080\"", "\"gateway:8080\"", "\"http://gateway\"", "HERALD_EDGE_PORT"}) {
    EXPECT_TRUE(edge.err.contains(fault)) << fault << edge.err;
  }
  for (const auto& [role, name] : std::map<std::string, std::string>{
           {"edge", "HERALD_GATEWAY_URL"}, {"gateway", "HERALD_UPLOADER_URL"}}) {
    House bare;
    const auto ended = bare.run({"serve", "--role", role});
    EXPECT_EQ(ended.code, kWrongSettings);
    EXPECT_TRUE(ended.err.contains(name + " is not set")) << ended.err;
  }
}

TEST(Roles, T08_no_uploader_starts_without_a_secret_of_its_own) {
  House house;
  house.variables["HERALD_ADDRESS"] = "0.0.0.0";
  house.variables["HERALD_UPLOADER_URL"] = "http://127.0.0.1:1";
  for (const std::string& secret :
       {std::string(), std::string("short"), house.variables["HERALD_JWT_SECRET"]}) {
    house.variables["HERALD_INTERNAL_SECRET"] = secret;
    for (const char* role : {"all", "uploader", "worker", "gateway"}) {
      const auto ended = house.run({"serve", "--role", role});
      EXPECT_EQ(ended.code, kWrongSettings) << role << " " << secret;
      EXPECT_TRUE(ended.err.contains("HERALD_INTERNAL_SECRET")) << ended.err;
      EXPECT_FALSE(house.listens(kUploader));
    }
  }
  EXPECT_FALSE(std::filesystem::exists(house.data()));
}

}  // namespace
}  // namespace herald::program

#include "http/openapi_routes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <stdexcept>

#include "http/door_rig.h"
#include "http/sign_in.h"
#include "http/uploader.h"

namespace herald::http {

// The file is written in one way only: paths two spaces deep, methods four, their parts six.
std::vector<PromisedRoute> promised_routes() {
  std::ifstream file(std::string(HERALD_SOURCE_DIR) + "/docs/openapi.yaml");
  std::vector<PromisedRoute> routes;
  std::string path;
  bool in_paths = false;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && !line.starts_with(' ')) in_paths = line == "paths:";
    if (!in_paths || line.size() < 7) continue;
    if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
    for (const char* method : {"get", "post", "put", "patch", "delete", "head", "options"}) {
      if (line != "    " + std::string(method) + ":") continue;
      std::string upper(method);
      std::ranges::transform(upper, upper.begin(),
                             [](char c) { return static_cast<char>(c - 32); });
      routes.push_back({upper, path});
    }
    if (line.starts_with("      security:") && !routes.empty()) routes.back().open = true;
  }
  if (routes.size() < 30) throw std::runtime_error("docs/openapi.yaml could not be read");
  return routes;
}

std::string filled(std::string path, std::string_view name, std::string_view value) {
  const std::string hole = "{" + std::string(name) + "}";
  const auto at = path.find(hole);
  return at == path.npos ? path : path.replace(at, hole.size(), value);
}

std::string filled_with_nothing(std::string path) {
  path = filled(std::move(path), "platform", "youtube");
  for (const char* name : {"id", "delivery_id", "registration", "token", "name", "code"}) {
    path = filled(std::move(path), name, "none");
  }
  return path;
}

namespace {

TEST(Promise, EveryRouteOfTheContractIsThere) {
  DoorRig rig;
  for (const auto& route : promised_routes()) {
    if (route.path.ends_with("/events")) continue;  // Never ends; see events_test.cc.
    const auto answer = rig.as(rig.alice).send(route.method, filled_with_nothing(route.path));
    EXPECT_NE(answer.status, 405) << route.method << " " << route.path;
    EXPECT_LT(answer.status, 500) << route.method << " " << route.path << answer.body;
    EXPECT_FALSE(answer.body.contains("nothing at this address"))
        << route.method << " " << route.path;
  }
}

// A route that nobody is told of is one that no test walks over.
TEST(Promise, EveryRouteThatIsThereIsOfTheContract) {
  std::set<std::string> there{"GET /api/openapi.json", "GET /api/social-media/ready"};
  for (const auto& name : SignIn::names()) there.insert(name);
  for (std::string name : api_routes().names()) {
    there.insert(name.replace(name.find("/api"), 4, "/api/social-media"));
  }
  std::set<std::string> promised;
  for (const auto& route : promised_routes()) promised.insert(route.method + " " + route.path);
  for (const auto& name : there) {
    EXPECT_TRUE(promised.contains(name))
        << name << " is not in docs/openapi.yaml: say there what it does";
  }
  for (const auto& name : promised) {
    EXPECT_TRUE(there.contains(name)) << name << " is in docs/openapi.yaml, and no door has it";
  }
}

TEST(Promise, WithoutATokenEveryClosedRouteAnswersTheSame401) {
  DoorRig rig;
  std::string first;
  for (const auto& route : promised_routes()) {
    const auto path = filled_with_nothing(route.path);
    const auto answer = rig.anyone().send(route.method, path);
    if (route.open) {
      EXPECT_FALSE(answer.status == 401 && code_of(answer) == "unauthorized" &&
                   !path.starts_with("/api/auth/"))
          << route.method << " " << path;
      continue;
    }
    EXPECT_EQ(answer.status, 401) << route.method << " " << path;
    EXPECT_EQ(answer.header("WWW-Authenticate"), R"(Bearer error="invalid_token")") << path;
    if (route.method == "HEAD") continue;
    if (first.empty()) first = blanked(answer);
    EXPECT_EQ(blanked(answer), first) << route.method << " " << path;
  }
}

TEST(Promise, AMethodThatAPathDoesNotHaveIs405AndNamesThoseItHas) {
  DoorRig rig;
  const auto routes = promised_routes();
  for (const auto& route : routes) {
    const auto path = filled_with_nothing(route.path);
    const auto answer = rig.as(rig.alice).send("PUT", path);
    EXPECT_EQ(answer.status, 405) << path;
    EXPECT_TRUE(answer.header("Allow").contains(route.method)) << path;
  }
}

TEST(Promise, ProblemsSayWhatTheContractSays) {
  DoorRig rig;
  const auto answer = rig.as(rig.alice).get("/api/social-media/posts/none");
  const auto problem = json_of(answer).as_object();
  for (const char* name : {"type", "title", "status", "code", "request_id"}) {
    EXPECT_TRUE(problem.contains(name)) << name << " is missing: " << answer.body;
  }
  EXPECT_EQ(problem.at("code").as_string(), "not_found");
  EXPECT_EQ(problem.at("request_id").as_string().size(), 32u);
}

}  // namespace
}  // namespace herald::http

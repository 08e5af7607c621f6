#include "http/operations.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace herald::http {
namespace {

TEST(Operations, HealthNamesTheProcessSoThatAnothersAnswerIsNotTakenForOurs) {
  Operations operations(4242, [] { return std::vector<Check>{}; }, [] { return std::string(); });
  Request request;
  request.method = "GET";
  request.path = "/healthz";
  EXPECT_FALSE(operations.admit(request).refuse);
  Response answer;
  operations.serve(request, nullptr, Reply([&](Response given) { answer = std::move(given); }));
  const auto body = boost::json::parse(answer.body);
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(body.at("alive").as_bool());
  EXPECT_EQ(body.at("pid").as_int64(), 4242);
}

}  // namespace
}  // namespace herald::http

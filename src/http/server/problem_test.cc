#include "http/server/problem.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace herald::http {
namespace {

boost::json::value members(const Response& response) { return boost::json::parse(response.body); }

TEST(Problem, SaysWhatHappenedAndNeverTheDetail) {
  const Error error{ErrorKind::conflict, "The post is going out.", "lease 7 moved", {}, "fenced"};
  const auto response = problem(error, "req1");
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(*response.headers.find("Content-Type"), "application/problem+json");
  EXPECT_EQ(*response.headers.find("Cache-Control"), "no-store");
  EXPECT_EQ(members(response), (boost::json::value{{"type", "/problems/fenced"},
                                                   {"title", "Fenced"},
                                                   {"status", 409},
                                                   {"code", "fenced"},
                                                   {"detail", "The post is going out."},
                                                   {"request_id", "req1"}}));
}

TEST(Problem, OfAFailureOnOurSideTheDetailIsTheCause) {
  const auto cause = [](ErrorKind kind, std::string detail) {
    return problem({kind, "No.", std::move(detail), {}, {}}, "req1").cause;
  };
  EXPECT_EQ(cause(ErrorKind::unavailable, "open: no room"), "open: no room (request req1)");
  EXPECT_EQ(cause(ErrorKind::unavailable, ""), "");
  EXPECT_EQ(cause(ErrorKind::conflict, "lease 7 moved"), "");
}

TEST(Problem, EveryKindHasItsStatus) {
  using enum ErrorKind;
  const std::pair<ErrorKind, int> expected[] = {
      {invalid, 422},     {unauthorized, 401}, {forbidden, 403},
      {not_found, 404},   {conflict, 409},     {rate_limited, 429},
      {unavailable, 503}, {internal, 500},     {unknown_outcome, 500}};
  for (const auto& [kind, status] : expected) {
    const auto response = problem({kind, "m", {}, {}, {}}, {});
    EXPECT_EQ(response.status, status) << name_of(kind);
    EXPECT_EQ(members(response).at("type"),
              boost::json::value(std::string("/problems/") + name_of(kind)));
  }
  EXPECT_EQ(status_of({ErrorKind::invalid, "m", {}, {}, "malformed_json"}), 400);
}

TEST(Problem, AStatusMayBeGiven) {
  const Error error{ErrorKind::invalid, "m", {}, {}, "body_too_large"};
  const auto response = problem(413, error, {});
  EXPECT_EQ(response.status, 413);
  EXPECT_EQ(members(response).at("status"), 413);
  EXPECT_EQ(members(response).at("title"), "Body too large");
}

TEST(Problem, RetryAfterIsAHeaderToo) {
  const auto response =
      problem({ErrorKind::rate_limited, "m", {}, std::chrono::seconds(30), {}}, {});
  EXPECT_EQ(*response.headers.find("Retry-After"), "30");
  EXPECT_EQ(members(response).at("retry_after"), 30);
}

TEST(Problem, A401NamesTheScheme) {
  const auto response = problem({ErrorKind::unauthorized, "m", {}, {}, {}}, {});
  EXPECT_EQ(*response.headers.find("WWW-Authenticate"), R"(Bearer error="invalid_token")");
}

}  // namespace
}  // namespace herald::http

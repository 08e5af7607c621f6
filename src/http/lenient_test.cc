// What clients write in several ways, and what only looks like one of them.
#include <gtest/gtest.h>

#include "http/door_rig.h"
#include "http/json_body.h"
#include "http/posts_json.h"

namespace herald::http {
namespace {

std::string delivery_url(DoorRig& rig, const Delivery& delivery) {
  const auto shown =
      delivery_json(rig.store(), rig.services().hosts, rig.alice.caller.scope, delivery, {});
  return json::value_to<std::string>(shown.at("url"));
}

constexpr const char* kPosts = "/api/social-media/posts";

std::string instant(std::string_view text) {
  const auto time = time_of(text);
  return time ? to_text(*time) : "";
}

TEST(Times, EveryFractionIsTakenToTheMillisecond) {
  EXPECT_EQ(instant("2026-12-01T10:00:00Z"), "2026-12-01T10:00:00Z");
  EXPECT_EQ(instant("2026-12-01T10:00:00.5Z"), "2026-12-01T10:00:00.500Z");
  EXPECT_EQ(instant("2026-12-01T10:00:00.123456+00:00"), "2026-12-01T10:00:00.123Z");
  EXPECT_EQ(instant("2026-12-01T10:00:00.999999999Z"), "2026-12-01T10:00:00.999Z");
}

TEST(Times, AnOffsetMayDoWithoutItsColon) {
  EXPECT_EQ(instant("2026-12-01T10:00:00+01:00"), "2026-12-01T09:00:00Z");
  EXPECT_EQ(instant("2026-12-01T10:00:00+0100"), "2026-12-01T09:00:00Z");
  EXPECT_EQ(instant("2026-12-01t10:00:00.25-0530"), "2026-12-01T15:30:00.250Z");
}

TEST(Times, WhatIsNoTimeIsNone) {
  for (const char* text :
       {"", "2026-12-01", "2026-12-01T10:00:00", "2026-12-01T10:00:00.Z",
        "2026-12-01T10:00:00.1234567890Z", "2026-12-01T10:00:00+1", "2026-12-01T10:00:00+01:0",
        "2026-12-01T10:00:00+24:00", "2026-12-01T10:00:00+01:60", "2026-12-01T10:00:00 Z",
        "2026-13-01T10:00:00Z", "2026-02-30T10:00:00Z", "2026-12-01T25:00:00Z",
        "2026-12-01T10:00:00ZZ", "2026-12-01T10:00:00+0a:00", "2026-12-01T10:00:00.5"}) {
    EXPECT_EQ(instant(text), "") << text;
  }
}

TEST(Bodies, X04_JsonIsNamedInAnyCaseAndIsUtf8) {
  const auto status = [](const char* type) {
    Request request;
    request.headers.add("Content-Type", type);
    request.body = "{}";
    json::object body;
    const auto read = read_json(request, body);
    return read ? std::string("read") : read.error().code;
  };
  for (const char* type : {"application/json", "Application/JSON", "application/json;charset=utf-8",
                           "application/json; charset=UTF-8",
                           "application/json ; charset=\"utf-8\"", "application/json; x=y"}) {
    EXPECT_EQ(status(type), "read") << type;
  }
  for (const char* type : {"application/json; charset=utf-16", "application/json;charset=latin1",
                           "application/json; charset", "application/json2", "text/json", ""}) {
    EXPECT_EQ(status(type), "unsupported_media_type") << type;
  }
}

TEST(Bodies, WhereNothingIsAskedForAnEmptyObjectIsNoFault) {
  DoorRig rig;
  const auto id = rig.post_of(rig.alice);
  const auto path = std::string(kPosts) + "/" + id + "/cancel";
  EXPECT_EQ(rig.as(rig.alice).post(path, json::object()).status, 200);
  const auto retry = std::string(kPosts) + "/" + id + "/deliveries/none/retry";
  EXPECT_EQ(rig.as(rig.alice).post(retry, json::object()).status, 404);
  EXPECT_EQ(rig.as(rig.alice).send("POST", path, std::string(2000, ' ')).status, 413);
}

TEST(Queries, AFilterGivenTwiceIsRefused) {
  DoorRig rig;
  EXPECT_EQ(rig.as(rig.alice).get(std::string(kPosts) + "?status=failed").status, 200);
  for (const char* query : {"status=failed&status=published", "account_id=a&account_id=b",
                            "limit=1&limit=2", "stat=failed"}) {
    const auto answer = rig.as(rig.alice).get(std::string(kPosts) + "?" + query);
    EXPECT_EQ(answer.status, 400) << query;
    EXPECT_EQ(code_of(answer), "malformed_query") << query;
  }
}

TEST(Pages, OneThatIsNotThereHasItsRequestIdToo) {
  DoorRig rig;
  const auto answer = Api(rig.edge, "").get("/nowhere");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(json_of(answer).at("request_id").as_string().size(), 32u);
}

TEST(Links, TheSandboxsPagesAreWhereTheyCanBeReached) {
  DoorRig rig;
  const auto scope = rig.alice.caller.scope;
  const PostId post(rig.post_of(rig.alice));
  auto delivery = rig.store().deliveries_of(scope, post).value().front();
  delivery.url = std::string(kSandboxedSite) + "/watch?v=1";
  const auto moved = std::string(kSandboxUrl) + "/www.youtube.com/watch?v=1";
  EXPECT_EQ(delivery_url(rig, delivery), moved);
  delivery.url = "https://www.instagram.com/p/1/";
  EXPECT_EQ(delivery_url(rig, delivery), delivery.url);
}

}  // namespace
}  // namespace herald::http

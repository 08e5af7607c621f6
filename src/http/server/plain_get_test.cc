#include "http/server/plain_get.h"

#include <gtest/gtest.h>

#include "http/server/server_rig.h"

namespace herald::http {
namespace {

TEST(PlainGet, brings_the_body) {
  ServerRig rig;
  EXPECT_EQ(plain_get("127.0.0.1", rig.port, "/metrics").value_or(""), "GET /metrics? ");
  // As a server is told to listen everywhere.
  EXPECT_EQ(plain_get("0.0.0.0", rig.port, "/metrics").value_or(""), "GET /metrics? ");
}

TEST(PlainGet, takes_nothing_but_an_ok) {
  ServerRig rig;
  rig.service.on_serve = [](Request, std::shared_ptr<BodySink>, Reply reply) {
    reply(text("no", 404));
  };
  EXPECT_EQ(plain_get("127.0.0.1", rig.port, "/").error().kind, ErrorKind::unavailable);
}

TEST(PlainGet, says_when_nobody_is_there) {
  std::uint16_t port = 0;
  {
    ServerRig rig;
    port = rig.port;
  }
  EXPECT_EQ(plain_get("127.0.0.1", port, "/").error().kind, ErrorKind::unavailable);
  EXPECT_EQ(plain_get("nowhere", port, "/").error().kind, ErrorKind::unavailable);
}

}  // namespace
}  // namespace herald::http

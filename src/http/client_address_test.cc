#include "http/client_address.h"

#include <gtest/gtest.h>

namespace herald::http {
namespace {

Request from(const std::string& peer, const std::vector<std::string>& forwarded = {}) {
  Request head;
  head.peer = peer;
  for (const auto& one : forwarded) head.headers.add("X-Forwarded-For", one);
  return head;
}

TEST(ClientAddress, AStrangersHeaderIsNotBelieved) {
  const TrustedProxies nobody({});
  EXPECT_EQ(nobody.client_of(from("127.0.0.1", {"203.0.113.9"})), "127.0.0.1");
  const TrustedProxies ours({"127.0.0.1"});
  EXPECT_EQ(ours.client_of(from("198.51.100.1", {"203.0.113.9"})), "198.51.100.1");
}

TEST(ClientAddress, BehindAProxyItIsWhoTheProxySaw) {
  const TrustedProxies ours({"127.0.0.1", "10.0.0.7", "::1"});
  EXPECT_EQ(ours.client_of(from("127.0.0.1", {"203.0.113.9"})), "203.0.113.9");
  EXPECT_EQ(ours.client_of(from("::1", {"2001:db8::5"})), "2001:db8::5");
  EXPECT_EQ(ours.client_of(from("::ffff:127.0.0.1", {"203.0.113.9"})), "203.0.113.9");
  // What the client itself had written stands further left.
  EXPECT_EQ(ours.client_of(from("127.0.0.1", {"1.1.1.1, 203.0.113.9 ,10.0.0.7"})), "203.0.113.9");
  EXPECT_EQ(ours.client_of(from("127.0.0.1", {"1.1.1.1", "203.0.113.9", "10.0.0.7"})),
            "203.0.113.9");
}

TEST(ClientAddress, AProxyMayBeAnyOfANetwork) {
  const TrustedProxies ours({"10.1.0.0/12", "fd00::/8", "192.0.2.0/0", "192.0.2.0/x"});
  for (const char* inside : {"10.0.0.1", "10.15.255.255", "::ffff:10.1.2.3", "fdff::1"}) {
    EXPECT_TRUE(ours.holds(inside)) << inside;
  }
  for (const char* outside : {"10.16.0.0", "11.1.0.0", "fe00::1", "192.0.2.0", "", "x"}) {
    EXPECT_FALSE(ours.holds(outside)) << outside;
  }
  EXPECT_EQ(ours.client_of(from("10.2.3.4", {"203.0.113.9, 10.3.4.5"})), "203.0.113.9");
}

TEST(ClientAddress, WhatIsNoAddressEndsTheWay) {
  const TrustedProxies ours({"127.0.0.1", "10.0.0.7", "not an address"});
  EXPECT_EQ(ours.client_of(from("127.0.0.1")), "127.0.0.1");
  EXPECT_EQ(ours.client_of(from("127.0.0.1", {""})), "127.0.0.1");
  EXPECT_EQ(ours.client_of(from("127.0.0.1", {"203.0.113.9, unknown"})), "127.0.0.1");
  EXPECT_EQ(ours.client_of(from("127.0.0.1", {"203.0.113.9, x, 10.0.0.7"})), "10.0.0.7");
  EXPECT_EQ(ours.client_of(from("127.0.0.1", {"10.0.0.7"})), "10.0.0.7");
  EXPECT_EQ(ours.client_of(from("not an address", {"203.0.113.9"})), "not an address");
}

TEST(ClientAddress, AnIpv6NetworkIsOneAndAnIpv4AddressIsOne) {
  EXPECT_EQ(network_of("2001:db8:1:2::3"), network_of("2001:db8:1:2:ffff::4"));
  EXPECT_NE(network_of("2001:db8:1:2::3"), network_of("2001:db8:1:3::3"));
  EXPECT_NE(network_of("203.0.113.9"), network_of("203.0.113.10"));
  EXPECT_EQ(network_of("::ffff:203.0.113.9"), network_of("203.0.113.9"));
  EXPECT_EQ(network_of("somewhere"), "somewhere");
}

}  // namespace
}  // namespace herald::http

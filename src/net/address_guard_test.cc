#include "net/address_guard.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace herald {
namespace {

struct Judged {
  bool is_public = false;
  bool is_loopback = false;
};

Judged judged(const std::string& text) {
  if (text.contains(':')) {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    EXPECT_EQ(inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr), 1) << text;
    const auto& address = reinterpret_cast<const sockaddr&>(v6);
    return {is_public(address), is_loopback(address)};
  }
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  EXPECT_EQ(inet_pton(AF_INET, text.c_str(), &v4.sin_addr), 1) << text;
  const auto& address = reinterpret_cast<const sockaddr&>(v4);
  return {is_public(address), is_loopback(address)};
}

using Bytes = std::vector<std::uint8_t>;

std::string spelled(const Bytes& bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(bytes.size() == 4 ? AF_INET : AF_INET6, bytes.data(), text.data(), text.size());
  return text.data();
}

Bytes parsed(const std::string& text) {
  Bytes bytes(text.contains(':') ? 16 : 4);
  EXPECT_EQ(inet_pton(bytes.size() == 4 ? AF_INET : AF_INET6, text.c_str(), bytes.data()), 1);
  return bytes;
}

// The next address up (+1) or down (-1); empty past either end.
std::string neighbour(const std::string& text, int step) {
  Bytes bytes = parsed(text);
  for (auto i = bytes.size(); i-- > 0;) {
    bytes[i] = static_cast<std::uint8_t>(bytes[i] + step);
    if (bytes[i] != (step > 0 ? 0 : 0xff)) return spelled(bytes);
  }
  return {};
}

std::string last_of(const std::string& first, int bits) {
  Bytes bytes = parsed(first);
  for (std::size_t bit = static_cast<std::size_t>(bits); bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] | (0x80 >> (bit % 8)));
  }
  return spelled(bytes);
}

struct Range {
  const char* first;
  int bits;
  bool below_public;  // What stands just outside.
  bool above_public;
};

// Each range's first, second, middle, last but one and last address, and both neighbours.
int check(const Range& range) {
  const std::string first = range.first;
  const std::string last = last_of(first, range.bits);
  const std::string middle = last_of(first, range.bits + 1);
  int checked = 0;
  for (const auto& inside :
       {first, neighbour(first, 1), middle, neighbour(middle, 1), neighbour(last, -1), last}) {
    EXPECT_FALSE(judged(inside).is_public) << inside << " of " << first << "/" << range.bits;
    ++checked;
  }
  const auto outside = [&](const std::string& address, bool expected) {
    if (address.empty()) return;
    EXPECT_EQ(judged(address).is_public, expected) << address << " beside " << first;
    ++checked;
  };
  outside(neighbour(first, -1), range.below_public);
  outside(neighbour(last, 1), range.above_public);
  return checked;
}

TEST(AddressGuard, S02_special_ipv4_ranges_are_refused_exactly_to_their_borders) {
  static constexpr Range kRanges[] = {
      {"0.0.0.0", 8, true, true},        {"10.0.0.0", 8, true, true},
      {"100.64.0.0", 10, true, true},    {"127.0.0.0", 8, true, true},
      {"169.254.0.0", 16, true, true},   {"172.16.0.0", 12, true, true},
      {"192.0.0.0", 24, true, true},     {"192.0.2.0", 24, true, true},
      {"192.31.196.0", 24, true, true},  {"192.52.193.0", 24, true, true},
      {"192.88.99.0", 24, true, true},   {"192.168.0.0", 16, true, true},
      {"192.175.48.0", 24, true, true},  {"198.18.0.0", 15, true, true},
      {"198.51.100.0", 24, true, true},  {"203.0.113.0", 24, true, true},
      {"224.0.0.0", 4, true, false},     {"240.0.0.0", 4, false, true},
      {"255.255.255.0", 24, false, true}};
  int checked = 0;
  for (const auto& range : kRanges) checked += check(range);
  EXPECT_GE(checked, 140);
}

TEST(AddressGuard, S03_ipv6_beyond_plain_hosts_is_refused_exactly_to_its_borders) {
  static constexpr Range kRanges[] = {
      {"::", 3, false, true},             // Unspecified, loopback, mapped, NAT64, all of 0000::/3.
      {"4000::", 2, true, false},         // What is not routed at all.
      {"8000::", 1, false, false},        // The same, with fc00::/7, fe80::/10, ff00::/8.
      {"2001::", 32, true, false},        // Teredo.
      {"2001::", 23, true, true},         // The protocols' own.
      {"2001:20::", 28, false, false},    // ORCHIDv2.
      {"2001:db8::", 32, true, true},     // Documentation.
      {"2002::", 16, true, true},         // 6to4.
      {"3fff::", 20, true, true},         // Documentation.
      {"64:ff9b::", 96, false, false},    // NAT64.
      {"64:ff9b:1::", 48, false, false},  // NAT64, local.
      {"100::", 64, false, false},        // Discard.
      {"5f00::", 16, false, false},       // Segment routing.
      {"fc00::", 7, false, false},        // Unique local.
      {"fe80::", 10, false, false},       // Link-local.
      {"fec0::", 10, false, false},       // Site-local.
      {"ff00::", 8, false, true}};
  int checked = 0;
  for (const auto& range : kRanges) checked += check(range);
  EXPECT_GE(checked, 125);
}

TEST(AddressGuard, S03_no_spelling_of_an_ipv4_address_inside_ipv6_is_public) {
  for (const std::string v4 : {"127.0.0.1", "10.0.0.1", "169.254.169.254", "8.8.8.8", "0.0.0.0",
                               "255.255.255.255", "93.184.216.34"}) {
    for (const char* prefix : {"::ffff:", "::", "64:ff9b::", "64:ff9b:1::", "::ffff:0:"}) {
      EXPECT_FALSE(judged(prefix + v4).is_public) << prefix << v4;
    }
    const Bytes b = parsed(v4);
    Bytes six_to_four{0x20, 0x02, b[0], b[1], b[2], b[3], 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    EXPECT_FALSE(judged(spelled(six_to_four)).is_public);
    Bytes teredo{0x20, 0x01, 0, 0, b[0], b[1], b[2], b[3], 0, 0, 0, 0, 0, 0, 0, 1};
    EXPECT_FALSE(judged(spelled(teredo)).is_public);
  }
  EXPECT_FALSE(judged("::ffff:7f00:1").is_public);
}

TEST(AddressGuard, plain_hosts_are_public) {
  for (const char* address :
       {"1.1.1.1", "8.8.8.8", "93.184.216.34", "157.240.1.1", "142.250.1.1", "223.255.255.255",
        "2606:4700::1111", "2a03:2880:f12f:83:face:b00c:0:25de", "2400:cb00::1",
        "2001:4860:4860::8888", "2620:0:2d0:200::7", "3ffe::1", "2001:200::1"}) {
    EXPECT_TRUE(judged(address).is_public) << address;
    EXPECT_FALSE(judged(address).is_loopback) << address;
  }
}

TEST(AddressGuard, only_loopback_is_loopback) {
  for (const char* address : {"127.0.0.0", "127.0.0.1", "127.1.2.3", "127.255.255.255", "::1"}) {
    EXPECT_TRUE(judged(address).is_loopback) << address;
  }
  for (const char* address : {"126.255.255.255", "128.0.0.0", "0.0.0.0", "::", "::2",
                              "::ffff:127.0.0.1", "10.0.0.1", "fe80::1", "8.8.8.8"}) {
    EXPECT_FALSE(judged(address).is_loopback) << address;
  }
}

TEST(AddressGuard, other_families_are_neither) {
  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  const auto& address = reinterpret_cast<const sockaddr&>(local);
  EXPECT_FALSE(is_public(address));
  EXPECT_FALSE(is_loopback(address));
}

}  // namespace
}  // namespace herald

// Media on their way out: by range, in constant memory.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "net/transport_rig.h"

namespace herald {
namespace {

using testing::FaultServer;
using testing::http_answer;
using Arrival = Answer::Arrival;
using Connection = FaultServer::Connection;

const CustomerId kCustomer{"cus_1"};

constexpr auto kTaking = [](Connection& connection) {
  while (!connection.read_request().empty()) connection.send(http_answer(200, "ok"));
};

MediaId medium_of(TransportRig& rig, std::string_view bytes) {
  const MediaId id("med_1");
  EXPECT_TRUE(rig.folder->create(kCustomer, id, bytes.size()));
  EXPECT_TRUE(rig.folder->append(kCustomer, id, 0, bytes));
  return id;
}

Call upload(const MediaId& id, std::uint64_t offset, std::uint64_t length) {
  Call call = TransportRig::call("PUT");
  call.patience = Patience::upload;
  call.body = MediaBytes{id, "", offset, length, "video/mp4"};
  return call;
}

std::string body_of(const std::string& request) {
  return request.substr(request.find("\r\n\r\n") + 4);
}

std::uint64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t all = 0;
  std::uint64_t resident = 0;
  statm >> all >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

TEST(Upload, a_range_of_a_medium_is_sent_and_no_byte_more) {
  FaultServer server(kTaking);
  TransportRig rig(server.url());
  const auto id = medium_of(rig, "0123456789");
  ASSERT_EQ(rig.send(upload(id, 3, 4)).answer.status, 200);
  EXPECT_EQ(body_of(server.received(0)), "3456");
  EXPECT_EQ(server.count("Content-Length: 4\r\n"), 1u);
  EXPECT_EQ(server.count("Content-Type: video/mp4\r\n"), 1u);
}

TEST(Upload, a_rendition_is_sent_when_it_is_named) {
  FaultServer server(kTaking);
  TransportRig rig(server.url());
  const auto id = medium_of(rig, "original");
  ASSERT_TRUE(rig.folder->put(kCustomer, id, MediaPart::jpeg, "smaller"));
  Call call = upload(id, 0, 7);
  std::get<MediaBytes>(call.body).rendition = "jpeg";
  ASSERT_EQ(rig.send(call).answer.status, 200);
  EXPECT_EQ(body_of(server.received(0)), "smaller");
}

TEST(Upload, a_multipart_body_holds_the_medium_between_its_parts) {
  FaultServer server(kTaking);
  TransportRig rig(server.url());
  MultipartBody body{{{"a", "1"}}, "source", "p.jpg", {}};
  body.file = {medium_of(rig, "0123456789"), "", 0, 10, "image/jpeg"};
  Call call = TransportRig::call("POST", Effect::publish);
  call.body = body;
  ASSERT_EQ(rig.send(call).answer.status, 200);
  const std::string sent = body_of(server.received(0));
  const std::string line = sent.substr(0, sent.find("\r\n"));
  EXPECT_TRUE(line.starts_with("--") && line.size() == 24) << line;  // 128 random bits.
  EXPECT_TRUE(sent.ends_with("\r\n\r\n0123456789\r\n" + line + "--\r\n")) << sent;
}

TEST(Upload, a_medium_that_is_shorter_than_it_should_be_is_broken_off) {
  FaultServer server(kTaking);
  TransportRig rig(server.url());
  const auto id = medium_of(rig, "0123456789");
  const auto answer = rig.send(upload(id, 5, 100)).answer;
  EXPECT_EQ(answer.arrival, Arrival::maybe_sent);
  EXPECT_EQ(answer.detail, "the medium could not be read");
}

TEST(Upload, another_customers_medium_is_not_found) {
  FaultServer server(kTaking);
  TransportRig rig(server.url());
  const auto id = medium_of(rig, "0123456789");
  Dispatch dispatch = rig.dispatch(upload(id, 0, 10));
  dispatch.customer = CustomerId("cus_2");
  EXPECT_EQ(rig.begin(std::move(dispatch)).get().answer.arrival, Arrival::nothing_sent);
  EXPECT_EQ(server.accepted(), 0u);
}

TEST(Upload, a_large_range_takes_constant_memory) {
  constexpr std::uint64_t kSize = 256ull << 20;
  constexpr std::uint64_t kOffset = 1 << 20;
  FaultServer server(kTaking);
  TransportRig rig(server.url());
  const auto id = medium_of(rig, "x");
  const auto file = rig.folder->path_of(kCustomer, id, MediaPart::original);
  std::filesystem::resize_file(*file, kSize);  // Sparse: it takes no room.

  Dispatch dispatch = rig.dispatch(upload(id, kOffset, kSize - kOffset));
  const auto before = resident_bytes();
  std::uint64_t most = before;
  std::uint64_t told = 0;
  dispatch.on_progress = [&](std::uint64_t sent, std::uint64_t total) {
    if (sent > told) most = std::max(most, resident_bytes());
    told = sent;
    return total == 0 || total == kSize - kOffset;
  };
  ASSERT_EQ(rig.begin(std::move(dispatch)).get().answer.status, 200);
  EXPECT_EQ(told, kSize - kOffset);
  EXPECT_GE(server.received_bytes(0), kSize - kOffset);
  EXPECT_LT(most - before, 16u << 20);
}

}  // namespace
}  // namespace herald

// Signed media links where the folder has no files to send: fetched while it is sent.
#include <gtest/gtest.h>

#include <optional>

#include "http/door_rig.h"
#include "http/elsewhere_test.h"
#include "http/media_links.h"
#include "http/uploader.h"

namespace herald::http {
namespace {

using namespace std::chrono_literals;

class MediaElsewhere : public ::testing::Test {
 protected:
  static Services with(const Services& s, MediaFolder& folder) {
    return {s.access, s.connect, s.compose,       s.lookups, s.media,  s.notices,
            s.store,  folder,    s.sealer,        s.links,   s.digest, s.clock,
            s.random, s.events,  s.registrations, s.hosts,   s.site};
  }
  Response ask(const std::string& method, const std::string& range = {}) {
    const auto scope = rig_.alice.caller.scope;
    const auto medium = rig_.store().find_medium(scope, MediaId(id_)).value();
    const auto url =
        media_link(services_.site, services_.links, scope, medium, "", rig_.clock().now() + 1h)
            .value();
    Request request;
    request.method = method;
    request.path = "/api" + url.substr(url.find("/media/links/"));
    if (!range.empty()) request.headers.add("Range", range);
    std::optional<Response> answer;
    uploader_.serve(std::nullopt, std::move(request), nullptr,
                    Reply([&](Response response) { answer = std::move(response); }));
    return std::move(answer.value());
  }
  static std::string body_of(const Response& response) {
    std::string body;
    std::string piece;
    while (body.size() < response.file->length && response.file->source->read(5, piece)) {
      EXPECT_LE(piece.size(), 5u);
      body += piece;
    }
    return body;
  }

  DoorRig rig_;
  Elsewhere folder_{rig_.services().folder, true};
  const Services services_ = with(rig_.services(), folder_);
  Uploader uploader_{services_, DoorOptions{}.sign_ins};
  const std::string bytes_ = "VIDEO 0123456789";
  const std::string id_ = rig_.medium_of(rig_.alice, bytes_);
};

TEST_F(MediaElsewhere, TheWholeIsFetchedPieceByPiece) {
  const auto answer = ask("GET");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.file->length, bytes_.size());
  EXPECT_EQ(body_of(answer), bytes_);
}

TEST_F(MediaElsewhere, ARangeBeginsAtItsFirstByte) {
  const auto answer = ask("GET", "bytes=6-12");
  EXPECT_EQ(answer.status, 206);
  EXPECT_EQ(answer.file->length, 7u);
  EXPECT_TRUE(body_of(answer).starts_with("0123456"));
}

TEST_F(MediaElsewhere, OfAHeadNothingIsFetched) {
  (void)rig_.services().folder.remove(rig_.alice.caller.scope.customer(), MediaId(id_));
  const auto answer = ask("HEAD");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.file->length, bytes_.size());
}

TEST_F(MediaElsewhere, BytesThatAreGoneAreSaidBeforeTheHead) {
  (void)rig_.services().folder.remove(rig_.alice.caller.scope.customer(), MediaId(id_));
  EXPECT_EQ(ask("GET").status, 404);
}

}  // namespace
}  // namespace herald::http

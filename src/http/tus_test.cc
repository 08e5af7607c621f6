// Uploads by tus 1.0 (https://tus.io/protocols/resumable-upload).
#include "http/tus.h"

#include <gtest/gtest.h>

#include <array>
#include <ctime>

#include "http/door_rig.h"
#include "http/upload_metadata.h"

namespace herald::http {
namespace {

constexpr const char* kUploads = "/api/social-media/media";
constexpr const char* kBytes = "application/offset+octet-stream";

class Tus : public ::testing::Test {
 protected:
  static std::string place(const std::string& id) { return std::string(kUploads) + "/" + id; }

  HttpAnswer create(HttpHeaders headers, const std::string& body = {}) const {
    headers.emplace_back("Tus-Resumable", "1.0.0");
    return rig_.as(rig_.alice).send("POST", kUploads, body, std::move(headers));
  }
  HttpAnswer append(const std::string& id, std::uint64_t offset, const std::string& bytes,
                    HttpHeaders headers = {}) const {
    headers.emplace_back("Tus-Resumable", "1.0.0");
    headers.emplace_back("Upload-Offset", std::to_string(offset));
    headers.emplace_back("Content-Type", kBytes);
    return rig_.as(rig_.alice).send("PATCH", place(id), bytes, std::move(headers));
  }
  HttpAnswer head(const std::string& id) const {
    return rig_.as(rig_.alice).send("HEAD", place(id), {}, {{"Tus-Resumable", "1.0.0"}});
  }
  std::uint64_t offset_of(const std::string& id) const {
    return std::stoull(head(id).header("Upload-Offset"));
  }
  json::value shown(const std::string& id) const {
    return json_of(rig_.as(rig_.alice).get(place(id)));
  }
  std::string status_of(const std::string& id) const {
    return std::string(shown(id).at("status").as_string());
  }
  // A request's head for raw sending, in order but for what `fields` add.
  std::string head_of(const std::string& line, const std::string& fields) const {
    return line + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + rig_.alice.token +
           "\r\nTus-Resumable: 1.0.0\r\nContent-Type: " + kBytes + "\r\n" + fields + "\r\n\r\n";
  }
  std::string patch_head(const std::string& id, std::uint64_t length) const {
    return head_of("PATCH " + place(id),
                   "Upload-Offset: 0\r\nContent-Length: " + std::to_string(length));
  }
  std::size_t media() const {
    return json_of(rig_.as(rig_.alice).get(kUploads)).at("media").as_array().size();
  }

  DoorRig rig_;
};

TEST_F(Tus, OptionsSaysWhatTheServerCanDoWithoutAToken) {
  const auto answer = rig_.anyone().send("OPTIONS", kUploads);
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.header("Tus-Version"), "1.0.0");
  EXPECT_EQ(answer.header("Tus-Resumable"), "1.0.0");
  EXPECT_EQ(answer.header("Tus-Extension"), "creation,creation-with-upload,expiration,termination");
  EXPECT_EQ(answer.header("Tus-Max-Size"), std::to_string(256 << 20));
}

TEST_F(Tus, AnUploadIsBegunFilledAndBecomesAMedium) {
  const auto begun =
      create({{"Upload-Length", "10"},
              {"Upload-Metadata", "filename Y2F0LmpwZw==,filetype aW1hZ2UvanBlZw=="}});
  ASSERT_EQ(begun.status, 201) << begun.body;
  EXPECT_EQ(begun.header("Tus-Resumable"), "1.0.0");
  const auto location = begun.header("Location");
  ASSERT_TRUE(location.starts_with("/api/social-media/media/med_")) << location;
  const auto id = location.substr(std::string_view("/api/social-media/media/").size());

  const auto standing = head(id);
  EXPECT_EQ(standing.status, 200);
  EXPECT_EQ(standing.header("Upload-Offset"), "0");
  EXPECT_EQ(standing.header("Upload-Length"), "10");
  EXPECT_EQ(standing.header("Cache-Control"), "no-store");
  EXPECT_EQ(standing.header("Upload-Metadata"), "filename Y2F0LmpwZw==,filetype aW1hZ2UvanBlZw==");
  EXPECT_EQ(status_of(id), "uploading");
  EXPECT_TRUE(shown(id).at("type").is_null());

  const auto half = append(id, 0, "JPEG ");
  EXPECT_EQ(half.status, 204);
  EXPECT_EQ(half.header("Upload-Offset"), "5");
  EXPECT_EQ(half.header("Tus-Resumable"), "1.0.0");
  EXPECT_EQ(shown(id).at("received_bytes").to_number<int>(), 5);
  EXPECT_EQ(append(id, 5, "photo").header("Upload-Offset"), "10");
  wait_until([&] { return status_of(id) == "ready"; });
  const auto medium = shown(id);
  EXPECT_EQ(medium.at("filename").as_string(), "cat.jpg");
  EXPECT_EQ(medium.at("content_type").as_string(), "image/jpeg");
  EXPECT_EQ(medium.at("width").to_number<int>(), 1080);
  EXPECT_EQ(offset_of(id), 10u);
}

TEST_F(Tus, TheFirstBytesMayComeWithTheCreation) {
  const auto begun = create({{"Upload-Length", "10"}, {"Content-Type", kBytes}}, "JPEG p");
  ASSERT_EQ(begun.status, 201);
  EXPECT_EQ(begun.header("Upload-Offset"), "6");
  const auto location = begun.header("Location");
  const auto id = location.substr(location.rfind('/') + 1);
  EXPECT_EQ(offset_of(id), 6u);
  const auto whole = create({{"Upload-Length", "10"}, {"Content-Type", kBytes}}, "JPEG photo");
  EXPECT_EQ(whole.header("Upload-Offset"), "10");
}

// https://tus.io/protocols/resumable-upload#expiration
TEST_F(Tus, AnUnfinishedUploadSaysWhenItGoesAndThenIsGone) {
  using namespace std::chrono_literals;
  const auto date_after = [&](Duration time) {
    const std::time_t at = (to_ms(rig_.clock().now() + time)) / 1000;
    std::array<char, 40> text{};
    std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", std::gmtime(&at));
    return std::string(text.data());
  };
  const auto begun = create({{"Upload-Length", "10"}, {"Content-Type", kBytes}}, "JPEG");
  EXPECT_EQ(begun.header("Upload-Expires"), date_after(1h));
  const auto id = begun.header("Location").substr(begun.header("Location").rfind('/') + 1);
  rig_.clock().advance(4min);
  EXPECT_EQ(head(id).header("Upload-Expires"), date_after(56min));
  EXPECT_EQ(append(id, 4, " ph").header("Upload-Expires"), date_after(1h));
  EXPECT_EQ(head(id).header("Upload-Expires"), date_after(1h));
  const auto other = rig_.begin_upload(rig_.alice, 4);
  EXPECT_EQ(append(other, 0, "JPEG").header("Upload-Expires"), "") << "it is finished";

  // Access tokens do not live for an hour.
  rig_.clock().advance(1h);
  rig_.services().media.sweep();
  rig_.alice = rig_.signed_in(rig_.alice.email);
  EXPECT_EQ(offset_of(id), 7u);
  rig_.clock().advance(1ms);
  rig_.services().media.sweep();
  EXPECT_EQ(head(id).status, 404);
  EXPECT_EQ(append(id, 7, "oto").status, 404);
}

// tus clients begin a 409 or a 423 again by themselves, and give a 429 to the person.
TEST_F(Tus, TooManyUnfinishedUploadsAre429WithTheReason) {
  std::string last;
  for (int i = 0; i < 20; ++i) last = rig_.begin_upload(rig_.alice, 10);
  const auto refused = create({{"Upload-Length", "10"}});
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("Tus-Resumable"), "1.0.0");
  EXPECT_EQ(code_of(refused), "too_many_uploads");
  EXPECT_EQ(media(), 20u);
  EXPECT_EQ(rig_.as(rig_.bob)
                .send("POST", kUploads, {}, {{"Tus-Resumable", "1.0.0"}, {"Upload-Length", "9"}})
                .status,
            201);
  EXPECT_EQ(append(last, 0, "JPEG photo").status, 204);
  EXPECT_EQ(create({{"Upload-Length", "10"}}).status, 201) << "a finished one makes room";
}

TEST_F(Tus, WhatIsNotAMediumIsRefusedWithItsReason) {
  const auto id = rig_.medium_of(rig_.alice, "<html> I am a picture");
  EXPECT_EQ(status_of(id), "refused");
  EXPECT_EQ(shown(id).at("problem").as_string(), "This is neither a picture nor a video.");
}

TEST_F(Tus, AnotherVersionIsRefusedAndTheRightOneNamed) {
  const auto id = rig_.begin_upload(rig_.alice, 10);
  for (const HttpHeaders& headers :
       {HttpHeaders{}, HttpHeaders{{"Tus-Resumable", "0.2.2"}},
        HttpHeaders{{"Tus-Resumable", "1.0.0"}, {"Tus-Resumable", "1.0.0"}}}) {
    for (const auto& [method, target] :
         {std::pair("POST", std::string(kUploads)), std::pair("PATCH", place(id)),
          std::pair("HEAD", place(id))}) {
      HttpHeaders all{{"Upload-Length", "10"}, {"Upload-Offset", "0"}, {"Content-Type", kBytes}};
      all.insert(all.end(), headers.begin(), headers.end());
      const auto answer = rig_.as(rig_.alice).send(method, target, {}, all);
      EXPECT_EQ(answer.status, 412) << method;
      EXPECT_EQ(answer.header("Tus-Version"), "1.0.0") << method;
    }
  }
  EXPECT_EQ(rig_.as(rig_.alice).remove(place(id), {{"Tus-Resumable", "0.2.2"}}).status, 412);
  EXPECT_EQ(media(), 1u);
}

TEST_F(Tus, AWrongOffsetIs409AndChangesNothing) {
  const auto id = rig_.begin_upload(rig_.alice, 10);
  EXPECT_EQ(append(id, 0, "JPEG ").status, 204);
  for (const std::uint64_t offset : {0u, 4u, 6u, 10u, 11u}) {
    const auto answer = append(id, offset, "x");
    EXPECT_TRUE(answer.status == 409 || answer.status == 413) << offset << answer.body;
    EXPECT_EQ(answer.header("Tus-Resumable"), "1.0.0");
    EXPECT_EQ(offset_of(id), 5u);
  }
  EXPECT_EQ(code_of(append(id, 4, "x")), "offset_wrong");
  EXPECT_EQ(append(id, 5, "photo").status, 204);
  EXPECT_EQ(append(id, 10, "").status, 409);
}

TEST_F(Tus, MalformedHeadersAre400) {
  const auto id = rig_.begin_upload(rig_.alice, 10);
  for (const char* number : {"", "-1", "+1", "1.5", "0x10", "1 2", "a", "18446744073709551616"}) {
    const HttpHeaders length{{"Upload-Length", number}};
    EXPECT_EQ(create(length).status, 400) << "length " << number;
    const auto answer =
        rig_.as(rig_.alice)
            .send(
                "PATCH", place(id), "x",
                {{"Tus-Resumable", "1.0.0"}, {"Upload-Offset", number}, {"Content-Type", kBytes}});
    EXPECT_EQ(answer.status, 400) << "offset " << number;
  }
  EXPECT_EQ(create({}).status, 400);
  EXPECT_EQ(create({{"Upload-Defer-Length", "1"}}).status, 400);
  EXPECT_EQ(create({{"Upload-Length", "1"}, {"Upload-Length", "1"}}).status, 400);
  EXPECT_EQ(create({{"Upload-Length", "1"}, {"Upload-Metadata", "filename ?"}}).status, 400);
  EXPECT_EQ(create({{"Upload-Length", "0"}}).status, 422);
  EXPECT_EQ(media(), 1u);
}

TEST_F(Tus, BytesOfAnotherTypeAre415) {
  const auto id = rig_.begin_upload(rig_.alice, 10);
  for (const HttpHeaders& type : {HttpHeaders{}, HttpHeaders{{"Content-Type", "image/jpeg"}}}) {
    HttpHeaders headers{{"Tus-Resumable", "1.0.0"}, {"Upload-Offset", "0"}};
    headers.insert(headers.end(), type.begin(), type.end());
    EXPECT_EQ(rig_.as(rig_.alice).send("PATCH", place(id), "JPEG", headers).status, 415);
  }
  EXPECT_EQ(create({{"Upload-Length", "10"}, {"Content-Type", "image/jpeg"}}, "JPEG").status, 415);
  EXPECT_EQ(media(), 1u);
}

TEST_F(Tus, M04_MoreThanWasAnnouncedIs413AndNothingIsLeft) {
  const auto id = rig_.begin_upload(rig_.alice, 10);
  EXPECT_EQ(append(id, 0, "JPEG photo!").status, 413);
  EXPECT_EQ(offset_of(id), 0u);
  EXPECT_EQ(create({{"Upload-Length", "3"}, {"Content-Type", kBytes}}, "JPEG").status, 413);
  EXPECT_EQ(create({{"Upload-Length", std::to_string((256 << 20) + 1)}}).status, 413);
  EXPECT_EQ(media(), 1u);

  // Without an announced length the excess shows only when it comes.
  HttpClient client(rig_.gateway);
  client.try_send(
      head_of("POST " + std::string(kUploads), "Upload-Length: 3\r\nTransfer-Encoding: chunked") +
      "4\r\nJPEG\r\n0\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 413);
  EXPECT_EQ(media(), 1u);
}

TEST_F(Tus, M05_TooMuchIsRefusedBeforeAByteIsSent) {
  const auto id = rig_.begin_upload(rig_.alice, 10);
  HttpClient client(rig_.gateway);
  client.send(head_of("PATCH " + place(id),
                      "Upload-Offset: 0\r\nExpect: 100-continue\r\nContent-Length: 11"));
  EXPECT_EQ(client.read_answer().status, 413);
}

TEST_F(Tus, M04_AHostileNameNamesNothingOnTheDisk) {
  using namespace std::string_literals;
  for (const auto& name : {"../../../etc/passwd"s, "/etc/passwd"s, "..\\..\\x"s, ".."s}) {
    const auto id = rig_.begin_upload(rig_.alice, 4, name);
    const std::string kept(shown(id).at("filename").as_string());
    EXPECT_FALSE(kept.contains('/') || kept.contains('\\')) << kept;
  }
  for (const auto& name : {"a\r\nSet-Cookie: x=y"s, "a\0b"s, std::string(4096, 'a')}) {
    EXPECT_EQ(
        create({{"Upload-Length", "4"}, {"Upload-Metadata", "filename " + to_base64(name)}}).status,
        400);
  }
  EXPECT_EQ(media(), 4u);
}

TEST_F(Tus, AnInterruptedPatchKeepsWhatCameAndGoesOn) {
  const auto id = rig_.begin_upload(rig_.alice, 1000);
  const std::string bytes = "JPEG" + std::string(996, 'x');
  {
    HttpClient client(rig_.gateway);
    client.send(patch_head(id, 1000));
    client.send(bytes.substr(0, 400));
    wait_until([&] { return offset_of(id) == 400; });
  }
  EXPECT_EQ(append(id, 400, bytes.substr(400)).header("Upload-Offset"), "1000");
  wait_until([&] { return status_of(id) == "ready"; });
}

TEST_F(Tus, AnInterruptedCreationLeavesNothingBehind) {
  {
    HttpClient client(rig_.gateway);
    client.send(
        head_of("POST " + std::string(kUploads), "Upload-Length: 1000\r\nContent-Length: 1000") +
        "JPEG");
    wait_until([&] { return media() == 1; });
  }
  wait_until([&] { return media() == 0; });
}

TEST_F(Tus, TheLatestWriterTakesOverAndTheOlderIsTold) {
  const auto id = rig_.begin_upload(rig_.alice, 10);
  HttpClient older(rig_.gateway);
  older.send(patch_head(id, 10));
  older.send("JPEG ");
  wait_until([&] { return offset_of(id) == 5; });
  EXPECT_EQ(append(id, 5, "ph").header("Upload-Offset"), "7");
  older.try_send("PHOTO");
  EXPECT_EQ(older.read_answer().status, 409);
  EXPECT_EQ(offset_of(id), 7u);
}

TEST_F(Tus, AnOvertakenWriterDoesNotUndoWhatTheOtherFinished) {
  const auto id = rig_.begin_upload(rig_.alice, 10);
  {
    HttpClient older(rig_.gateway);
    older.send(patch_head(id, 10));
    older.send("JPEG ");
    wait_until([&] { return offset_of(id) == 5; });
    EXPECT_EQ(append(id, 5, "photo").status, 204);
    wait_until([&] { return status_of(id) == "ready"; });
  }
  // The dropped connection's end may come at any time from here; other work of the same workers
  // comes after it.
  for (int i = 0; i < 50; ++i) EXPECT_EQ(status_of(id), "ready");
}

TEST_F(Tus, AnUploadWhoseLastAnswerWasLostIsLookedAtAllTheSame) {
  const auto id = rig_.begin_upload(rig_.alice, 10);
  const auto scope = rig_.alice.caller.scope;
  // As after a crash between the last byte and its row.
  ASSERT_TRUE(rig_.services().folder.append(scope.customer(), MediaId(id), 0, "JPEG photo"));
  EXPECT_EQ(offset_of(id), 10u);
  wait_until([&] { return status_of(id) == "ready"; });
}

TEST_F(Tus, ALargeBodyGoesToDiskAsItComes) {
  constexpr std::size_t kPiece = 1 << 20, kPieces = 24;
  const auto id = rig_.begin_upload(rig_.alice, kPiece * kPieces);
  HttpClient client(rig_.gateway);
  client.send(patch_head(id, kPiece * kPieces));
  std::string piece(kPiece, 'x');
  piece.replace(0, 4, "JPEG");
  for (std::size_t sent = 1; sent <= kPieces; ++sent) {
    client.send(piece);
    // All but what one read of the socket may still hold is on the disk, while most is unsent.
    wait_until([&] { return sent == kPieces || offset_of(id) + (128 << 10) > sent * kPiece; });
  }
  EXPECT_EQ(client.read_answer().header("Upload-Offset"), std::to_string(kPiece * kPieces));
}

TEST_F(Tus, TerminationRemovesTheBytesAndTheRow) {
  const auto id = rig_.begin_upload(rig_.alice, 10);
  EXPECT_EQ(append(id, 0, "JPEG ").status, 204);
  const auto gone = rig_.as(rig_.alice).remove(place(id), {{"Tus-Resumable", "1.0.0"}});
  EXPECT_EQ(gone.status, 204);
  EXPECT_EQ(head(id).status, 404);
  EXPECT_EQ(append(id, 5, "photo").status, 404);
  EXPECT_EQ(rig_.as(rig_.alice).remove(place(id)).status, 404);
}

TEST_F(Tus, AMediumThatAPostNeedsStays) {
  const auto draft = rig_.draft_of(rig_.alice);
  ASSERT_EQ(rig_.as(rig_.alice).post("/api/social-media/posts", draft).status, 201);
  const std::string id(draft.at("media").at(0).at("media_id").as_string());
  const auto refused = rig_.as(rig_.alice).remove(place(id));
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(code_of(refused), "media_in_use");
}

TEST_F(Tus, MethodOverrideIsNotKnown) {
  const auto id = rig_.begin_upload(rig_.alice, 10);
  for (const char* method : {"PATCH", "DELETE"}) {
    EXPECT_EQ(rig_.as(rig_.alice)
                  .send("POST", place(id), {},
                        {{"X-HTTP-Method-Override", method}, {"Tus-Resumable", "1.0.0"}})
                  .status,
              405);
  }
  EXPECT_EQ(offset_of(id), 0u);
}

}  // namespace
}  // namespace herald::http

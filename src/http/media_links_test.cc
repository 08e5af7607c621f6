#include "http/media_links.h"

#include <gtest/gtest.h>

#include "crypto/digest.h"
#include "domain/encoding.h"
#include "http/door_rig.h"

namespace herald::http {
namespace {

using namespace std::chrono_literals;

class MediaLinks : public ::testing::Test {
 protected:
  std::string path_of(const Person& person, const std::string& id,
                      const std::string& rendition = "") {
    // Whatever the medium is and whosever: a link can be made for anything, and must be judged.
    Medium medium;
    if (auto found = rig_.store().find_medium(rig_.alice.caller.scope, MediaId(id)))
      medium = *found;
    medium.id = MediaId(id);
    medium.status = MediaStatus::ready;
    if (!rendition.empty() && !medium.jpeg) medium.jpeg = medium.facts;
    if (!rendition.empty() && !medium.preview && medium.facts.type == MediaType::video) {
      medium.preview = medium.facts;
    }
    const auto url = media_link(rig_.services().site, rig_.services().links, person.caller.scope,
                                medium, rendition, rig_.clock().now() + 1h)
                         .value();
    EXPECT_TRUE(url.starts_with(std::string(kPublicUrl) + "/api/social-media/media/links/")) << url;
    return url.substr(std::string_view(kPublicUrl).size());
  }
  HttpAnswer get(const std::string& path, HttpHeaders headers = {}) const {
    return rig_.anyone().get(path, std::move(headers));
  }

  DoorRig rig_;
  const std::string bytes_ = "VIDEO 0123456789";
  const std::string id_ = rig_.medium_of(rig_.alice, bytes_);
  const std::string path_ = path_of(rig_.alice, id_);
};

TEST_F(MediaLinks, ALinkIsThePermissionForOneRendition) {
  const auto video = get(path_);
  EXPECT_EQ(video.status, 200);
  EXPECT_EQ(video.body, bytes_);
  EXPECT_EQ(video.header("Content-Type"), "video/mp4");
  EXPECT_EQ(video.header("Accept-Ranges"), "bytes");

  const auto photo = rig_.medium_of(rig_.alice, "JPEG photo");
  EXPECT_EQ(get(path_of(rig_.alice, photo)).body, "JPEG photo");
  const auto small = path_of(rig_.alice, photo, "jpeg");
  EXPECT_TRUE(small.ends_with("/" + photo + ".jpg")) << small;
  EXPECT_EQ(get(small).body, "JPEG small");
}

TEST_F(MediaLinks, AnythingElseIsNotFoundWithOneAnswer) {
  const auto token = path_.substr(0, path_.rfind('/'));
  auto edited = path_;
  edited[edited.find("/links/") + 20] ^= 1;
  const auto foreign = path_of(rig_.mallory, id_);
  const auto first = blanked(get(edited));
  EXPECT_TRUE(path_.ends_with("/" + id_ + ".mp4")) << path_;
  for (const auto& path : {token + "/other", token + "/" + id_ + ".html",
                           token + "/" + id_ + ".mov", token + "/" + id_, token + "/..x",
                           path_of(rig_.alice, id_, "jpeg"), path_of(rig_.alice, "med_none"),
                           path_of(rig_.alice, rig_.begin_upload(rig_.alice, 9)), foreign}) {
    const auto answer = get(path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(blanked(answer), first) << path;
  }
  rig_.clock().advance(1h);
  EXPECT_EQ(blanked(get(path_)), first);
}

// Of what the bytes are, whatever the uploader called them.
TEST_F(MediaLinks, TheNameEndsAsTheBytesAre) {
  const auto end_of = [&](const std::string& type, const std::string& rendition) {
    Medium medium;
    medium.id = MediaId("med_1");
    medium.filename = "holiday.exe";
    medium.declared_type = "image/tiff";
    medium.status = MediaStatus::ready;
    medium.facts.content_type = type;
    medium.jpeg = MediaFacts{.content_type = "image/jpeg"};
    medium.preview = medium.jpeg;
    const auto url = media_link(rig_.services().site, rig_.services().links,
                                rig_.alice.caller.scope, medium, rendition, rig_.clock().now())
                         .value();
    return url.substr(url.rfind('/'));
  };
  EXPECT_EQ(end_of("image/jpeg", ""), "/med_1.jpg");
  EXPECT_EQ(end_of("image/png", ""), "/med_1.png");
  EXPECT_EQ(end_of("image/gif", ""), "/med_1.gif");
  EXPECT_EQ(end_of("image/webp", ""), "/med_1.webp");
  EXPECT_EQ(end_of("video/mp4", ""), "/med_1.mp4");
  EXPECT_EQ(end_of("video/quicktime", ""), "/med_1.mov");
  EXPECT_EQ(end_of("video/webm", ""), "/med_1.webm");
  EXPECT_EQ(end_of("video/x-matroska", ""), "/med_1.mkv");
  EXPECT_EQ(end_of("application/pdf", ""), "/med_1.pdf");
  EXPECT_EQ(end_of("text/vtt", ""), "/med_1.vtt");
  EXPECT_EQ(end_of("application/x-subrip", ""), "/med_1.srt");
  EXPECT_EQ(end_of("image/png", "jpeg"), "/med_1.jpg");
  EXPECT_EQ(end_of("video/mp4", "preview"), "/med_1.jpg");
}

TEST_F(MediaLinks, APictureThatHasNoSmallerOneIsServedAsItsJpeg) {
  const auto photo = rig_.medium_of(rig_.alice, "JPEG photo");
  EXPECT_EQ(get(path_of(rig_.alice, photo, "preview")).body, "JPEG small");
}

TEST_F(MediaLinks, WhatIsNotThereHasNoLink) {
  const auto link = [&](const std::string& id, const std::string& rendition) {
    const auto medium = rig_.store().find_medium(rig_.alice.caller.scope, MediaId(id)).value();
    return media_link(rig_.services().site, rig_.services().links, rig_.alice.caller.scope, medium,
                      rendition, rig_.clock().now() + 1h);
  };
  EXPECT_TRUE(link(id_, ""));
  EXPECT_FALSE(link(id_, "jpeg")) << "a video has none";
  EXPECT_FALSE(link(id_, "other"));
  EXPECT_FALSE(link(rig_.begin_upload(rig_.alice, 9), "")) << "it is not ready";
}

TEST_F(MediaLinks, OneRangeIsSentAndMoreAreNot) {
  const auto part = get(path_, {{"Range", "bytes=6-8"}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, "012");
  EXPECT_EQ(part.header("Content-Range"), "bytes 6-8/16");
  EXPECT_EQ(part.header("Content-Length"), "3");
  EXPECT_EQ(get(path_, {{"Range", "bytes=-2"}}).body, "89");
  EXPECT_EQ(get(path_, {{"Range", "bytes=14-"}}).body, "89");
  EXPECT_EQ(get(path_, {{"Range", "bytes=0-1,3-4"}}).status, 200);
  EXPECT_EQ(get(path_, {{"Range", "lines=0-1"}}).body, bytes_);
  const auto outside = get(path_, {{"Range", "bytes=16-"}});
  EXPECT_EQ(outside.status, 416);
  EXPECT_EQ(outside.header("Content-Range"), "bytes */16");
}

TEST_F(MediaLinks, ATagSavesTheBytes) {
  const auto tag = get(path_).header("ETag");
  EXPECT_EQ(tag, "\"" + to_hex(sha256(bytes_)) + "\"");
  for (const std::string& asked : {tag, "W/" + tag, "\"x\", " + tag, std::string("*")}) {
    const auto answer = get(path_, {{"If-None-Match", asked}, {"Range", "bytes=0-1"}});
    EXPECT_EQ(answer.status, 304) << asked;
    EXPECT_EQ(answer.header("ETag"), tag);
  }
  EXPECT_EQ(get(path_, {{"If-None-Match", "\"x\""}}).status, 200);
  EXPECT_EQ(get(path_, {{"If-Range", tag}, {"Range", "bytes=0-1"}}).status, 206);
  EXPECT_EQ(get(path_, {{"If-Range", "\"x\""}, {"Range", "bytes=0-1"}}).status, 200);
}

TEST_F(MediaLinks, HeadTellsTheSizeOnly) {
  const auto answer = rig_.anyone().send("HEAD", path_, {}, {{"Range", "bytes=0-1"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Length"), "16");
  EXPECT_EQ(answer.body, "");
}

TEST_F(MediaLinks, X03_AnUploadIsNeverAPage) {
  for (const auto& [bytes, shown] :
       {std::pair("VIDEO x", true), std::pair("PAPER <script>", false)}) {
    const auto path = path_of(rig_.alice, rig_.medium_of(rig_.alice, bytes));
    for (const HttpHeaders& headers : {HttpHeaders{}, HttpHeaders{{"Range", "bytes=0-1"}}}) {
      const auto answer = get(path, headers);
      EXPECT_TRUE(answer.header("Content-Security-Policy").contains("sandbox"));
      EXPECT_TRUE(answer.header("Content-Security-Policy").contains("default-src 'none'"));
      EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
      EXPECT_EQ(answer.header("Content-Disposition"), shown ? "" : "attachment");
      EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "");
    }
  }
}

TEST_F(MediaLinks, ADocumentHasATypeAndNoPreview) {
  const auto shown = [&](const std::string& bytes) {
    const auto id = rig_.medium_of(rig_.alice, bytes);
    return json_of(rig_.as(rig_.alice).get("/api/social-media/media/" + id));
  };
  const auto paper = shown("PAPER x");
  EXPECT_EQ(paper.at("type").as_string(), "document");
  EXPECT_EQ(paper.at("status").as_string(), "ready");
  EXPECT_TRUE(paper.at("preview_url").is_null());
  EXPECT_TRUE(paper.at("frames").is_null());
  EXPECT_EQ(shown("JPEG* moving").at("frames").to_number<int>(), 12);
}

TEST_F(MediaLinks, APreviewIsAPathThatStaysTheSameForADay) {
  const auto preview = [&](const std::string& id) {
    return json_of(rig_.as(rig_.alice).get("/api/social-media/media/" + id)).at("preview_url");
  };
  const auto broken = rig_.medium_of(rig_.alice, "VIDEO* without a frame");
  EXPECT_TRUE(preview(broken).is_null());
  const auto frame = json::value_to<std::string>(preview(id_));
  EXPECT_TRUE(frame.ends_with(".jpg"));
  EXPECT_EQ(get(frame).body, "JPEG frame");
  EXPECT_EQ(get(frame).header("Content-Type"), "image/jpeg");
  const auto photo = rig_.medium_of(rig_.alice, "JPEG photo");
  const auto path = json::value_to<std::string>(preview(photo));
  EXPECT_EQ(get(path).body, "JPEG small");
  EXPECT_TRUE(get(path).header("Cache-Control").contains("private"));
  rig_.clock().advance(4min);
  EXPECT_EQ(preview(photo).as_string(), path);
  rig_.clock().advance(24h);
  EXPECT_EQ(get(path).status, 200) << "good for a day at least";
  rig_.clock().advance(48h);
  EXPECT_EQ(get(path).status, 404);
}

}  // namespace
}  // namespace herald::http

#include "media/probe_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "media/descriptor.h"

namespace herald::media {
namespace {

const std::string kSamples = std::string(HERALD_SOURCE_DIR) + "/samples/";

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class ProbeProcessTest : public ::testing::Test {
 protected:
  ProbeProcessTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "herald-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~ProbeProcessTest() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& bytes) {
    const auto path = (folder_ / "file").string();
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    return path;
  }

  std::filesystem::path folder_;
  ProbeProcess probe_{HERALD_PROBE_PROGRAM};
};

TEST_F(ProbeProcessTest, FindsTheFactsOfTheSampleVideo) {
  const auto facts = probe_.probe(kSamples + "video.mp4", {"video/mp4", "video.mp4"});
  ASSERT_TRUE(facts) << facts.error().message << " " << facts.error().detail;
  EXPECT_EQ(facts->type, MediaType::video);
  EXPECT_EQ(facts->content_type, "video/mp4");
  EXPECT_EQ(facts->size_bytes, std::filesystem::file_size(kSamples + "video.mp4"));
  EXPECT_EQ(facts->width, 1080);
  EXPECT_EQ(facts->height, 1920);
  EXPECT_EQ(facts->duration_ms, 8000);
  EXPECT_DOUBLE_EQ(facts->frames_per_second, 30);
  EXPECT_EQ(facts->video_codec, "h264");
  EXPECT_EQ(facts->audio_codec, "aac");
  EXPECT_TRUE(facts->has_audio);
  EXPECT_TRUE(facts->moov_first);
  EXPECT_EQ(facts->sha256_hex, "");
}

TEST_F(ProbeProcessTest, FindsTheFactsOfTheSamplePhoto) {
  const auto facts = probe_.probe(kSamples + "photo.jpg", {"image/jpeg", "photo.jpg"});
  ASSERT_TRUE(facts) << facts.error().message << " " << facts.error().detail;
  EXPECT_EQ(facts->type, MediaType::image);
  EXPECT_EQ(facts->content_type, "image/jpeg");
  EXPECT_EQ(facts->width, 1440);
  EXPECT_EQ(facts->height, 1440);
  EXPECT_EQ(facts->duration_ms, 0);
}

// Under the bounds and the filter of the real program.
TEST_F(ProbeProcessTest, MakesAPreviewOfTheVideo) {
  const auto frame =
      probe_.make_preview(kSamples + "video.mp4", {.max_bytes = 1 << 20, .max_width = 720});
  ASSERT_TRUE(frame) << frame.error().message << " " << frame.error().detail;
  EXPECT_EQ(frame->facts.width, 720);
  EXPECT_EQ(frame->facts.height, 1280);
  EXPECT_EQ(frame->facts.content_type, "image/jpeg");
  EXPECT_EQ(frame->facts.sha256_hex, *probe_.hash(file(frame->bytes)));
  EXPECT_FALSE(probe_.make_preview(kSamples + "photo.jpg", JpegLimits{}));
  EXPECT_FALSE(probe_.make_jpeg(kSamples + "video.mp4", JpegLimits{}));
}

TEST_F(ProbeProcessTest, MakesAJpegOfThePhoto) {
  const auto rendition =
      probe_.make_jpeg(kSamples + "photo.jpg", {.max_bytes = 60'000, .max_width = 700});
  ASSERT_TRUE(rendition) << rendition.error().message << " " << rendition.error().detail;
  EXPECT_LE(rendition->bytes.size(), 60'000u);
  EXPECT_EQ(rendition->facts.size_bytes, rendition->bytes.size());
  EXPECT_LE(rendition->facts.width, 700);
  EXPECT_EQ(rendition->facts.width, rendition->facts.height);
  EXPECT_EQ(rendition->facts.sha256_hex, *probe_.hash(file(rendition->bytes)));
}

TEST_F(ProbeProcessTest, HashesAsTheStandardSays) {
  // FIPS 180-2, appendix B: one million times 'a'.
  EXPECT_EQ(probe_.hash(file(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_EQ(probe_.hash(file("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_F(ProbeProcessTest, M02_ADamagedVideoIsRefusedWithASentence) {
  auto bytes = bytes_of(kSamples + "video.mp4");
  const auto refused = probe_.probe(file(bytes.substr(0, bytes.size() / 2)), {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::invalid);
  EXPECT_EQ(refused.error().code, "media_refused");
  EXPECT_EQ(refused.error().message,
            "The video file is damaged or cut off. Export it anew and upload that.");
}

TEST_F(ProbeProcessTest, M02_ALieIsRefusedBeforeAProcessIsStarted) {
  ProbeProcess none("/nonexistent/herald-probe");
  const auto lie = none.probe(kSamples + "video.mp4", {"image/jpeg", ""});
  ASSERT_FALSE(lie);
  EXPECT_EQ(lie.error().kind, ErrorKind::invalid);
  const auto honest = none.probe(kSamples + "video.mp4", {});
  ASSERT_FALSE(honest);
  EXPECT_EQ(honest.error().kind, ErrorKind::internal) << "a broken set-up is not the file's fault";
  EXPECT_NE(honest.error().detail.find("/nonexistent/herald-probe"), std::string::npos);
}

TEST_F(ProbeProcessTest, NoProgramIsStartedForDocumentsAndCaptions) {
  ProbeProcess none("/nonexistent/herald-probe");
  const std::string pdf = "%PDF-1.7\n%%EOF\n";
  const auto facts = none.probe(file(pdf), {"application/pdf", "menu.pdf"});
  ASSERT_TRUE(facts) << facts.error().message;
  EXPECT_EQ(*facts, (MediaFacts{.type = MediaType::document,
                                .content_type = "application/pdf",
                                .size_bytes = pdf.size()}));
  const auto words = none.probe(file("WEBVTT\n"), {});
  ASSERT_TRUE(words) << words.error().message;
  EXPECT_EQ(words->type, MediaType::captions);
  EXPECT_EQ(words->content_type, "text/vtt");
  EXPECT_FALSE(none.make_jpeg(file(pdf), {}));
}

TEST_F(ProbeProcessTest, M03_APlaylistIsRefused) {
  for (const char* list :
       {"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n", "ffconcat version 1.0\n",
        "<MPD><BaseURL>http://127.0.0.1:9/</BaseURL></MPD>"}) {
    EXPECT_EQ(probe_.probe(file(list), {"video/mp4", "a.mp4"}).error().kind, ErrorKind::invalid);
  }
}

TEST_F(ProbeProcessTest, OnlyPicturesBecomeJpegs) {
  const auto refused = probe_.make_jpeg(kSamples + "video.mp4", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::invalid);
}

TEST_F(ProbeProcessTest, AMissingFileIsNotFound) {
  EXPECT_EQ(probe_.probe((folder_ / "none").string(), {}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(probe_.hash((folder_ / "none").string()).error().kind, ErrorKind::not_found);
}

TEST_F(ProbeProcessTest, AProgramThatDiesBlamesTheFile) {
  const auto script = (folder_ / "dies").string();
  std::ofstream(script) << "#!/bin/sh\nkill -SEGV $$\n";
  ::chmod(script.c_str(), 0700);
  const auto refused = ProbeProcess(script).probe(kSamples + "photo.jpg", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::invalid);
  EXPECT_NE(refused.error().detail.find("signal 11"), std::string::npos);
}

TEST_F(ProbeProcessTest, AProgramThatTalksTooMuchIsStopped) {
  const auto script = (folder_ / "talks").string();
  std::ofstream(script) << "#!/bin/sh\nwhile :; do echo facts; done\n";
  ::chmod(script.c_str(), 0700);
  const auto refused = ProbeProcess(script).probe(kSamples + "photo.jpg", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::internal);
}

TEST_F(ProbeProcessTest, TheProgramGetsNoDescriptorAndNoEnvironmentOfOurs) {
  const auto script = (folder_ / "looks").string();
  // Refuses with what it can see of this process.
  std::ofstream(script)
      << "#!/bin/sh\n[ -e /proc/$$/fd/200 ] && seen=descriptor\n"
         "printf 'refused\\nmessage (%s%s)\\ndetail x\\n' \"$seen\" \"$HERALD_SECRET\"\n";
  ::chmod(script.c_str(), 0700);
  ::setenv("HERALD_SECRET", "secret", 1);
  const Descriptor null(::open("/dev/null", O_RDONLY));
  const Descriptor left_open(::fcntl(null.get(), F_DUPFD, 200));  // Without close-on-exec.
  ASSERT_EQ(left_open.get(), 200);
  const auto refused = ProbeProcess(script).probe(kSamples + "photo.jpg", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "()");
}

}  // namespace
}  // namespace herald::media

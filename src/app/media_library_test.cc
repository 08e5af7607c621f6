#include "app/media_library.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "app/app_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

// Files that are kept as their sizes.
class Sizes final : public MediaFolder {
 public:
  Result<Done> create(const CustomerId&, const MediaId& id, std::uint64_t) override {
    sizes[id] = 0;
    return Done{};
  }
  Result<std::unique_ptr<MediaWriter>> open_for_append(const CustomerId&, const MediaId& id,
                                                       std::uint64_t) override {
    struct Writer final : MediaWriter {
      explicit Writer(std::uint64_t& s) : size(s) {}
      Result<Done> write(std::string_view piece) override {
        size += piece.size();
        return Done{};
      }
      Result<std::uint64_t> sync() override { return size; }
      std::uint64_t& size;
    };
    return std::make_unique<Writer>(sizes.at(id));
  }
  Result<std::uint64_t> size(const CustomerId&, const MediaId& id) override {
    if (!sizes.contains(id)) return fail(ErrorKind::not_found, "There is no such file.");
    return sizes.at(id);
  }
  Result<Done> put(const CustomerId&, const MediaId&, MediaPart, std::string_view) override {
    return Done{};
  }
  Result<std::unique_ptr<MediaReader>> open(const CustomerId&, const MediaId&, MediaPart,
                                            std::uint64_t) override {
    return fail(ErrorKind::internal, "Nobody reads here.");
  }
  std::optional<std::string> path_of(const CustomerId&, const MediaId& id, MediaPart) override {
    return id.value;
  }
  Result<Done> remove(const CustomerId&, const MediaId& id) override {
    sizes.erase(id);
    return Done{};
  }
  Result<Done> visit(const std::function<void(const CustomerId&, const MediaId&)>& found) override {
    for (const auto& [id, size] : sizes) found(CustomerId("acme"), id);
    return Done{};
  }
  Result<std::uint64_t> used_bytes(const CustomerId&) override { return 0; }

  std::map<MediaId, std::uint64_t> sizes;
};

class CountingProbe final : public MediaProbe {
 public:
  Result<MediaFacts> probe(const std::string&, const DeclaredFile&) override {
    ++probed;
    if (broken) return fail(ErrorKind::unavailable, "The probe did not start.");
    if (throws) throw std::runtime_error("out of memory");
    return MediaFacts{.type = type};
  }
  Result<std::string> hash(const std::string&) override { return std::string("5a"); }
  // Of a picture three by four, as wide as may be.
  Result<Rendition> make_jpeg(const std::string&, const JpegLimits& limits) override {
    const int width = std::min(picture_width, limits.max_width);
    return Rendition{std::to_string(width), {.width = width, .height = width / 3 * 4}};
  }

  Result<Rendition> make_preview(const std::string&, const JpegLimits&) override {
    if (!can_preview) return fail(ErrorKind::invalid, "No frame of it can be read.");
    return Rendition{"small", {.content_type = "image/jpeg"}};
  }

  MediaType type = MediaType::video;
  int picture_width = 3024;
  int probed = 0;
  bool can_preview = true;
  bool broken = false;
  bool throws = false;
};

class MediaLibraryTest : public ::testing::Test {
 protected:
  std::unique_ptr<MediaLibrary> make_library() {
    return std::make_unique<MediaLibrary>(
        MediaLibrary::Ports{rig_.store, folder_, probe_, rig_.clock, rig_.random, rig_.executor,
                            rig_.events, rig_.log},
        limits_);
  }
  MediaId uploaded(MediaLibrary& library) {
    const Medium medium = library.begin(ada_, "clip.mp4", "video/mp4", 3).value();
    const auto incoming = library.receive(ada_, medium.id, 0).value();
    EXPECT_TRUE(incoming->write("abc"));
    EXPECT_EQ(incoming->finish().value(), 3u);
    return medium.id;
  }
  MediaStatus status(const MediaId& id) {
    return rig_.store.find_medium(ada_.scope, id).value().status;
  }

  testing::AppRig rig_;
  Sizes folder_;
  CountingProbe probe_;
  MediaLimits limits_;
  const Caller ada_ = testing::caller("acme", "ada");
};

TEST_F(MediaLibraryTest, however_many_files_come_two_workers_look_at_them) {
  const auto library = make_library();
  std::vector<MediaId> ids;
  for (int i = 0; i < 12; ++i) ids.push_back(uploaded(*library));
  while (rig_.executor.waiting() > 0) {
    ASSERT_LE(rig_.executor.waiting(), 2u);
    const int before = probe_.probed;
    rig_.executor.step();
    ASSERT_LE(probe_.probed, before + 1);
  }
  EXPECT_EQ(probe_.probed, 12);
  for (const auto& id : ids) EXPECT_EQ(status(id), MediaStatus::ready);
}

TEST_F(MediaLibraryTest, what_a_dead_process_left_is_looked_at_by_the_next) {
  const MediaId id = uploaded(*make_library());
  rig_.executor.forget_all();
  const auto library = make_library();
  library->sweep();
  rig_.executor.run();
  EXPECT_EQ(status(id), MediaStatus::ready);
}

TEST_F(MediaLibraryTest, a_sweep_takes_nothing_up_a_second_time) {
  const auto library = make_library();
  const MediaId id = uploaded(*library);
  library->sweep();
  library->sweep();
  rig_.executor.run();
  EXPECT_EQ(probe_.probed, 1);
  EXPECT_EQ(status(id), MediaStatus::ready);
}

TEST_F(MediaLibraryTest, a_probe_that_fails_or_throws_is_asked_again_at_the_next_sweep) {
  const auto library = make_library();
  probe_.broken = true;
  const MediaId id = uploaded(*library);
  rig_.executor.run();
  probe_.broken = false;
  probe_.throws = true;
  library->sweep();
  rig_.executor.run();
  EXPECT_EQ(probe_.probed, 2);
  EXPECT_EQ(status(id), MediaStatus::processing);
  EXPECT_EQ(rig_.log.lines.size(), 2u);
  probe_.throws = false;
  library->sweep();
  rig_.executor.run();
  EXPECT_EQ(status(id), MediaStatus::ready);
}

TEST_F(MediaLibraryTest, one_person_may_have_twenty_unfinished_uploads_and_no_more) {
  const auto library = make_library();
  const Caller ben = testing::caller("acme", "ben");
  MediaId last;
  for (int i = 0; i < 20; ++i) last = library->begin(ada_, "a.mp4", "", 3).value().id;
  const auto refused = library->begin(ada_, "a.mp4", "", 3);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::rate_limited);
  EXPECT_EQ(refused.error().code, "too_many_uploads");
  EXPECT_EQ(folder_.sizes.size(), 20u) << "nothing is set aside for what was refused";
  EXPECT_TRUE(library->begin(ben, "a.mp4", "", 3));
  EXPECT_TRUE(library->remove(ada_, last));
  EXPECT_TRUE(library->begin(ada_, "a.mp4", "", 3));
}

TEST_F(MediaLibraryTest, an_upload_that_nobody_touches_for_an_hour_is_gone) {
  const auto library = make_library();
  const MediaId untouched = library->begin(ada_, "a.mp4", "", 9).value().id;
  const MediaId going_on = library->begin(ada_, "b.mp4", "", 9).value().id;
  const MediaId whole = uploaded(*library);
  rig_.executor.run();
  rig_.clock.advance(59min);
  const auto incoming = library->receive(ada_, going_on, 0).value();
  rig_.clock.advance(1min);
  library->sweep();
  EXPECT_TRUE(library->find(ada_, untouched)) << "the hour is not over";
  rig_.clock.advance(Duration(1));
  library->sweep();
  EXPECT_FALSE(library->find(ada_, untouched));
  EXPECT_FALSE(folder_.sizes.contains(untouched));

  // One request that takes hours is touched by its own bytes.
  for (int i = 0; i < 5; ++i) {
    rig_.clock.advance(50min);
    EXPECT_TRUE(incoming->write("x"));
    library->sweep();
  }
  const auto medium = library->find(ada_, going_on);
  ASSERT_TRUE(medium);
  EXPECT_EQ(library->expires_at(*medium), rig_.clock.now() + 1h);
  rig_.clock.advance(1h + Duration(1));
  library->sweep();
  EXPECT_FALSE(library->find(ada_, going_on));
  EXPECT_TRUE(library->find(ada_, whole)) << "what is whole is not unfinished";
}

TEST_F(MediaLibraryTest, a_writer_whose_upload_was_swept_is_told) {
  const auto library = make_library();
  const MediaId id = library->begin(ada_, "a.mp4", "", 9).value().id;
  const auto incoming = library->receive(ada_, id, 0).value();
  ASSERT_TRUE(rig_.store.remove_medium(ada_.scope, id));
  rig_.clock.advance(10min);
  const auto written = incoming->write("x");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::not_found);
}

TEST_F(MediaLibraryTest, bytes_without_a_row_are_removed_and_others_stay) {
  const auto library = make_library();
  const MediaId kept = uploaded(*library);
  folder_.sizes[MediaId("stray")] = 5;
  library->match();
  EXPECT_FALSE(folder_.sizes.contains(MediaId("stray")));
  EXPECT_TRUE(folder_.sizes.contains(kept));
}

TEST_F(MediaLibraryTest, an_empty_store_is_no_reason_to_remove_all_bytes) {
  folder_.sizes[MediaId("somebodys")] = 5;
  make_library()->match();
  EXPECT_TRUE(folder_.sizes.contains(MediaId("somebodys")));
}

TEST_F(MediaLibraryTest, a_medium_whose_bytes_are_gone_is_refused_and_says_so) {
  const auto library = make_library();
  std::vector<MediaId> ids;
  for (int i = 0; i < 120; ++i) ids.push_back(uploaded(*library));
  std::ranges::sort(ids);  // The last is on the second page.
  rig_.executor.run();
  const MediaId begun = library->begin(ada_, "a.mp4", "", 9).value().id;
  folder_.sizes.erase(ids.back());
  folder_.sizes.erase(begun);
  library->match();
  for (const auto& id : ids) {
    EXPECT_EQ(status(id), id == ids.back() ? MediaStatus::refused : MediaStatus::ready);
  }
  EXPECT_NE(rig_.store.find_medium(ada_.scope, ids.back())->problem, "");
  EXPECT_EQ(status(begun), MediaStatus::uploading);
}

TEST_F(MediaLibraryTest, a_large_picture_is_there_within_1080p_as_well) {
  const auto library = make_library();
  probe_.type = MediaType::image;
  for (const auto& [width, jpeg, small] : {std::tuple(3024, 1440, 1080), std::tuple(900, 900, 0)}) {
    probe_.picture_width = width;
    const MediaId id = uploaded(*library);
    rig_.executor.run();
    const Medium medium = rig_.store.find_medium(ada_.scope, id).value();
    EXPECT_EQ(medium.jpeg->width, jpeg);
    EXPECT_EQ(medium.preview ? medium.preview->width : 0, small);
  }
}

TEST_F(MediaLibraryTest, a_video_without_a_frame_is_ready_all_the_same) {
  const auto library = make_library();
  const MediaId seen = uploaded(*library);
  rig_.executor.run();
  probe_.can_preview = false;
  const MediaId unseen = uploaded(*library);
  rig_.executor.run();
  EXPECT_TRUE(rig_.store.find_medium(ada_.scope, seen)->preview);
  EXPECT_FALSE(rig_.store.find_medium(ada_.scope, unseen)->preview);
  EXPECT_EQ(status(unseen), MediaStatus::ready);
  EXPECT_EQ(rig_.log.lines.size(), 1u);
}

TEST_F(MediaLibraryTest, where_one_file_is_looked_at_at_once_one_worker_is_busy) {
  limits_.looked_at_once = 1;
  const auto library = make_library();
  for (int i = 0; i < 5; ++i) uploaded(*library);
  EXPECT_EQ(rig_.executor.waiting(), 1u);
  rig_.executor.run();
  EXPECT_EQ(probe_.probed, 5);
}

}  // namespace
}  // namespace herald

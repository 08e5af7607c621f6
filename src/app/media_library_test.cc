#include "app/media_library.h"

#include <gtest/gtest.h>

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
  Result<std::uint64_t> size(const CustomerId&, const MediaId& id) override { return sizes.at(id); }
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
  Result<std::uint64_t> used_bytes(const CustomerId&) override { return 0; }

  std::map<MediaId, std::uint64_t> sizes;
};

class CountingProbe final : public MediaProbe {
 public:
  Result<MediaFacts> probe(const std::string&, const DeclaredFile&) override {
    ++probed;
    if (broken) return fail(ErrorKind::unavailable, "The probe did not start.");
    if (throws) throw std::runtime_error("out of memory");
    return MediaFacts{.type = MediaType::video};
  }
  Result<std::string> hash(const std::string&) override { return std::string("5a"); }
  Result<Rendition> make_jpeg(const std::string&, const JpegLimits&) override {
    return Rendition{};
  }

  int probed = 0;
  bool broken = false;
  bool throws = false;
};

class MediaLibraryTest : public ::testing::Test {
 protected:
  std::unique_ptr<MediaLibrary> make_library() {
    return std::make_unique<MediaLibrary>(
        MediaLibrary::Ports{rig_.store, folder_, probe_, rig_.clock, rig_.random, rig_.executor,
                            rig_.events, rig_.log},
        MediaLimits{});
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
  library->sweep(48h);
  rig_.executor.run();
  EXPECT_EQ(status(id), MediaStatus::ready);
}

TEST_F(MediaLibraryTest, a_sweep_takes_nothing_up_a_second_time) {
  const auto library = make_library();
  const MediaId id = uploaded(*library);
  library->sweep(48h);
  library->sweep(48h);
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
  library->sweep(48h);
  rig_.executor.run();
  EXPECT_EQ(probe_.probed, 2);
  EXPECT_EQ(status(id), MediaStatus::processing);
  EXPECT_EQ(rig_.log.lines.size(), 2u);
  probe_.throws = false;
  library->sweep(48h);
  rig_.executor.run();
  EXPECT_EQ(status(id), MediaStatus::ready);
}

}  // namespace
}  // namespace herald

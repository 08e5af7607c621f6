#include "app/media_library.h"

#include <algorithm>
#include <exception>
#include <functional>
#include <utility>

#include "domain/full_hd.h"

namespace herald {
namespace {

constexpr int kSweepMax = 100;
constexpr Duration kTouchEvery = std::chrono::minutes(5);
constexpr JpegLimits kPreviewLimits{.max_bytes = 1 << 20, .max_width = 720};
constexpr std::size_t kFilenameMax = 255;

Error coded(ErrorKind kind, std::string message, std::string code) {
  return {kind, std::move(message), {}, {}, std::move(code)};
}

}  // namespace

Result<Medium> MediaLibrary::begin(const Caller& caller, std::string filename,
                                   std::string declared_type, std::uint64_t bytes) {
  if (bytes == 0) return fail(ErrorKind::invalid, "The file is empty.");
  if (bytes > limits_.medium_bytes_max) {
    return std::unexpected(coded(
        ErrorKind::invalid,
        "The file is too large: at most " + std::to_string(limits_.medium_bytes_max >> 20) + " MB.",
        "media_too_large"));
  }
  HERALD_TRY(const std::uint64_t used, ports_.folder.used_bytes(caller.scope.customer()));
  if (used + bytes > limits_.customer_bytes_max) {
    return std::unexpected(coded(ErrorKind::unavailable,
                                 "There is no room left for this file. Remove some media first.",
                                 "storage_full"));
  }
  Medium medium;
  medium.id = MediaId(ports_.random.id("med"));
  medium.customer = caller.scope.customer();
  medium.user = caller.user;
  medium.filename = filename.substr(0, kFilenameMax);
  medium.declared_type = std::move(declared_type);
  medium.declared_bytes = bytes;
  medium.created_at = medium.touched_at = ports_.clock.now();
  // The row comes first and goes first, so that bytes without one are always strays.
  HERALD_CHECK(ports_.store.add_medium(caller.scope, medium, limits_.open_uploads_max));
  if (auto made = ports_.folder.create(medium.customer, medium.id, bytes); !made) {
    (void)ports_.store.remove_medium(caller.scope, medium.id);
    return std::unexpected(std::move(made).error());
  }
  return medium;
}

Result<Medium> MediaLibrary::find(const Caller& caller, const MediaId& id) {
  HERALD_TRY(Medium medium, ports_.store.find_medium(caller.scope, id));
  if (!caller.may_see(medium.user)) return fail(ErrorKind::not_found, "There is no such file.");
  if (medium.status == MediaStatus::uploading) {
    // The folder knows what survived a crash between two acknowledgements.
    HERALD_TRY(medium.received_bytes, ports_.folder.size(medium.customer, id));
  }
  return medium;
}

Result<PageOf<Medium>> MediaLibrary::list(const Caller& caller, const PageRequest& page) {
  std::optional<UserId> user;
  if (caller.role != Role::admin) user = caller.user;
  HERALD_TRY(PageOf<Medium> found, ports_.store.list_media(caller.scope, user, page));
  for (auto& medium : found.rows) {
    if (medium.status != MediaStatus::uploading) continue;
    const auto size = ports_.folder.size(medium.customer, medium.id);
    if (size) medium.received_bytes = *size;  // Else it is just being removed.
  }
  return found;
}

Result<Done> MediaLibrary::remove(const Caller& caller, const MediaId& id) {
  HERALD_TRY(const Medium medium, find(caller, id));
  HERALD_CHECK(ports_.store.remove_medium(caller.scope, id));
  return ports_.folder.remove(medium.customer, id);
}

class MediaLibrary::Upload final : public Incoming {
 public:
  Upload(MediaLibrary& library, CustomerScope scope, Medium medium,
         std::unique_ptr<MediaWriter> writer)
      : library_(library),
        scope_(std::move(scope)),
        medium_(std::move(medium)),
        writer_(std::move(writer)) {}

  Result<Done> write(std::string_view piece) override {
    if (medium_.received_bytes + piece.size() > medium_.declared_bytes) {
      return std::unexpected(coded(ErrorKind::invalid,
                                   "More bytes came than the upload was announced with.",
                                   "media_too_large"));
    }
    HERALD_CHECK(writer_->write(piece));
    medium_.received_bytes += piece.size();
    if (library_.ports_.clock.now() - medium_.touched_at >= kTouchEvery) return touch();
    return Done{};
  }

  // not_found: it was removed meanwhile.
  Result<Done> touch() {
    medium_.touched_at = library_.ports_.clock.now();
    return library_.ports_.store.touch_medium(scope_, medium_.id, medium_.touched_at);
  }

  // But for that, the row is written only with the last byte: until then the folder knows best, and
  // a request that was overtaken by another must not put back what that one wrote.
  Result<std::uint64_t> finish() override {
    HERALD_TRY(const std::uint64_t size, writer_->sync());
    writer_.reset();
    if (size < medium_.declared_bytes) {
      HERALD_CHECK(touch());
      return size;
    }
    HERALD_TRY(Medium medium, library_.ports_.store.find_medium(scope_, medium_.id));
    if (medium.status != MediaStatus::uploading) return size;
    medium.received_bytes = size;
    medium.status = MediaStatus::processing;
    HERALD_CHECK(library_.ports_.store.save_medium(scope_, medium));
    library_.tell(medium);
    library_.look_at_what_came();
    return size;
  }

 private:
  MediaLibrary& library_;
  CustomerScope scope_;
  Medium medium_;
  std::unique_ptr<MediaWriter> writer_;
};

Result<std::shared_ptr<MediaLibrary::Incoming>> MediaLibrary::receive(const Caller& caller,
                                                                      const MediaId& id,
                                                                      std::uint64_t offset) {
  HERALD_TRY(Medium medium, find(caller, id));
  if (medium.status != MediaStatus::uploading || medium.received_bytes != offset) {
    return std::unexpected(coded(ErrorKind::conflict,
                                 "The upload stands elsewhere. Ask where, and go on from there.",
                                 "offset_wrong"));
  }
  HERALD_TRY(auto writer, ports_.folder.open_for_append(medium.customer, id, offset));
  auto upload = std::make_shared<Upload>(*this, caller.scope, std::move(medium), std::move(writer));
  HERALD_CHECK(upload->touch());
  return upload;
}

Result<Medium> MediaLibrary::looked_at(Medium medium) {
  HERALD_TRY(const LocalFile file,
             ports_.folder.bring(medium.customer, medium.id, MediaPart::original));
  HERALD_TRY(medium.facts, ports_.probe.probe(file.path, {medium.declared_type, medium.filename}));
  HERALD_TRY(medium.facts.sha256_hex, ports_.probe.hash(file.path));
  HERALD_CHECK(render(medium, file.path));
  medium.status = MediaStatus::ready;
  return medium;
}

// A picture's JPEG goes to platforms, so the picture is refused if there can be none. A video goes
// as it is, and does without a preview where no frame of it can be read.
Result<Done> MediaLibrary::render(Medium& medium, const std::string& path) {
  if (medium.facts.type == MediaType::image) {
    HERALD_TRY(Rendition jpeg, ports_.probe.make_jpeg(path, JpegLimits{}));
    HERALD_CHECK(ports_.folder.put(medium.customer, medium.id, MediaPart::jpeg, jpeg.bytes));
    medium.jpeg = std::move(jpeg.facts);
    if (fits_full_hd(*medium.jpeg)) return Done{};
    const JpegLimits small{.max_width = full_hd_width(*medium.jpeg)};
    HERALD_TRY(Rendition scaled, ports_.probe.make_jpeg(path, small));
    HERALD_CHECK(ports_.folder.put(medium.customer, medium.id, MediaPart::preview, scaled.bytes));
    medium.preview = std::move(scaled.facts);
    return Done{};
  }
  if (medium.facts.type != MediaType::video) return Done{};
  auto frame = ports_.probe.make_preview(path, kPreviewLimits);
  if (!frame) {
    ports_.log.write(LogLevel::warning, "medium " + medium.id.value + " has no preview: " +
                                            frame.error().message + " " + frame.error().detail);
    return Done{};
  }
  HERALD_CHECK(ports_.folder.put(medium.customer, medium.id, MediaPart::preview, frame->bytes));
  medium.preview = std::move(frame->facts);
  return Done{};
}

void MediaLibrary::look_at_what_came() {
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    lanes_[i].woken = true;
    if (!lanes_[i].busy.exchange(true)) {
      ports_.executor.post([this, i] { run(i, std::make_shared<Tried>()); });
    }
  }
}

// One file, then the worker is given back, and the lane comes to its turn again. `tried` keeps a
// file that cannot be looked at from being tried for ever: the next sweep begins anew.
void MediaLibrary::run(std::size_t lane, std::shared_ptr<Tried> tried) {
  lanes_[lane].woken = false;
  if (auto medium = next_in(lane, *tried)) {
    tried->emplace(medium->customer, medium->id);
    process(std::move(*medium));
  } else {
    lanes_[lane].busy = false;
    // What came since would wait for the next sweep.
    if (!lanes_[lane].woken || lanes_[lane].busy.exchange(true)) return;
  }
  ports_.executor.post([this, lane, tried] { run(lane, tried); });
}

std::optional<Medium> MediaLibrary::next_in(std::size_t lane, const Tried& tried) {
  // Nothing was uploaded before the beginning of time: only what is processing.
  auto rows = ports_.store.unfinished_media(Time{}, kSweepMax + static_cast<int>(tried.size()));
  if (!rows) return std::nullopt;
  for (auto& row : *rows) {
    const bool ours = std::hash<std::string>()(row.id.value) % lanes_.size() == lane;
    if (ours && !tried.contains({row.customer, row.id})) return std::move(row);
  }
  return std::nullopt;
}

void MediaLibrary::process(Medium medium) {
  const auto fault = [&](std::string_view what, const std::string& why) {
    ports_.log.write(LogLevel::error,
                     "medium " + medium.id.value + " could not be " + std::string(what) + why);
  };
  try {
    auto seen = looked_at(medium);
    if (!seen && seen.error().kind != ErrorKind::invalid) {
      // Not the file's fault: sweep() takes it up again.
      return fault("looked at: ", seen.error().message + " " + seen.error().detail);
    }
    if (!seen) {
      medium.status = MediaStatus::refused;
      medium.problem = seen.error().message;
    } else {
      medium = std::move(*seen);
    }
    if (auto saved = ports_.store.save_medium(ScopeAuthority::of(medium.customer), medium);
        !saved) {
      return fault("saved: ", saved.error().message + " " + saved.error().detail);
    }
    tell(medium);
  } catch (const std::exception& thrown) {
    fault("looked at: ", thrown.what());
  }
}

void MediaLibrary::sweep() {
  look_at_what_came();
  auto stale = ports_.store.unfinished_media(ports_.clock.now() - limits_.untouched_max, kSweepMax);
  if (!stale) return;
  for (const auto& medium : *stale) {
    if (medium.status == MediaStatus::uploading &&
        ports_.store.remove_medium(ScopeAuthority::of(medium.customer), medium.id)) {
      (void)ports_.folder.remove(medium.customer, medium.id);
    }
  }
}

void MediaLibrary::match() {
  remove_strays();
  std::optional<std::pair<CustomerId, MediaId>> place;
  for (;;) {
    auto rows = ports_.store.media_after(place, kSweepMax);
    if (!rows || rows->empty()) return;
    place.emplace(rows->back().customer, rows->back().id);
    for (auto& medium : *rows) refuse_lost(std::move(medium));
  }
}

// Not where there is no row at all: that is more likely the wrong store than the wrong bytes.
void MediaLibrary::remove_strays() {
  const auto any = ports_.store.media_after(std::nullopt, 1);
  if (!any || any->empty()) return;
  std::vector<std::pair<CustomerId, MediaId>> strays;
  const auto visited = ports_.folder.visit([&](const CustomerId& customer, const MediaId& id) {
    const auto row = ports_.store.find_medium(ScopeAuthority::of(customer), id);
    if (!row && row.error().kind == ErrorKind::not_found) strays.emplace_back(customer, id);
  });
  for (const auto& [customer, id] : strays) {
    ports_.log.write(LogLevel::warning,
                     "medium " + id.value + " has no row: its bytes are removed");
    (void)ports_.folder.remove(customer, id);
  }
  if (!visited) {
    ports_.log.write(LogLevel::error,
                     "the media folder could not be walked through: " + visited.error().detail);
  }
}

// Of an upload nobody has been told anything that would be wrong: it is begun anew, or swept.
void MediaLibrary::refuse_lost(Medium medium) {
  if (medium.status != MediaStatus::ready && medium.status != MediaStatus::processing) return;
  const auto size = ports_.folder.size(medium.customer, medium.id);
  if (size || size.error().kind != ErrorKind::not_found) return;
  ports_.log.write(LogLevel::error, "medium " + medium.id.value + " has a row, but no bytes");
  medium.status = MediaStatus::refused;
  medium.problem = "The file is not on this server any more. Upload it again.";
  if (ports_.store.save_medium(ScopeAuthority::of(medium.customer), medium)) tell(medium);
}

void MediaLibrary::tell(const Medium& medium) {
  ports_.events.publish({medium.customer, medium.user, "media.updated", medium.id.value, {}});
}

}  // namespace herald

// Uploads: taken piece by piece, looked at when complete, ready or refused with a plain reason.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "domain/media.h"
#include "domain/scope.h"
#include "ports/clock.h"
#include "ports/events.h"
#include "ports/executor.h"
#include "ports/log.h"
#include "ports/media_folder.h"
#include "ports/media_probe.h"
#include "ports/media_store.h"
#include "ports/random.h"

namespace herald {

struct MediaLimits {
  std::uint64_t medium_bytes_max = 20ull << 30;
  std::uint64_t customer_bytes_max = 200ull << 30;
  int open_uploads_max = 20;                       // Unfinished ones of one person.
  Duration untouched_max = std::chrono::hours(1);  // An upload that no bytes come for goes then.
  std::size_t looked_at_once = 2;  // Files; each keeps a worker busy, a large one for minutes.
};

class MediaLibrary {
 public:
  struct Ports {
    MediaStore& store;
    MediaFolder& folder;
    MediaProbe& probe;
    Clock& clock;
    Random& random;
    Executor& executor;
    Events& events;
    Log& log;
  };
  MediaLibrary(Ports ports, MediaLimits limits)
      : ports_(ports), limits_(limits), lanes_(limits.looked_at_once) {}

  // invalid (code "media_too_large"), unavailable (code "storage_full"), or rate_limited (code
  // "too_many_uploads").
  Result<Medium> begin(const Caller& caller, std::string filename, std::string declared_type,
                       std::uint64_t bytes);
  // not_found: another person's, or not there.
  Result<Medium> find(const Caller& caller, const MediaId& id);
  Result<PageOf<Medium>> list(const Caller& caller, const PageRequest& page);
  Result<Done> remove(const Caller& caller, const MediaId& id);

  // One request's worth of bytes at an offset. conflict (code "offset_wrong"): that is not where
  // the upload stands.
  class Incoming {
   public:
    virtual ~Incoming() = default;
    virtual Result<Done> write(std::string_view piece) = 0;
    // Makes what came durable and returns how much there is now; with the last byte the medium is
    // handed on to be looked at.
    virtual Result<std::uint64_t> finish() = 0;
  };
  Result<std::shared_ptr<Incoming>> receive(const Caller& caller, const MediaId& id,
                                            std::uint64_t offset);

  // When the upload goes unless bytes come for it before.
  Time expires_at(const Medium& medium) const { return medium.touched_at + limits_.untouched_max; }

  // Takes up what a dead process left half looked at, and removes uploads that nobody touched for
  // so long.
  void sweep();
  // Holds every row against the folder: bytes without a row are removed, and a medium whose bytes
  // are gone is refused and says so. Blocks for as long as it takes to walk through all of them.
  void match();

  const MediaLimits& limits() const { return limits_; }

 private:
  class Upload;
  // Files are looked at one after another in each lane, a file always in the same lane: however
  // many arrive, no more workers than lanes are busy with them. The list is in the store.
  struct Lane {
    std::atomic<bool> busy = false;
    std::atomic<bool> woken = false;
  };
  using Tried = std::set<std::pair<CustomerId, MediaId>>;
  void look_at_what_came();
  void run(std::size_t lane, std::shared_ptr<Tried> tried);
  std::optional<Medium> next_in(std::size_t lane, const Tried& tried);
  // Facts, hash, renditions. Blocks.
  void process(Medium medium);
  Result<Medium> looked_at(Medium medium);
  Result<Done> render(Medium& medium, const std::string& path);
  void remove_strays();
  void refuse_lost(Medium medium);
  void tell(const Medium& medium);

  Ports ports_;
  MediaLimits limits_;
  std::vector<Lane> lanes_;
};

}  // namespace herald

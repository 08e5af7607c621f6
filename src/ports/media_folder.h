// Where the bytes of media live: a disk, or an object store. Names in it derive from ids only,
// never from what a person typed. Every call may block for the disk or the store; all are safe from
// any thread. A folder that is full, or a customer at their quota, fails with unavailable and the
// code "storage_full".
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "domain/ids.h"
#include "domain/result.h"

namespace herald {

enum class MediaPart { original, jpeg, preview };

// Appends pieces of one original. Used by one thread at a time. Dropping it loses at most what was
// written since the last sync().
class MediaWriter {
 public:
  virtual ~MediaWriter() = default;
  // conflict: somebody else moved the end meanwhile (a second connection took over); stop. Where
  // pieces are gathered before they are kept, it may also be said later, but before they count.
  virtual Result<Done> write(std::string_view piece) = 0;
  // After this everything written is durable and may be acknowledged. Returns the size.
  virtual Result<std::uint64_t> sync() = 0;
};

class MediaReader {
 public:
  virtual ~MediaReader() = default;
  // The number of bytes put into `room`; 0 is the end.
  virtual Result<std::size_t> read(std::span<char> room) = 0;
};

// A file on this machine. What was made for it goes with `held`.
struct LocalFile {
  std::string path;
  std::shared_ptr<void> held;
};

class MediaFolder {
 public:
  virtual ~MediaFolder() = default;

  // Makes an empty original and sets `expected_bytes` aside for it; it will take no more than that.
  // conflict: it exists already.
  virtual Result<Done> create(const CustomerId& customer, const MediaId& id,
                              std::uint64_t expected_bytes) = 0;
  // Bytes go only at the current end: conflict unless `offset` is the size. The latest writer wins,
  // an older one gets conflict at its next piece. not_found: never created, or removed.
  virtual Result<std::unique_ptr<MediaWriter>> open_for_append(const CustomerId& customer,
                                                               const MediaId& id,
                                                               std::uint64_t offset) = 0;
  // open_for_append, write and sync in one: durable when it returns the new size.
  Result<std::uint64_t> append(const CustomerId& customer, const MediaId& id, std::uint64_t offset,
                               std::string_view bytes) {
    HERALD_TRY(auto writer, open_for_append(customer, id, offset));
    HERALD_CHECK(writer->write(bytes));
    return writer->sync();
  }
  // What the original holds now: where an interrupted upload goes on.
  virtual Result<std::uint64_t> size(const CustomerId& customer, const MediaId& id) = 0;

  // Replaces a rendition: readers see the old bytes or the new, also after a crash.
  virtual Result<Done> put(const CustomerId& customer, const MediaId& id, MediaPart part,
                           std::string_view bytes) = 0;
  // An original that is not whole yet may be not_found.
  virtual Result<std::unique_ptr<MediaReader>> open(const CustomerId& customer, const MediaId& id,
                                                    MediaPart part, std::uint64_t offset) = 0;
  // A file on this machine that holds the part, for sending without copying; empty where the folder
  // is elsewhere. Does not say that the file exists.
  virtual std::optional<std::string> path_of(const CustomerId& customer, const MediaId& id,
                                             MediaPart part) = 0;
  // The part as a file on this machine, for programs that must go back and forth in it: the
  // folder's own, or a copy that goes with the answer. Fetching a copy takes as long as the file is
  // large.
  virtual Result<LocalFile> bring(const CustomerId& customer, const MediaId& id, MediaPart part) {
    if (auto path = path_of(customer, id, part)) return LocalFile{std::move(*path), nullptr};
    return fail(ErrorKind::internal, "The file cannot be looked at here.");
  }

  // Removes every part. Succeeds when there is nothing (any more).
  virtual Result<Done> remove(const CustomerId& customer, const MediaId& id) = 0;
  // Tells every medium of which anything is here, in no order, and takes away what a put() left
  // that was cut off. Names that no id is spelled by are passed over. `found` must not come back.
  virtual Result<Done> visit(
      const std::function<void(const CustomerId& customer, const MediaId& id)>& found) = 0;
  // The bytes that this customer's media occupy or have set aside.
  virtual Result<std::uint64_t> used_bytes(const CustomerId& customer) = 0;
};

}  // namespace herald

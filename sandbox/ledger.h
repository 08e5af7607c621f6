// What the audience sees, in the order it became visible. Append-only: a removal is an entry too.
// The file has one JSON object a line and is fsynced before the platform's answer leaves.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "domain/time.h"

namespace herald::sandbox {

struct LedgerMedia {
  std::string digest;  // SHA-256 in hex; the medium lies on the MediaShelf under it.
  std::string type;    // "image/jpeg", "video/mp4", ...
};

struct LedgerEntry {
  std::uint64_t number = 0;  // 1, 2, ...; given by record().
  std::int64_t at_ms = 0;    // Sandbox time.
  std::string platform;      // "instagram", "youtube", ...
  std::string account;       // The platform's id.
  std::string account_name;  // As people see it: "@bluebakery".
  std::string event;         // "post", "comment", "changed" or "removed".
  std::string kind;          // "image", "carousel", "reel", "story", "video", "short", "text", ...
  std::string audience;      // Who sees it: "public", "unlisted", "private"; empty: public.
  std::string id;            // The platform's id of the post or comment.
  std::string parent;        // The post a comment stands under; else empty.
  std::string title;         // Where the platform has titles.
  std::string text;          // Caption, description, message.
  std::string link;          // The public address on the real platform.
  std::vector<LedgerMedia> media;
};

std::string to_json(const LedgerEntry& entry);  // One line, without the newline.
Result<LedgerEntry> ledger_entry(std::string_view json);

class Ledger {
 public:
  // In memory only; for tests.
  Ledger() = default;
  // Reads what the file holds; a torn last line is dropped. unavailable: not readable or writable.
  static Result<std::unique_ptr<Ledger>> open(const std::string& path);
  ~Ledger();

  // Adds an entry to the view; it is on disk after commit(). Sides call this from answer().
  void record(LedgerEntry entry);

  // Thread-safe; includes what is not committed yet.
  std::vector<LedgerEntry> entries() const;
  std::size_t size() const;

  // The rest is the core's.
  std::vector<LedgerEntry> pending() const;
  // Takes up entries that a snapshot has and the file has not.
  void recover(const std::vector<LedgerEntry>& entries);
  Result<Done> commit();  // Appends and fsyncs; blocks.
  void restart();         // Forgets everything; the old file is kept under a new name.

 private:
  mutable std::mutex mutex_;
  std::vector<LedgerEntry> entries_;
  std::size_t committed_ = 0;
  std::string path_;
  int file_ = -1;
};

}  // namespace herald::sandbox

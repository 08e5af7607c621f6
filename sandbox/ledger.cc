#include "sandbox/ledger.h"

#include <fcntl.h>
#include <unistd.h>

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace herald::sandbox {

BOOST_DESCRIBE_STRUCT(LedgerMedia, (), (digest, type))
BOOST_DESCRIBE_STRUCT(LedgerEntry, (),
                      (number, at_ms, platform, account, account_name, event, kind, audience, id,
                       parent, title, text, link, media))

namespace {

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const auto wrote = ::write(file, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

int open_for_append(const std::string& path) {
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

}  // namespace

std::string to_json(const LedgerEntry& entry) {
  return boost::json::serialize(boost::json::value_from(entry));
}

Result<LedgerEntry> ledger_entry(std::string_view json) {
  boost::system::error_code error;
  const auto value = boost::json::parse(json, error);
  if (error) return fail(ErrorKind::invalid, "The ledger line is no JSON.", error.message());
  auto entry = boost::json::try_value_to<LedgerEntry>(value);
  if (entry.has_error())
    return fail(ErrorKind::invalid, "The ledger line is no entry.", entry.error().message());
  return std::move(*entry);
}

Result<std::unique_ptr<Ledger>> Ledger::open(const std::string& path) {
  auto ledger = std::make_unique<Ledger>();
  ledger->path_ = path;
  off_t whole = 0;
  {
    std::ifstream file(path, std::ios::binary);
    for (std::string line; std::getline(file, line) && !file.eof();) {
      auto entry = ledger_entry(line);
      if (!entry) return std::unexpected(std::move(entry).error());
      whole += static_cast<off_t>(line.size()) + 1;
      ledger->entries_.push_back(std::move(*entry));
    }
  }
  ledger->committed_ = ledger->entries_.size();
  ledger->file_ = open_for_append(path);
  if (ledger->file_ < 0 || ::ftruncate(ledger->file_, whole) != 0)
    return fail(ErrorKind::unavailable, "The ledger cannot be written.", std::strerror(errno));
  return ledger;
}

Ledger::~Ledger() {
  if (file_ >= 0) ::close(file_);
}

void Ledger::record(LedgerEntry entry) {
  const std::lock_guard lock(mutex_);
  entry.number = entries_.size() + 1;
  entries_.push_back(std::move(entry));
}

std::vector<LedgerEntry> Ledger::entries() const {
  const std::lock_guard lock(mutex_);
  return entries_;
}

std::size_t Ledger::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

std::vector<LedgerEntry> Ledger::pending() const {
  const std::lock_guard lock(mutex_);
  return {entries_.begin() + static_cast<std::ptrdiff_t>(committed_), entries_.end()};
}

void Ledger::recover(const std::vector<LedgerEntry>& entries) {
  const std::lock_guard lock(mutex_);
  for (const auto& entry : entries)
    if (entry.number == entries_.size() + 1) entries_.push_back(entry);
}

Result<Done> Ledger::commit() {
  const std::lock_guard lock(mutex_);
  if (file_ >= 0 && committed_ < entries_.size()) {
    std::string text;
    for (auto i = committed_; i < entries_.size(); ++i) text += to_json(entries_[i]) + "\n";
    if (!write_all(file_, text) || ::fsync(file_) != 0)
      return fail(ErrorKind::unavailable, "The ledger cannot be written.", std::strerror(errno));
  }
  committed_ = entries_.size();
  return Done{};
}

void Ledger::restart() {
  const std::lock_guard lock(mutex_);
  entries_.clear();
  committed_ = 0;
  if (file_ < 0) return;
  ::close(file_);
  std::string kept;
  for (int i = 1; kept.empty() || ::access(kept.c_str(), F_OK) == 0; ++i)
    kept = path_ + "." + std::to_string(i);
  std::rename(path_.c_str(), kept.c_str());
  file_ = open_for_append(path_);
}

}  // namespace herald::sandbox

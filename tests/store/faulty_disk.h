// A disk for SQLite that can be made to fail, and that knows what would be left after a power cut.
// It stands before the real file system as SQLite's default VFS while it lives; one at a time.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <string>

namespace herald {

class FaultyDisk {
 public:
  enum class Fault { none, full, write, sync, read };

  FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;
  ~FaultyDisk();

  // The n-th such call from now on (1: the next one) fails, and every one after it until heal().
  void fail(Fault fault, int nth);
  void heal();
  bool has_failed() const { return failed_; }
  int syncs() const { return syncs_; }

  // Writes into `left` each file of `folder` as it was when it was last synced: what was written
  // since is lost.
  void cut_power(const std::string& folder, const std::string& left);

  // For the VFS.
  bool fails(Fault fault);
  void synced(const std::string& file);
  void deleted(const std::string& file);

 private:
  std::mutex mutex_;
  std::atomic<Fault> fault_ = Fault::none;
  std::atomic<int> left_ = 0;
  std::atomic<bool> failed_ = false;
  std::atomic<int> syncs_ = 0;
  std::map<std::string, std::string> platter_;  // The files' bytes at their last sync.
};

}  // namespace herald

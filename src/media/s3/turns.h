// Who of this process's writers of one upload came last: the others are told so at their next
// piece. Between processes the upload's record decides.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace herald::media {

class Turns {
 public:
  struct Upload {
    std::atomic<std::uint64_t> latest = 0;
    std::atomic<bool> removed = false;
  };
  struct Turn {
    std::shared_ptr<Upload> upload;
    std::uint64_t number = 0;
  };
  // From now on every earlier turn is over.
  Turn take(const std::string& name) {
    const std::lock_guard lock(mutex_);
    std::erase_if(uploads_, [](const auto& one) { return one.second.expired(); });
    auto upload = uploads_[name].lock();
    if (!upload) uploads_[name] = upload = std::make_shared<Upload>();
    return {upload, ++upload->latest};
  }
  void remove(const std::string& name) {
    const std::lock_guard lock(mutex_);
    const auto found = uploads_.find(name);
    const auto upload = found == uploads_.end() ? nullptr : found->second.lock();
    if (upload) upload->removed = true;
    if (found != uploads_.end()) uploads_.erase(found);
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<Upload>> uploads_;  // Guarded by mutex_.
};

}  // namespace herald::media

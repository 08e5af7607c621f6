// One process owns a data folder; that is why the leases of a dead one can be ended at the start.
#pragma once

#include <string>

#include "domain/result.h"

namespace herald {

class FolderLock {
 public:
  // Makes the folder if it is missing. unavailable (code "data_folder_in_use"): another process
  // has it; the message names it.
  static Result<FolderLock> take(const std::string& folder);

  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int file) : file_(file) {}
  int file_;
};

}  // namespace herald

// A disk of a few megabytes for a test, in this process's own view of the file system: nobody else
// sees it, and it goes with the process. Needs root.
#pragma once

#include <string>

namespace herald::program {

class SmallDisk {
 public:
  // Mounts it on `folder`, which is made. `trouble()` says why it could not be.
  SmallDisk(std::string folder, int megabytes);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  const std::string& trouble() const { return trouble_; }
  void fill();   // To the last byte.
  void empty();  // Of what fill() wrote.
  void forbid_writing();

 private:
  std::string folder_;
  std::string trouble_;
};

}  // namespace herald::program

// Takes a request's body while it arrives: small ones in memory, large ones in a file that is gone
// when nobody looks at it any more.
#pragma once

#include <string>

#include "http/server/message.h"
#include "sandbox/bytes.h"

namespace herald::sandbox {

class Spool final : public http::BodySink {
 public:
  // Empty folder: the system's temporary one.
  explicit Spool(std::string folder) : folder_(std::move(folder)) {}
  ~Spool() override;

  bool write(std::string_view piece) override;  // False: the disk is full.
  // The body; call once, after the last write().
  SharedBytes take();

 private:
  bool to_file(std::string_view piece);

  std::string folder_;
  std::string memory_;
  std::string path_;
  int file_ = -1;
};

}  // namespace herald::sandbox

// The transport over libcurl: one thread drives every transfer and hands answers to the executor.
// Constant memory for any upload; answers are bounded.
#pragma once

#include <memory>
#include <string>

#include "net/assembly.h"
#include "ports/digest.h"
#include "ports/executor.h"
#include "ports/host_map.h"
#include "ports/media_folder.h"
#include "ports/random.h"
#include "ports/transport.h"

namespace herald {

struct TransportLimits {
  Duration connect{10'000};
  Duration brief{30'000};  // Patience::brief, in all.
  int stall_seconds = 60;  // Patience::upload: this long below a byte a second is too slow.
  std::size_t answer_bytes_max = 4u << 20;  // Decompressed.
  long connections_max = 256;
};

class CurlTransport final : public Transport {
 public:
  struct Ports {
    Executor& executor;
    Random& random;
    const Digest& digest;
    MediaFolder& folder;
    const HostMap& hosts;
  };
  // `loopback_allowed`: the sandbox is on this machine. Otherwise only public addresses are talked
  // to.
  CurlTransport(Ports ports, LinkMaker link, bool loopback_allowed, TransportLimits limits = {});
  ~CurlTransport() override;  // Aborts what is under way: each `done` is told maybe_sent.

  void send(Dispatch dispatch, std::function<void(Received)> done) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace herald

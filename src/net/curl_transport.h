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
  Duration brief{30'000};  // Patience::brief, in all. Patience::upload: from its answer's start.
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
  // `loopback_only`: the sandbox on this machine is talked to, plain http included, and nothing
  // else. Otherwise only public addresses are, by https.
  CurlTransport(Ports ports, LinkMaker link, bool loopback_only, TransportLimits limits = {});
  // Breaks off what is under way; every `done` that was not told yet is told on the executor.
  ~CurlTransport() override;

  // A call with `may_send` is treated like a visible one: a fresh connection, never repeated.
  void send(Dispatch dispatch, std::function<void(Received)> done) override;
  // From any thread.
  std::optional<Time> last_date(std::string_view url) const override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace herald

// One request on its way, as curl sees it: what is to be sent, what has come back so far, and the
// callbacks by which curl asks and tells. For curl_transport.cc; used on its thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "net/assembly.h"
#include "net/curl_transport.h"
#include "net/read_ahead.h"
#include "ports/transport.h"

struct curl_slist;
struct sockaddr;

namespace herald {

class Transfer {
 public:
  struct Parts {
    Dispatch dispatch;
    WireRequest wire;
    std::string url;  // Where the wire's URL is reached from here.
    std::unique_ptr<ReadAhead> reader;
    std::function<void(Received)> done;
  };
  // `limits` must outlive it.
  Transfer(Parts parts, const TransportLimits& limits, bool loopback_only);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // The easy handle, made and set up at the first call; null: out of memory.
  void* easy();
  // Goes on with what next_bytes() put off.
  void resume();
  // What came of it, by curl's result code; to be asked once.
  Received ended(int code);
  std::function<void(Received)> take_done() { return std::move(parts_.done); }
  // What was asked, and the Date of the answer; empty: none.
  const std::string& host() const { return parts_.wire.host; }
  const std::string& date() const { return date_; }

 private:
  // What curl asks and tells. False ends the transfer.
  bool keep(std::string_view piece);
  bool keep_header(std::string_view line);
  std::size_t next_bytes(char* room, std::size_t space);
  bool rewind();
  bool ready();
  bool progressed(std::uint64_t sent, std::uint64_t total);
  bool may_reach(const sockaddr& address) const;

  void set_up();
  void set_up_callbacks();
  void set_up_limits();
  void set_up_body();
  bool drips() const;
  std::string what_failed(int code, long status) const;

  Parts parts_;
  const TransportLimits& limits_;
  const bool loopback_only_;
  const bool once_;  // Must not be sent twice, whatever happens to the connection.
  std::uint64_t body_at_ = 0;
  void* easy_ = nullptr;
  curl_slist* headers_ = nullptr;
  Answer answer_;
  std::string date_;
  std::size_t header_bytes_ = 0;
  bool head_whole_ = false;      // Its empty line was there.
  bool paused_ = false;          // Until the medium's next bytes are there.
  bool begun_ = false;           // Past the last check: bytes may have left.
  const char* fault_ = nullptr;  // Why we broke it off ourselves.
};

}  // namespace herald

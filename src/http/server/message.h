// Requests and answers as handlers see them: plain values, no library type, no thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/time.h"

namespace herald::http {

struct Header {
  std::string name;  // As received; compare with same_name().
  std::string value;
};

// ASCII, case-insensitive.
bool same_name(std::string_view a, std::string_view b);

class Headers {
 public:
  // The value if the name occurs exactly once, else null.
  const std::string* find(std::string_view name) const;
  std::size_t count(std::string_view name) const;
  void add(std::string name, std::string value);
  void set(std::string name, std::string value);  // Removes every earlier one.
  void remove(std::string_view name);
  const std::vector<Header>& all() const { return all_; }

 private:
  std::vector<Header> all_;
};

struct Request {
  std::string method;  // Upper case, as sent.
  std::string target;  // Origin form, as sent: "/a%20b?x=1".
  std::string path;    // Percent-decoded once, free of NUL and dot segments: "/a b".
  std::string query;   // Still encoded, without '?'.
  Headers headers;
  std::string body;                // Empty when a BodySink took it.
  std::string peer;                // Numeric address of the connection's other end.
  std::string id;                  // Request id: 128 random bits in hex, made by the first door.
  Time good_until = Time::max();   // When what the caller has shown expires: a stream ends then.
  std::shared_ptr<void> context;   // Put there by admit(), for serve() of the same service.
  bool connection_reused = false;  // The connection carried an earlier request.
};

// A body produced over time (server-sent events). Called from one thread at a time.
class BodyStream {
 public:
  virtual ~BodyStream() = default;
  // Appends what is ready now to `out`. False: the end, nothing will follow. Called until it
  // appends nothing, and again after each wake.
  virtual bool read(std::string& out) = 0;
  // `wake` may be called from any thread, and after the stream's end, when read() has more.
  virtual void on_ready(std::function<void()> wake) = 0;
  // Asked after the end: whether it came before all was there. Then the connection is cut, so that
  // nobody takes a part for the whole.
  virtual bool broken() const { return false; }
};

// Bytes that are fetched while they are sent. Called on workers, one call at a time; may block.
class BodySource {
 public:
  virtual ~BodySource() = default;
  // The next bytes, at least one and at most `size` of them. False: they cannot be had.
  virtual bool read(std::size_t size, std::string& piece) = 0;
};

// A byte range of a file on disk, or as many bytes of a source; the server sends it without holding
// it in memory.
struct FileRange {
  std::string path;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::shared_ptr<BodySource> source;  // Instead of the file; begins with the range's first byte.
};

struct Response {
  int status = 200;
  Headers headers;  // Content-Length and framing are the server's.
  std::string body;
  std::optional<FileRange> file;              // Instead of body.
  std::shared_ptr<BodyStream> stream;         // Instead of body.
  std::optional<std::uint64_t> stream_bytes;  // How many the stream has, where that is known.
  // Shared immutable body (cached static files); instead of body.
  std::shared_ptr<const std::string> shared;
  bool abort = false;  // Close the connection without an answer (the sandbox's faults).
  std::string cause;   // Of a failure, for on_fault; never sent.
};

// Takes a request body piece by piece, in order, on worker threads, one call at a time. Memory
// stays constant: the next piece is read from the socket only when write() has returned. A body
// that ends too early means that serve() is never called: the sink is dropped, on a worker too.
class BodySink {
 public:
  virtual ~BodySink() = default;
  // False stops reading; the connection closes after serve()'s answer.
  virtual bool write(std::string_view piece) = 0;
  // For a sink that hands pieces on to another socket and waits for that without a thread: called
  // on the loop's thread instead of write(), and must not block it. `taken` is to be called once,
  // on any thread, with what write() would return. An empty piece asks whether the body, which the
  // client holds back, is wanted. False: it is not such a sink.
  virtual bool pass_on(std::string& /*piece*/, const std::function<void(bool)>& /*taken*/) {
    return false;
  }
};

// What a service wants done with a body whose head has just been read.
struct Admission {
  std::optional<Response> refuse;      // Answer now; a body stays unread, and then we close.
  std::uint64_t body_limit_bytes = 0;  // More is answered 413. 0: no body allowed.
  std::shared_ptr<BodySink> sink;      // Null: the body is gathered in Request::body.
};

// Answers one request, exactly once, from any thread, now or later. Dropping every copy unanswered
// answers 500.
class Reply {
 public:
  using Send = std::function<void(Response)>;
  explicit Reply(Send send) : send_(std::make_shared<Send>(std::move(send))) {}
  void operator()(Response response) const { (*send_)(std::move(response)); }

 private:
  std::shared_ptr<Send> send_;
};

// A door. admit() and serve() run on worker threads and may block for a store access, not for a
// platform.
class Service {
 public:
  virtual ~Service() = default;
  // Whether all that this request asks for is a few rows of the store. Then the loop's thread
  // itself runs both calls, since taking it to a worker and back would cost as much as answering
  // it; and meanwhile it serves nobody else. Asked on that thread for requests without a body;
  // never throws.
  virtual bool is_brief(const Request& /*head*/) const { return false; }
  // Sees the head only; may change it (header hygiene, request id) before serve() gets it.
  virtual Admission admit(Request& head) = 0;
  virtual void serve(Request request, std::shared_ptr<BodySink> sink, Reply reply) = 0;
};

}  // namespace herald::http

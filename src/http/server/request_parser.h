// One request, from bytes to a Request: the strict gate, Beast's parser, then the framing rules.
// Knows no socket; a new one is made for each request.
#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "http/server/framing.h"
#include "http/server/head_scan.h"
#include "http/server/message.h"

namespace herald::http {

class RequestParser {
 public:
  explicit RequestParser(HeadLimits limits);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  // `received`: everything since the request's first byte. Returns the head's size once it is
  // whole, and then request() and framing() are set; 0 while more is needed.
  std::expected<std::size_t, Fault> read_head(std::string_view received);

  // Decodes body bytes, appending them to `piece`. Returns how many bytes it took; the rest must
  // come again with more behind it. Never takes a byte of the next request.
  std::expected<std::size_t, Fault> read_body(std::string_view received, std::string& piece);

  bool done() const;  // The whole request has been read.
  Request& request();
  const Framing& framing() const;

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace herald::http

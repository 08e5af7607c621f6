// One answer, from bytes to a Response. Knows no socket; a new one is made for each answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/server/message.h"

namespace herald::http {

class AnswerParser {
 public:
  // `to_head`: the request was a HEAD, so no body follows whatever the head says.
  explicit AnswerParser(bool to_head);
  ~AnswerParser();
  AnswerParser(const AnswerParser&) = delete;
  AnswerParser& operator=(const AnswerParser&) = delete;

  // Takes bytes, appending decoded ones of the body to `piece`. Returns how many it took; the rest
  // must come again with more behind it. nullopt: this is no answer.
  std::optional<std::size_t> read(std::string_view received, std::string& piece);
  // The other side has closed. False: before the answer was whole.
  bool close();

  bool has_head() const;  // From then on answer() and length() mean something.
  bool done() const;
  Response& answer();                           // Without a body.
  std::optional<std::uint64_t> length() const;  // What Content-Length said.
  bool keeps_alive() const;                     // Once done: the connection takes another request.

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace herald::http

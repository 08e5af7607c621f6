// The body of POST /2/tweets, as far as the schema alone can judge it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/call.h"
#include "sandbox/twitter/problem.h"

namespace herald::sandbox::twitter {

struct Draft {
  std::optional<std::string> text;
  std::vector<std::string> media;
  std::vector<std::string> poll;
  std::int64_t poll_minutes = 0;
  std::string reply_to;
  std::string quote;
  std::string reply_settings;
  bool other_carrier = false;  // card_uri or direct_message_deep_link.
  bool edits = false;
  bool made_with_ai = false;
  bool paid_partnership = false;
};

Checked<Draft> read_draft(const Call& call);

}  // namespace herald::sandbox::twitter

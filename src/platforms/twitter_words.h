// A post's words as they can be compared: X shortens links, escapes characters and adds links to
// pictures and quoted posts, so nothing comes back as it was sent.
#pragma once

#include <string>
#include <vector>

#include "platforms/json_answer.h"

namespace herald::twitter_flows {

struct Words {
  std::string text;                // In its normal form, a mark in place of each link.
  std::vector<std::string> links;  // Without scheme, in order.
  friend bool operator==(const Words&, const Words&) = default;
};

Words words_sent(const std::string& text);
// Of the post at `pointer` in an answer. `quoted`: the id of the post that it quotes, or nothing.
Words words_seen(const JsonAnswer& answer, const std::string& pointer, const std::string& quoted);

}  // namespace herald::twitter_flows

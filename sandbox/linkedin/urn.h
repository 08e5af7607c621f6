// Names of LinkedIn's things: "urn:li:share:7300000000000000001".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace herald::sandbox::linkedin {

struct Urn {
  std::string type;  // "share"
  std::string id;    // "7300000000000000001"; of a comment "(urn:li:activity:1,2)".
};

// Empty: no urn of LinkedIn's.
std::optional<Urn> read_urn(std::string_view text);

}  // namespace herald::sandbox::linkedin

// Where the platforms' hosts are to be reached from here: as they are, or, while trying Herald out,
// inside the sandbox. The one place that knows of it.
#pragma once

#include <string>
#include <string_view>

namespace herald {

class HostMap {
 public:
  virtual ~HostMap() = default;
  // "https://graph.facebook.com/v26.0/me" -> itself, or "<sandbox>/graph.facebook.com/v26.0/me".
  virtual std::string reach(std::string_view url) const = 0;
};

}  // namespace herald

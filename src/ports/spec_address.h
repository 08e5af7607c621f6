// The addresses and hosts that a spec names, as they are for one installation's app.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ports/platform.h"

namespace herald {

// With "{version}" and "{instance}" filled in.
inline std::string filled(std::string pattern, const Input::App& app) {
  const std::pair<std::string_view, std::string_view> marks[] = {{"{version}", app.api_version},
                                                                 {"{instance}", app.instance}};
  for (const auto& [mark, value] : marks) {
    if (const auto at = pattern.find(mark); at != pattern.npos) {
      pattern.replace(at, mark.size(), value);
    }
  }
  return pattern;
}

inline std::vector<std::string> token_hosts_of(const PlatformSpec& spec, const Input::App& app) {
  std::vector<std::string> hosts;
  for (const auto& host : spec.token_hosts) hosts.push_back(filled(host, app));
  return hosts;
}

}  // namespace herald

// HostMap by configuration: with a sandbox URL every platform URL is moved below it.
#pragma once

#include <string>

#include "ports/host_map.h"

namespace herald {

class SandboxHosts final : public HostMap {
 public:
  // Empty: the platforms are reached as they are.
  explicit SandboxHosts(std::string sandbox_url) : sandbox_url_(std::move(sandbox_url)) {}
  std::string reach(std::string_view url) const override {
    constexpr std::string_view kScheme = "https://";
    if (sandbox_url_.empty() || !url.starts_with(kScheme)) return std::string(url);
    std::string moved;
    moved.reserve(sandbox_url_.size() + 1 + url.size());
    return moved.append(sandbox_url_).append("/").append(url.substr(kScheme.size()));
  }
  bool in_use() const { return !sandbox_url_.empty(); }

 private:
  std::string sandbox_url_;  // Without a trailing slash.
};

}  // namespace herald

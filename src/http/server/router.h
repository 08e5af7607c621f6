// Paths to handlers. "/posts/{id}" captures one segment; a known path with another method answers
// 405 with Allow, an unknown one 404.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/server/message.h"

namespace herald::http {

using PathArgs = std::map<std::string, std::string, std::less<>>;

template <class Handler>
class RouteTable {
 public:
  struct Match {
    const Handler* handler = nullptr;  // Null: see allowed.
    PathArgs args;
    std::vector<std::string> allowed;  // Methods the path has; empty: no such path.
  };

  void add(std::string method, std::string pattern, Handler handler) {
    routes_.push_back({std::move(method), split(pattern), std::move(handler)});
  }

  Match match(std::string_view method, std::string_view path) const {
    Match found;
    const auto parts = split(path);
    for (const auto& route : routes_) {
      PathArgs args;
      if (!fits(route.parts, parts, args)) continue;
      if (route.method == method) {
        found.handler = &route.handler;
        found.args = std::move(args);
        return found;
      }
      found.allowed.push_back(route.method);
    }
    return found;
  }

 private:
  struct Route {
    std::string method;
    std::vector<std::string> parts;
    Handler handler;
  };

  static std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> parts;
    std::size_t start = path.starts_with('/') ? 1 : 0;
    while (start <= path.size()) {
      const auto end = std::min(path.find('/', start), path.size());
      parts.emplace_back(path.substr(start, end - start));
      start = end + 1;
    }
    return parts;
  }

  static bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& parts,
                   PathArgs& args) {
    if (pattern.size() != parts.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const auto& want = pattern[i];
      const bool captures = want.size() > 2 && want.front() == '{' && want.back() == '}';
      if (captures ? parts[i].empty() : want != parts[i]) return false;
      if (captures) args[want.substr(1, want.size() - 2)] = parts[i];
    }
    return true;
  }

  std::vector<Route> routes_;
};

}  // namespace herald::http

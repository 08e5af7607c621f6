// Paths to handlers. "/posts/{id}" captures one segment; a known path with another method answers
// 405 with Allow, an unknown one 404.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
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

  void add(std::string method, std::string_view pattern, Handler handler) {
    const Parts parts(pattern);
    Route route{std::move(method), {}, std::move(handler)};
    for (std::size_t i = 0; i < parts.count; ++i) route.parts.emplace_back(parts.list[i]);
    routes_.push_back(std::move(route));
  }

  // "GET /posts/{id}" of every route, in the order they were added.
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& route : routes_) {
      std::string& name = names.emplace_back(route.method + " ");
      for (const auto& part : route.parts) name += "/" + part;
    }
    return names;
  }

  // The handler and nothing else; null: no such path, or not with this method.
  const Handler* find(std::string_view method, std::string_view path) const {
    const Parts parts(path);
    for (const auto& route : routes_) {
      if (route.method == method && fits(route, parts)) return &route.handler;
    }
    return nullptr;
  }

  Match match(std::string_view method, std::string_view path) const {
    Match found;
    const Parts parts(path);
    for (const auto& route : routes_) {
      if (!fits(route, parts)) continue;
      if (route.method == method) {
        found.handler = &route.handler;
        found.args = captured(route, parts);
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

  // What stands between the slashes of a path that outlives it.
  struct Parts {
    static constexpr std::size_t kMost = 12;  // No pattern has as many.

    explicit Parts(std::string_view path) {
      std::size_t start = path.starts_with('/') ? 1 : 0;
      while (start <= path.size() && count < kMost) {
        const auto end = std::min(path.find('/', start), path.size());
        list[count++] = path.substr(start, end - start);
        start = end + 1;
      }
    }

    std::array<std::string_view, kMost> list;
    std::size_t count = 0;
  };

  static bool captures(std::string_view part) { return part.starts_with('{'); }

  static bool fits(const Route& route, const Parts& parts) {
    if (route.parts.size() != parts.count) return false;
    for (std::size_t i = 0; i < parts.count; ++i) {
      const std::string_view want = route.parts[i];
      if (captures(want) ? parts.list[i].empty() : want != parts.list[i]) return false;
    }
    return true;
  }

  static PathArgs captured(const Route& route, const Parts& parts) {
    PathArgs args;
    for (std::size_t i = 0; i < parts.count; ++i) {
      const std::string_view want = route.parts[i];
      if (captures(want)) args.emplace(want.substr(1, want.size() - 2), parts.list[i]);
    }
    return args;
  }

  std::vector<Route> routes_;
};

}  // namespace herald::http

// What docs/openapi.yaml promises, as far as tests walk over it. For tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace herald::http {

struct PromisedRoute {
  std::string method;  // Upper case.
  std::string path;    // "/api/social-media/posts/{id}"
  bool open = false;   // Answers without a caller.
};

// In the file's order.
std::vector<PromisedRoute> promised_routes();

// The path with `name` filled in: filled("/posts/{id}", "id", "x") is "/posts/x".
std::string filled(std::string path, std::string_view name, std::string_view value);
// With every name filled in by something that could be one but exists nowhere.
std::string filled_with_nothing(std::string path);

}  // namespace herald::http

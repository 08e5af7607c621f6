#include "http/server/message.h"

#include <algorithm>

namespace herald::http {
namespace {

constexpr std::size_t kUsualCount = 8;

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

const std::string* Headers::find(std::string_view name) const {
  const std::string* found = nullptr;
  for (const auto& header : all_) {
    if (!same_name(header.name, name)) continue;
    if (found != nullptr) return nullptr;
    found = &header.value;
  }
  return found;
}

std::size_t Headers::count(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      all_, [name](const Header& header) { return same_name(header.name, name); }));
}

void Headers::add(std::string name, std::string value) {
  if (all_.empty()) all_.reserve(kUsualCount);
  all_.push_back({std::move(name), std::move(value)});
}

void Headers::set(std::string name, std::string value) {
  remove(name);
  add(std::move(name), std::move(value));
}

void Headers::remove(std::string_view name) {
  std::erase_if(all_, [name](const Header& header) { return same_name(header.name, name); });
}

}  // namespace herald::http

#include "program/counter.h"

namespace herald {
namespace {

std::string head(const std::string& name, const std::string& help, const char* type) {
  return "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
}

}  // namespace

void Counter::add(const std::string& labels, std::uint64_t by) {
  const std::lock_guard lock(mutex_);
  counts_[labels] += by;
}

std::string Counter::text() const {
  std::string text = head(name_, help_, "counter");
  const std::lock_guard lock(mutex_);
  for (const auto& [labels, count] : counts_) {
    text += name_ + "{" + labels + "} " + std::to_string(count) + "\n";
  }
  return text;
}

std::string counter_text(const std::string& name, const std::string& help, std::uint64_t value) {
  return head(name, help, "counter") + name + " " + std::to_string(value) + "\n";
}

std::string gauge_text(const std::string& name, const std::string& help, std::int64_t value) {
  return head(name, help, "gauge") + name + " " + std::to_string(value) + "\n";
}

}  // namespace herald

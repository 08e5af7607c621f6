// What Herald counts, as Prometheus reads it (text format 0.0.4).
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace herald {

// A number that only rises, one for each set of labels. Safe from any thread.
class Counter {
 public:
  Counter(std::string name, std::string help) : name_(std::move(name)), help_(std::move(help)) {}

  // `labels` as they are written: `host="a.example",outcome="2xx"`. They come from closed sets, so
  // that there are few.
  void add(const std::string& labels, std::uint64_t by = 1);
  std::string text() const;

 private:
  const std::string name_;
  const std::string help_;
  mutable std::mutex mutex_;
  std::map<std::string, std::uint64_t> counts_;  // Guarded by mutex_.
};

// A counter without labels that somebody else keeps.
std::string counter_text(const std::string& name, const std::string& help, std::uint64_t value);

// A number of this moment.
std::string gauge_text(const std::string& name, const std::string& help, std::int64_t value);

}  // namespace herald

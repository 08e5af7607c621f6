// How an account or a published post fares: what its platform said, and when it is asked next.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/time.h"

namespace herald {

// Figures by MetricSpec::name. What the platform did not say is absent, never zero.
using Metrics = std::map<std::string, std::int64_t>;
using Day = std::chrono::sys_days;  // In UTC.

// That the figures of an account, or of one of its published posts, are read again and again.
struct Measurement {
  CustomerId customer;
  AccountId account;
  DeliveryId delivery;         // Of which post; empty: the account itself.
  Time begun_at{};             // When the account was connected, or the post published.
  std::optional<Time> due_at;  // nullopt: they are not read any more.
  std::int64_t lease = 0;      // Number of the newest lease; rises.
  Time lease_until{};          // Held while in the future.
  int attempt = 0;             // Tries in a row that brought nothing.
  std::optional<Time> measured_at;
  std::string problem;  // Why the last try brought nothing, for a person; empty: it did.
  // Of the account's own row: how many calls were made on that day to read any figures of it.
  Day calls_on{};
  int calls = 0;

  bool of_account() const { return delivery.empty(); }
};

// What one answer said, as far as it may be kept equally long.
struct Reading {
  Time at{};
  Metrics values;
  std::chrono::hours kept_max{};  // The platform's terms want it forgotten by then; 0: never.
};

// How it is kept: one row for a day, and for each length of time that the terms allow.
struct DayRow {
  CustomerId customer;
  AccountId account;
  DeliveryId delivery;
  Day day{};
  Duration kept_max{};
  Metrics metrics;
  Time read_at{};
  std::optional<Time> expires_at;
};

// What is kept of one day: of each figure the last that was read.
struct DayFigures {
  Day day;
  Metrics values;
};

struct Figures {
  Metrics latest;                // Of the newest day that is kept.
  std::vector<DayFigures> days;  // Of the period that was asked for, the oldest first.
  std::optional<Time> measured_at;
  std::optional<Time> next_at;  // nullopt: they are not read any more.
  std::string problem;          // Measurement::problem
};

}  // namespace herald

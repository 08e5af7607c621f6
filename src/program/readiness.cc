#include "program/readiness.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kPassTooOld = 15s;  // It looks once a second when there is nothing to do.

http::Check check(std::string name, const std::optional<Error>& fault) {
  return {std::move(name), !fault, fault ? fault->message : std::string()};
}

http::Check worker_check(const Vitals& vitals) {
  if (vitals.last_pass == Time{}) return {"worker", false, "has not looked for due work yet"};
  const Duration age = vitals.now - vitals.last_pass;
  return {"worker", age < kPassTooOld,
          "looked for due work " + std::to_string(age.count()) + " ms ago"};
}

}  // namespace

std::vector<http::Check> checks_of(const Vitals& vitals) {
  std::vector<http::Check> list{
      {"serving", !vitals.stopping, vitals.stopping ? "stopping" : ""},
      check("store", vitals.store_fault),
      worker_check(vitals),
      check("token keys", vitals.key_set_fault),
  };
  for (const auto& warning : vitals.warnings) list.push_back({"warning", true, warning});
  return list;
}

}  // namespace herald

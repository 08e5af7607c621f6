#include "program/readiness.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kPassTooOld = 15s;  // They look once a second when there is nothing to do.

http::Check check(std::string name, const std::optional<Error>& fault) {
  return {std::move(name), !fault, fault ? fault->message : std::string()};
}

http::Check pass_check(std::string name, const std::string& what, Time now, Time last_pass) {
  if (last_pass == Time{}) return {std::move(name), false, "has not looked for " + what + " yet"};
  const Duration age = now - last_pass;
  return {std::move(name), age < kPassTooOld,
          "looked for " + what + " " + std::to_string(age.count()) + " ms ago"};
}

}  // namespace

std::vector<http::Check> checks_of(const Vitals& vitals) {
  std::vector<http::Check> list{
      {"serving", !vitals.stopping, vitals.stopping ? "stopping" : ""},
      check("store", vitals.store_fault),
      check("token keys", vitals.key_set_fault),
  };
  if (vitals.works) {
    list.push_back(pass_check("worker", "due work", vitals.now, vitals.last_pass));
    list.push_back(pass_check("figures", "due figures", vitals.now, vitals.last_measuring_pass));
  }
  for (const auto& warning : vitals.warnings) list.push_back({"warning", true, warning});
  return list;
}

}  // namespace herald

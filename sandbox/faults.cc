#include "sandbox/faults.h"

#include <algorithm>
#include <array>
#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <regex>

namespace herald::sandbox {

namespace json = boost::json;

BOOST_DESCRIBE_STRUCT(Fault, (),
                      (id, host, method, path, pattern, skip, times, action, delay_ms, status, body,
                       content_type, answer, retry_after_s, drip_bytes, drip_ms))

namespace {

constexpr std::array kActions = {"refuse",     "slow",         "slow_after",  "drip",
                                 "cut_before", "cut_after",    "error_after", "rate_limit",
                                 "garbage",    "expire_token", "revoke_token"};

bool set_member(std::string& member, const json::value& value) {
  if (value.is_string()) {
    member = std::string(value.get_string());
    return true;
  }
  // A body may be given as JSON instead of as text.
  member = json::serialize(value);
  return value.is_object() || value.is_array();
}

bool set_member(std::int64_t& member, const json::value& value) {
  if (value.is_int64()) member = value.get_int64();
  return value.is_int64();
}

bool set_member(std::uint64_t&, const json::value&) { return false; }  // Ids are ours.

bool set_named(Fault& fault, std::string_view name, const json::value& value) {
  bool set = false;
  using Members = boost::describe::describe_members<Fault, boost::describe::mod_any_access>;
  boost::mp11::mp_for_each<Members>([&](auto member) {
    if (name == member.name) set = set_member(fault.*member.pointer, value);
  });
  return set;
}

bool hits(const Fault& fault, std::string_view host, std::string_view method,
          std::string_view path) {
  if (!fault.host.empty() && fault.host != host) return false;
  if (!fault.method.empty() && fault.method != method) return false;
  if (!path.starts_with(fault.path)) return false;
  return fault.pattern.empty() ||
         std::regex_search(path.begin(), path.end(), std::regex(fault.pattern));
}

}  // namespace

Result<Fault> fault_from(std::string_view text) {
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  if (error || !value.is_object()) return fail(ErrorKind::invalid, "A fault is a JSON object.");
  Fault fault;
  for (const auto& member : value.get_object())
    if (!set_named(fault, member.key(), member.value()))
      return fail(ErrorKind::invalid,
                  "A fault has no member like this: " + std::string(member.key()));
  if (std::ranges::count(kActions, fault.action) == 0)
    return fail(ErrorKind::invalid, "Unknown action: " + fault.action);
  try {
    std::regex check(fault.pattern);
  } catch (const std::regex_error& broken) {
    return fail(ErrorKind::invalid, "The pattern is no regular expression.", broken.what());
  }
  return fault;
}

std::uint64_t Faults::add(Fault fault) {
  const std::lock_guard lock(mutex_);
  fault.id = ++last_id_;
  armed_.push_back(std::move(fault));
  return last_id_;
}

std::optional<Fault> Faults::take(std::string_view host, std::string_view method,
                                  std::string_view path) {
  const std::lock_guard lock(mutex_);
  for (auto it = armed_.begin(); it != armed_.end(); ++it) {
    if (!hits(*it, host, method, path)) continue;
    if (it->skip > 0) {
      --it->skip;
      continue;
    }
    const auto fault = *it;
    if (it->times > 0 && --it->times == 0) armed_.erase(it);
    return fault;
  }
  return std::nullopt;
}

void Faults::clear() {
  const std::lock_guard lock(mutex_);
  armed_.clear();
}

std::string Faults::list() const {
  const std::lock_guard lock(mutex_);
  return json::serialize(json::value_from(armed_));
}

}  // namespace herald::sandbox

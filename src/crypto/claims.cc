#include "crypto/claims.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>

namespace herald {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostIdBytes = 128;
constexpr std::int64_t kLastSecond = 253'402'300'799;  // The end of the year 9999.

std::unexpected<Error> refused(std::string_view claim, std::string_view reason) {
  return fail(ErrorKind::unauthorized, "Sign in again.",
              "claim " + std::string(claim) + ": " + std::string(reason));
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kMostIdBytes && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == ':' || c == '@' || c == '-';
  });
}

Result<std::string> id_claim(const json::object& claims, std::string_view name) {
  const auto text = text_claim(claims, name);
  if (!is_id(text)) return refused(name, "missing, or no id");
  return std::string(text);
}

}  // namespace

Result<std::optional<Time>> time_claim(const json::object& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  if (value == nullptr) return std::nullopt;
  const auto* seconds = value->if_int64();
  if (seconds == nullptr) return refused(name, "no whole number");
  if (*seconds < 0 || *seconds > kLastSecond) return refused(name, "out of range");
  return Time(std::chrono::seconds(*seconds));
}

std::string_view text_claim(const json::object& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  return value->get_string();
}

Result<Time> check_times(const json::object& claims, Time now, ClockSkew skew) {
  HERALD_TRY(const auto expires, time_claim(claims, "exp"));
  if (!expires) return refused("exp", "missing");
  if (now - *expires > skew.late) return refused("exp", "past");
  for (const std::string_view name : {"nbf", "iat"}) {
    HERALD_TRY(const auto begins, time_claim(claims, name));
    if (begins && *begins - now > skew.early) return refused(name, "ahead");
  }
  return *expires;
}

Result<Done> check_audience(const json::object& claims, std::string_view audience) {
  const auto* value = claims.if_contains("aud");
  if (value == nullptr) return refused("aud", "missing");
  const auto ours = [&](const json::value& item) {
    return item.is_string() && std::string_view(item.get_string()) == audience;
  };
  if (ours(*value)) return Done{};
  const auto* list = value->if_array();
  if (list != nullptr && std::ranges::all_of(*list, &json::value::is_string) &&
      std::ranges::any_of(*list, ours)) {
    return Done{};
  }
  return refused("aud", "not for us");
}

Result<Done> check_text(const json::object& claims, std::string_view name,
                        std::string_view expected) {
  if (claims.contains(name) && text_claim(claims, name) == expected) return Done{};
  return refused(name, "another one");
}

Result<Caller> read_caller(const json::object& claims) {
  HERALD_TRY(auto customer, id_claim(claims, "customer_id"));
  HERALD_TRY(auto user, id_claim(claims, "user_id"));
  Caller caller{ScopeAuthority::of(CustomerId(std::move(customer))), UserId(std::move(user)), {}};
  if (claims.contains("role")) {
    const auto role = text_claim(claims, "role");
    if (role != "member" && role != "admin") return refused("role", "neither member nor admin");
    caller.role = role == "admin" ? Role::admin : Role::member;
  }
  if (claims.contains("sid")) {
    HERALD_TRY(auto session, id_claim(claims, "sid"));
    caller.session = SessionId(std::move(session));
  }
  return caller;
}

void write_caller(const Caller& caller, json::object& claims) {
  claims["customer_id"] = caller.scope.customer().value;
  claims["user_id"] = caller.user.value;
  claims["role"] = caller.role == Role::admin ? "admin" : "member";
  if (!caller.session.empty()) claims["sid"] = caller.session.value;
}

}  // namespace herald

// What a checked token says, read as strictly as it was signed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/result.h"
#include "domain/scope.h"
#include "domain/time.h"

namespace boost::json {
class object;
}

namespace herald {

// How far a clock may differ from ours, seen from the token's end and from its beginning.
struct ClockSkew {
  Duration late;   // exp may be so long past.
  Duration early;  // nbf and iat may be so far ahead.
};

// All of these answer unauthorized, the reason in Error::detail.

// Whole seconds since 1970, before the year 10000; nothing when the claim is missing.
Result<std::optional<Time>> time_claim(const boost::json::object& claims, std::string_view name);
// exp must be there; nbf and iat may. Returns exp.
Result<Time> check_times(const boost::json::object& claims, Time now, ClockSkew skew);
// aud is this text, or a list of texts that has it.
Result<Done> check_audience(const boost::json::object& claims, std::string_view audience);
// A claim that must be exactly this text.
Result<Done> check_text(const boost::json::object& claims, std::string_view name,
                        std::string_view expected);
// customer_id and user_id: 1 to 128 of [A-Za-z0-9._:@-]; role "member" (or missing) or "admin"; sid
// likewise an id, or missing. Only call it for claims whose signature was checked.
Result<Caller> read_caller(const boost::json::object& claims);
// The claims that read_caller() reads.
void write_caller(const Caller& caller, boost::json::object& claims);
// The claim as text; empty when it is missing or something else.
std::string_view text_claim(const boost::json::object& claims, std::string_view name);

}  // namespace herald

#include "http/identity_claims.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace herald::http {
namespace {

// Lower case, '_' as '-': every spelling that some server takes for the same name.
char canonical(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c + 32);
  return c == '_' ? '-' : c;
}

bool claims_identity(std::string_view name) {
  constexpr std::array<std::string_view, 6> kClaims{"x-herald-", "x-customer",       "x-user",
                                                    "x-tenant",  "x-forwarded-user", "x-role"};
  return std::ranges::any_of(kClaims, [name](std::string_view claim) {
    return std::ranges::equal(name.substr(0, claim.size()), claim, {}, canonical);
  });
}

}  // namespace

void strip_claims(Headers& headers) {
  std::vector<std::string> claims;
  for (const auto& header : headers.all()) {
    if (claims_identity(header.name)) claims.push_back(header.name);
  }
  for (const auto& name : claims) headers.remove(name);
}

}  // namespace herald::http

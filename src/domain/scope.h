// Who is asking. A CustomerScope is the only key to a customer's rows: no store method works
// without one, and only what has checked a proof may make one (ScopeAuthority: the token verifier,
// the internal assertion, the worker that reads its own row). The tidy test lists who names it.
#pragma once

#include <string>
#include <utility>

#include "domain/ids.h"

namespace herald {

class CustomerScope {
 public:
  const CustomerId& customer() const { return customer_; }
  friend bool operator==(const CustomerScope&, const CustomerScope&) = default;

 private:
  friend class ScopeAuthority;
  explicit CustomerScope(CustomerId customer) : customer_(std::move(customer)) {}
  CustomerId customer_;
};

class ScopeAuthority {
 public:
  static CustomerScope of(CustomerId customer) { return CustomerScope(std::move(customer)); }
};

enum class Role { member, admin };

// A signed-in person. A member sees what they own; an admin sees the whole customer.
struct Caller {
  CustomerScope scope;
  UserId user;
  SessionId session;  // Empty for tokens that other systems issued.
  Role role = Role::member;

  bool may_see(const UserId& owner) const { return role == Role::admin || owner == user; }
};

}  // namespace herald

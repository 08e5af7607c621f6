// Who did what, for the customer's own eyes. Never holds a secret.
#pragma once

#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/result.h"
#include "domain/scope.h"
#include "domain/time.h"

namespace herald {

struct AuditEvent {
  CustomerId customer;
  UserId user;          // Empty: not a person's act.
  std::string action;   // "account.connected", "oauth.callback_refused", "token.opened", ...
  std::string subject;  // The id it is about.
  std::string note;
  Time at{};
};

class AuditStore {
 public:
  virtual ~AuditStore() = default;
  virtual Result<Done> add_audit(const AuditEvent& event) = 0;
  // The newest `max`, the one added last first.
  virtual Result<std::vector<AuditEvent>> list_audit(const CustomerScope& scope, int max) = 0;
};

}  // namespace herald

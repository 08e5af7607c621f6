// Customers, their people and their sign-ins. Every method is one atomic act and may block.
#pragma once

#include <string>
#include <vector>

#include "domain/result.h"
#include "domain/user.h"

namespace herald {

class IdentityStore {
 public:
  virtual ~IdentityStore() = default;

  // conflict: the id exists.
  virtual Result<Done> add_customer(const Customer& customer) = 0;
  virtual Result<Customer> find_customer(const CustomerId& id) = 0;
  virtual Result<std::vector<Customer>> list_customers() = 0;  // Oldest first.

  // conflict: the email is taken. not_found: no such customer.
  virtual Result<Done> add_user(const User& user) = 0;
  virtual Result<User> find_user(const CustomerScope& scope, const UserId& id) = 0;
  // For sign-in only: the one look-up that starts without a customer.
  virtual Result<User> find_user_by_email(const std::string& email) = 0;
  virtual Result<Done> save_user(const User& user) = 0;  // Name, password, role, disabled.

  virtual Result<Done> begin_session(const Session& session) = 0;
  virtual Result<Session> find_session(const SessionId& id) = 0;
  // Replaces the refresh hash if it still is `before` and the session lives; the session comes back
  // unchanged, with another hash than `after`, if `before` was replaced moments ago. conflict: an
  // old hash was used, and the session has been ended for it. not_found: no such session, or it is
  // over.
  virtual Result<Session> rotate_session(const SessionId& id, const std::string& before,
                                         const std::string& after, Time now, Time expires_at) = 0;
  virtual Result<Done> end_session(const SessionId& id) = 0;
};

}  // namespace herald

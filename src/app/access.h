// Signing in: who is this, and is their sign-in still good?
#pragma once

#include <string>

#include "domain/secret.h"
#include "domain/user.h"
#include "ports/access_tokens.h"
#include "ports/clock.h"
#include "ports/digest.h"
#include "ports/identity_store.h"
#include "ports/passwords.h"
#include "ports/random.h"

namespace herald {

struct SignedIn {
  std::string access_token;
  Duration lifetime{};
  std::string refresh_token;  // For an HttpOnly cookie; good for one use, and for ten seconds more
                              // for the same answer. Empty: the answer given is not known any more.
  Time refresh_expires_at{};
  User user;
  Customer customer;
};

class Access {
 public:
  struct Ports {
    IdentityStore& store;
    AccessTokens& tokens;
    Passwords& passwords;
    Clock& clock;
    Random& random;
    const Digest& digest;
  };
  explicit Access(Ports ports) : ports_(ports), successor_key_(ports.random.token(256)) {}

  // unauthorized, with one text and one duration for a wrong name, a wrong password, a disabled
  // user and a suspended customer.
  Result<SignedIn> sign_in(const std::string& email, const Secret& password);
  // unauthorized: unknown, expired, ended, or used before, which ends the whole sign-in.
  Result<SignedIn> renew(const std::string& refresh_token);
  // Succeeds when there is nothing (any more) to end.
  Result<Done> sign_out(const std::string& refresh_token);

  struct Person {
    User user;
    Customer customer;
  };
  // unauthorized: the sign-in has ended, the user is disabled or the customer suspended. Tokens
  // that another system issued may name people whom this store does not know: they are taken at
  // their word.
  Result<Person> person(const Caller& caller);

  // For `herald user add`. conflict: the email is taken.
  Result<User> add_user(const CustomerId& customer, const std::string& email,
                        const std::string& name, const Secret& password, Role role);

 private:
  Result<SignedIn> admit(User user, const Session& session, const std::string& token);

  Ports ports_;
  // Makes a refresh token's successor, so that an answer that was lost can be given once more.
  // This process's own: after a restart the ten seconds of grace are over.
  Secret successor_key_;
};

}  // namespace herald

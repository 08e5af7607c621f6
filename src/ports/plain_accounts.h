// Accounts that an earlier deployment of this system left in the store with their tokens in the
// clear. They are read one by one, sealed by the caller, and put in the place of what stood there.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/result.h"
#include "domain/secret.h"
#include "ports/account_store.h"

namespace herald {

struct PlainAccount {
  std::string name;   // For people: which collection, which id. Holds nothing else.
  std::string place;  // The store's own word for the document.
  std::string fault;  // Why it cannot be taken over; empty: it can, and all below is set.
  Account account;    // As far as it is known: without id and grant.
  Secret access_token;
  Secret refresh_token;                   // Empty: there is none.
  std::optional<Time> access_expires_at;  // nullopt: not known.
  std::vector<std::string> scopes;        // Empty: not known.
};

enum class TakeOver {
  taken,      // Now it is an account like any other.
  connected,  // It was one already, with tokens of its own; the plain ones are gone.
  gone,       // Somebody else was quicker.
};

class PlainAccounts {
 public:
  virtual ~PlainAccounts() = default;
  virtual Result<bool> any_plain_account(const std::vector<PlatformId>& platforms) = 0;
  // Gives `take` what stands there of these platforms, in no order, until it returns an error. May
  // block for as long as that takes; what others take over meanwhile may be given all the same.
  virtual Result<Done> each_plain_account(
      const std::vector<PlatformId>& platforms,
      const std::function<Result<Done>(const PlainAccount&)>& take) = 0;
  // One atomic act: the document becomes the connection's one account, as connect() would have made
  // it, and holds neither token any more, nor a field that repeats one; its other fields stay.
  virtual Result<TakeOver> take_over(const PlainAccount& plain, const Connection& connection) = 0;
};

}  // namespace herald

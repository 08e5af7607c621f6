// Taking over the accounts that an earlier deployment left with their tokens in the clear
// (ports/plain_accounts.h): each token set is sealed as connecting would have sealed it.
#pragma once

#include <string>
#include <vector>

#include "app/registrations.h"
#include "ports/clock.h"
#include "ports/plain_accounts.h"
#include "ports/random.h"
#include "ports/sealer.h"

namespace herald {

struct TakeOverPorts {
  PlainAccounts& accounts;
  Sealer& sealer;
  Clock& clock;
  Random& random;
};

struct TakenOver {
  int taken = 0;
  int connected = 0;              // Connected already; their plain tokens are gone.
  std::vector<std::string> left;  // As they were: "{which}: {why}", without a token.
};

// Those that can be taken over: all that have an adapter.
std::vector<PlatformId> platforms_of(const Registrations& registrations);

// Of all platforms. May be repeated and done by several processes at once; what one that died had
// not come to is taken over by the next. Blocks until it is done.
Result<TakenOver> take_over_plain_accounts(const TakeOverPorts& ports,
                                           const Registrations& registrations);

}  // namespace herald

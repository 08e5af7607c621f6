// What a platform says of an account just now (Flow::lookup): what is left of its daily limit, what
// it may upload, which playlists it has.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/capability.h"
#include "domain/ids.h"
#include "domain/time.h"

namespace herald {

// Facts are a platform's own, but for those whose names say what they are on every platform:
//   name                 what the account is called just now
//   max.text, max.media, max.alt_text, max.<option>
//                        a maximum that takes the place of the spec's
//   off.<option>         why this boolean option stays off just now, as a sentence for a person
struct LookedUp {
  std::map<std::string, std::string> facts;  // "quota_usage": "3"
  Time at{};                                 // When the platform said so; Time{}: it did not.
  // What an option may be set to, by the name that its OptionSpec::choices_from gives.
  std::map<std::string, std::vector<OptionChoice>> choices;

  bool known() const { return at != Time{}; }
};

// The same as it is kept, one row per account and, where the platform answers per target, target.
struct KeptFacts {
  CustomerId customer;
  AccountId account;
  std::string target_key;  // Empty where the platform answers per account.
  LookedUp looked_up;      // The last answer.
  Time asked_at{};         // When it was last asked, whatever came of it.
  std::string problem;     // Why the last try brought no answer, for a person; empty: it did.
};

}  // namespace herald

// The audience's view of the ledger, as a page.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/time.h"
#include "sandbox/ledger.h"

namespace herald::sandbox {

struct FeedFilter {
  std::string platform;  // Empty: all.
  std::string account;   // The platform's id; empty: all.
  bool refreshing = true;
};

// By id: "twitter" to "X (Twitter)". One that is not there is shown by its id.
using PlatformNames = std::map<std::string, std::string>;

// Newest first; a removed post stays, marked. Media come from /_sandbox/media/{digest}?type=.
std::string feed_page(const std::vector<LedgerEntry>& entries, const FeedFilter& filter,
                      const PlatformNames& names);

}  // namespace herald::sandbox

// What other processes change, found out by reading the store: for the uploader whose event streams
// are to tell of what workers, and other uploaders, do. Best effort, as events are.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/result.h"
#include "domain/scope.h"
#include "ports/events.h"
#include "ports/store.h"

namespace herald {

class Changes {
 public:
  Changes(Store& store, Events& events) : store_(store), events_(events) {}

  // Publishes what has changed for these customers since the last run that named them; of one that
  // was not named then, it only learns how things stand. Blocks; one run at a time.
  // unavailable: the store.
  Result<Done> run_once(const std::vector<CustomerScope>& watched);

 private:
  // Of one customer: what was seen, as text that differs when there is news.
  struct Seen {
    std::set<std::string> attempts;
    std::map<std::string, std::string> posts, accounts, media;
  };
  Result<Seen> look(const CustomerScope& scope, const Seen* before, std::vector<Event>& news) const;
  Result<Done> look_at_deliveries(const CustomerScope& scope, const Seen* before, Seen& now,
                                  std::vector<Event>& news) const;
  Result<Done> look_at_posts(const CustomerScope& scope, const Seen* before, Seen& now,
                             std::vector<Event>& news) const;
  Result<Done> look_at_accounts(const CustomerScope& scope, const Seen* before, Seen& now,
                                std::vector<Event>& news) const;
  Result<Done> look_at_media(const CustomerScope& scope, const Seen* before, Seen& now,
                             std::vector<Event>& news) const;

  Store& store_;
  Events& events_;
  std::map<CustomerId, Seen> seen_;
};

}  // namespace herald

// Tells whoever watches that something changed. Best effort: the truth is in the store.
#pragma once

#include <string>

#include "domain/ids.h"

namespace herald {

struct Event {
  CustomerId customer;
  UserId user;       // Whose row it is.
  std::string name;  // "delivery.updated", "account.updated", "flow.updated", "media.updated"
  std::string id;    // Of the row.
  std::string post;  // For deliveries.
  std::string moved_to = {};  // The state that a worker's delivery has just come to, by its name.
};

class Events {
 public:
  virtual ~Events() = default;
  virtual void publish(Event event) = 0;  // Never blocks.
};

}  // namespace herald

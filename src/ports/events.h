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
  // With "failed", where the platform refused what our rules for it allow: the two have drifted
  // apart. Which platform, and the error's code.
  std::string refused_by = {};
  std::string refused_as = {};
};

class Events {
 public:
  virtual ~Events() = default;
  virtual void publish(Event event) = 0;  // Never blocks.
};

}  // namespace herald

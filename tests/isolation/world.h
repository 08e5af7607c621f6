// Alice and those who ask for what is hers: the doors, on one kind of store.
#pragma once

#include <list>
#include <string>

#include "tests/isolation/belongings.h"
#include "tests/isolation/stored_rows.h"
#include "tests/store/store_test.h"

namespace herald::isolation {

struct Asker {
  std::string name;
  http::Person person;
  bool colleague;  // Of alice's customer.
  Belongings own;
};

class World {
 public:
  explicit World(const StoreKind& kind);

  http::DoorRig& rig() { return rig_; }
  Belongings& alices() { return alices_; }
  // Admin and member of another customer, then a member of alice's.
  std::list<Asker>& askers() { return askers_; }

  // All that is alice's, as she is shown it.
  std::string shown();
  // Every row of her customer; see stored_rows.h.
  std::string stored() const { return rows_.read(); }
  // A mark of alice's in the text; "": none.
  std::string betrayed(const http::HttpAnswer& answer) const;
  std::string betrayed(const std::string& text) const;

 private:
  const TemporaryFolder folder_;
  http::DoorRig rig_;
  const StoredRows rows_;
  Belongings alices_;
  std::list<Asker> askers_;
};

}  // namespace herald::isolation

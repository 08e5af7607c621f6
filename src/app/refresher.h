// Renews the grants that die unless they are renewed ahead of time.
#pragma once

#include "app/vault.h"
#include "ports/account_store.h"
#include "ports/clock.h"
#include "ports/log.h"

namespace herald {

class Refresher {
 public:
  Refresher(AccountStore& store, Vault& vault, Clock& clock, Log& log)
      : store_(store), vault_(vault), clock_(clock), log_(log) {}

  // Starts the renewals that are due. Returns how many were started.
  Result<int> run_once();

 private:
  void put_off(const CustomerId& customer, const GrantId& id);

  AccountStore& store_;
  Vault& vault_;
  Clock& clock_;
  Log& log_;
};

}  // namespace herald

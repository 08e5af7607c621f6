// All that is kept. One object implements it; those who use it take only the part they need.
#pragma once

#include "ports/account_store.h"
#include "ports/audit_store.h"
#include "ports/identity_store.h"
#include "ports/key_store.h"
#include "ports/measure_store.h"
#include "ports/media_store.h"
#include "ports/post_store.h"
#include "ports/retention_store.h"

namespace herald {

class Store : public IdentityStore,
              public AccountStore,
              public PostStore,
              public MediaStore,
              public KeyStore,
              public AuditStore,
              public MeasureStore,
              public RetentionStore {};

}  // namespace herald

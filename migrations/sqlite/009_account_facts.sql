-- What the platforms last said of an account: see domain/looked_up.h.

CREATE TABLE account_facts (
  customer_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  target_key TEXT NOT NULL,
  facts TEXT NOT NULL,    -- JSON.
  choices TEXT NOT NULL,  -- JSON.
  looked_up_at INTEGER NOT NULL,
  asked_at INTEGER NOT NULL,
  problem TEXT NOT NULL,
  PRIMARY KEY (customer_id, account_id, target_key),
  FOREIGN KEY (customer_id, account_id) REFERENCES accounts (customer_id, id)
) STRICT;

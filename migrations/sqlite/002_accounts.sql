-- Connection attempts, grants, accounts.

CREATE TABLE oauth_flows (
  customer_id TEXT NOT NULL,
  id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  platform TEXT NOT NULL,
  registration TEXT NOT NULL,
  state_hash TEXT NOT NULL UNIQUE,  -- The callback starts without a customer.
  nonce_hash TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  reconnects TEXT NOT NULL,
  scopes TEXT NOT NULL,  -- JSON.
  status TEXT NOT NULL,
  sealed BLOB NOT NULL,
  accounts TEXT NOT NULL,  -- JSON.
  problem_code TEXT NOT NULL,
  problem_message TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (customer_id, id)
) STRICT;

CREATE INDEX oauth_flows_waiting ON oauth_flows (customer_id, user_id, expires_at)
  WHERE status = 'waiting';
-- For the sweeper, which serves all customers.
CREATE INDEX oauth_flows_by_expiry ON oauth_flows (expires_at);

CREATE TABLE grants (
  customer_id TEXT NOT NULL,
  id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  platform TEXT NOT NULL,
  registration TEXT NOT NULL,
  subject TEXT NOT NULL,
  scopes TEXT NOT NULL,  -- JSON.
  sealed_tokens BLOB NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  state_message TEXT NOT NULL,
  access_expires_at INTEGER,
  refresh_due_at INTEGER,
  lease INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  refresh_begun_version INTEGER,
  refresh_begun_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (customer_id, id)
) STRICT;

-- For the refresher, which serves all customers.
CREATE INDEX grants_due ON grants (refresh_due_at, customer_id, id) WHERE state = 'live';
-- For the platforms' own calls, which know only their person.
CREATE INDEX grants_by_subject ON grants (platform, subject, customer_id, id) WHERE subject <> '';

CREATE TABLE accounts (
  customer_id TEXT NOT NULL,
  id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  platform TEXT NOT NULL,
  grant_id TEXT NOT NULL,
  product TEXT NOT NULL,
  kind TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  name TEXT NOT NULL,
  username TEXT NOT NULL,
  picture_url TEXT NOT NULL,
  facts TEXT NOT NULL,  -- JSON.
  sealed_token BLOB NOT NULL,
  connected_at INTEGER NOT NULL,
  PRIMARY KEY (customer_id, id),
  UNIQUE (customer_id, user_id, platform, remote_id),
  FOREIGN KEY (customer_id, grant_id) REFERENCES grants (customer_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX accounts_by_grant ON accounts (customer_id, grant_id);

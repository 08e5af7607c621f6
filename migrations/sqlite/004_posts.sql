-- Posts, their deliveries, what follows, and the history of it all.

CREATE TABLE posts (
  customer_id TEXT NOT NULL,
  id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  text TEXT NOT NULL,
  media TEXT NOT NULL,    -- JSON.
  targets TEXT NOT NULL,  -- JSON.
  due_at INTEGER NOT NULL,
  time_zone TEXT NOT NULL,
  lateness_max INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  idempotency_key TEXT,
  fingerprint TEXT,
  status TEXT NOT NULL,  -- Folded from the deliveries whenever one of them moves.
  PRIMARY KEY (customer_id, id)
) STRICT;

CREATE INDEX posts_by_time ON posts (customer_id, created_at, id);
CREATE INDEX posts_by_user ON posts (customer_id, user_id, created_at, id);
CREATE INDEX posts_by_status ON posts (customer_id, status, created_at, id);
CREATE UNIQUE INDEX posts_by_key ON posts (customer_id, user_id, idempotency_key)
  WHERE idempotency_key IS NOT NULL;

-- Which media a post uses: attached, or named by an option.
CREATE TABLE post_media (
  customer_id TEXT NOT NULL,
  medium_id TEXT NOT NULL,
  post_id TEXT NOT NULL,
  PRIMARY KEY (customer_id, medium_id, post_id),
  FOREIGN KEY (customer_id, post_id) REFERENCES posts (customer_id, id),
  FOREIGN KEY (customer_id, medium_id) REFERENCES media (customer_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX post_media_by_post ON post_media (customer_id, post_id);

-- Which accounts a post goes to, for listing an account's posts.
CREATE TABLE post_accounts (
  customer_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,  -- The post's.
  post_id TEXT NOT NULL,
  PRIMARY KEY (customer_id, account_id, created_at, post_id),
  FOREIGN KEY (customer_id, post_id) REFERENCES posts (customer_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE deliveries (
  customer_id TEXT NOT NULL,
  id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  post_id TEXT NOT NULL,
  account_id TEXT NOT NULL,  -- May be disconnected since: no foreign key.
  platform TEXT NOT NULL,
  target INTEGER NOT NULL,
  kind TEXT NOT NULL,
  publish_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  missed_after INTEGER NOT NULL,
  lease INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  steps_idle INTEGER NOT NULL,
  visible_calls INTEGER NOT NULL,
  looks INTEGER NOT NULL,
  last_look_at INTEGER NOT NULL,
  sealed_progress BLOB NOT NULL,
  fence TEXT,  -- JSON.
  parked_version INTEGER NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  meter TEXT NOT NULL,  -- JSON.
  remote_id TEXT NOT NULL,
  url TEXT NOT NULL,
  published_at INTEGER,
  updated_at INTEGER NOT NULL,
  -- When claim_due has something to do for this row; null: nothing, as things stand. Of an
  -- account's scheduled rows only the first one can have it.
  claim_at INTEGER,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, post_id) REFERENCES posts (customer_id, id)
) STRICT;

CREATE INDEX deliveries_by_post ON deliveries (customer_id, post_id, target, id);
-- The order within an account, of the rows that hold back later ones.
CREATE INDEX deliveries_by_account ON deliveries (customer_id, account_id, publish_at, id)
  WHERE state IN ('scheduled', 'running', 'waiting', 'parked');
-- For the workers, which serve all customers.
CREATE INDEX deliveries_due ON deliveries (claim_at, customer_id, id, state)
  WHERE claim_at IS NOT NULL AND state <> 'running';
CREATE INDEX deliveries_leased ON deliveries (claim_at) WHERE state = 'running';
CREATE INDEX deliveries_parked ON deliveries (customer_id, account_id) WHERE state = 'parked';

CREATE TABLE follow_ups (
  customer_id TEXT NOT NULL,
  delivery_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  lease INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  sealed_progress BLOB NOT NULL,
  fence TEXT,  -- JSON.
  visible_calls INTEGER NOT NULL,
  message TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  claim_at INTEGER,
  PRIMARY KEY (customer_id, delivery_id, kind),
  FOREIGN KEY (customer_id, delivery_id) REFERENCES deliveries (customer_id, id)
    ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- For the workers, which serve all customers.
CREATE INDEX follow_ups_due ON follow_ups (claim_at, customer_id, delivery_id, kind, state)
  WHERE claim_at IS NOT NULL AND state <> 'running';
CREATE INDEX follow_ups_leased ON follow_ups (claim_at) WHERE state = 'running';

CREATE TABLE attempts (
  customer_id TEXT NOT NULL,
  id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  delivery_id TEXT NOT NULL,
  post_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  platform TEXT NOT NULL,
  number INTEGER NOT NULL,
  step TEXT NOT NULL,
  visible INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  status_code INTEGER NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, post_id) REFERENCES posts (customer_id, id)
) STRICT;

CREATE INDEX attempts_by_time ON attempts (customer_id, started_at, id);
CREATE INDEX attempts_by_user ON attempts (customer_id, user_id, started_at, id);
CREATE INDEX attempts_by_post ON attempts (customer_id, post_id, started_at, id);
CREATE INDEX attempts_by_delivery ON attempts (customer_id, delivery_id, started_at, id);

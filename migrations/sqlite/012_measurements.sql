-- When the figures of accounts and posts are read, and what is kept of them: see
-- domain/measurement.h.

CREATE TABLE measurements (
  customer_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  delivery_id TEXT NOT NULL,  -- Empty: of the account itself.
  begun_at INTEGER NOT NULL,
  due_at INTEGER,  -- Null: it is over.
  lease INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  measured_at INTEGER,
  problem TEXT NOT NULL,
  PRIMARY KEY (customer_id, account_id, delivery_id),
  FOREIGN KEY (customer_id, account_id) REFERENCES accounts (customer_id, id)
) STRICT, WITHOUT ROWID;

-- For the workers, which serve all customers.
CREATE INDEX measurements_due ON measurements (due_at, customer_id, account_id, delivery_id)
  WHERE due_at IS NOT NULL;
CREATE INDEX measurements_leased ON measurements (customer_id, account_id, lease_until)
  WHERE lease_until > 0;

CREATE TABLE figures (
  customer_id TEXT NOT NULL,
  account_id TEXT NOT NULL,  -- May be disconnected since: no foreign key.
  delivery_id TEXT NOT NULL,
  day INTEGER NOT NULL,  -- Since 1970, in UTC.
  kept_max INTEGER NOT NULL,  -- What the platform's terms allow; 0: for ever.
  metrics TEXT NOT NULL,  -- JSON.
  read_at INTEGER NOT NULL,
  expires_at INTEGER,
  PRIMARY KEY (customer_id, account_id, delivery_id, day, kept_max)
) STRICT, WITHOUT ROWID;

-- For the sweeper, which serves all customers.
CREATE INDEX figures_by_day ON figures (day);
CREATE INDEX figures_by_end ON figures (expires_at) WHERE expires_at IS NOT NULL;

CREATE INDEX deliveries_published ON deliveries (customer_id, published_at, id)
  WHERE state = 'published';

-- What was connected and published before is measured from now on.
INSERT INTO measurements
  SELECT customer_id, id, '', connected_at, connected_at, 0, 0, 0, NULL, '' FROM accounts;
INSERT INTO measurements
  SELECT deliveries.customer_id, account_id, deliveries.id, published_at, published_at, 0, 0, 0,
    NULL, ''
  FROM deliveries JOIN accounts
    ON accounts.customer_id = deliveries.customer_id AND accounts.id = account_id
  WHERE state = 'published' AND deliveries.remote_id <> '' AND published_at IS NOT NULL;

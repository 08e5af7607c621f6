-- Customers, their people, their sign-ins.
-- In all tables: times are UTC milliseconds, enums are their names, customer_id comes first in every
-- key. An index that does not begin with it says why.

CREATE TABLE customers (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  suspended INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
  customer_id TEXT NOT NULL REFERENCES customers (id),
  id TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE,  -- Sign-in starts without a customer.
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  role TEXT NOT NULL,
  disabled INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (customer_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  customer_id TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,  -- A refresh starts without a customer.
  user_id TEXT NOT NULL,
  refresh_hash TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  rotated_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, user_id) REFERENCES users (customer_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_user ON sessions (customer_id, user_id);

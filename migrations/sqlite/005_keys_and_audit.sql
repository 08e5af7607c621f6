-- Wrapped data keys, and who did what.

CREATE TABLE data_keys (
  customer_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  wrapped BLOB NOT NULL,
  commitment BLOB NOT NULL,
  PRIMARY KEY (customer_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- The order in which it was written.
  customer_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  note TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE INDEX audit_by_customer ON audit (customer_id, id);

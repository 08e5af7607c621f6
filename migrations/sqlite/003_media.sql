-- Uploaded media; their bytes are in a folder.

CREATE TABLE media (
  customer_id TEXT NOT NULL,
  id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  filename TEXT NOT NULL,
  declared_type TEXT NOT NULL,
  declared_bytes INTEGER NOT NULL,
  status TEXT NOT NULL,
  received_bytes INTEGER NOT NULL,
  facts TEXT NOT NULL,  -- JSON.
  jpeg TEXT,            -- JSON.
  problem TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (customer_id, id)
) STRICT;

CREATE INDEX media_by_time ON media (customer_id, created_at, id);
CREATE INDEX media_by_user ON media (customer_id, user_id, created_at, id);
CREATE INDEX media_sizes ON media (customer_id, received_bytes);
-- For the sweeper, which serves all customers.
CREATE INDEX media_uploading ON media (created_at, customer_id, id) WHERE status = 'uploading';

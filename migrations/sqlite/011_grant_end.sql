-- When a connection ends for good unless the person reconnects.

ALTER TABLE grants ADD COLUMN ends_at INTEGER;

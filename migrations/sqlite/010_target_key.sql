-- The place that a delivery goes to, where an account posts to places that are not its own.

ALTER TABLE deliveries ADD COLUMN target_key TEXT NOT NULL DEFAULT '';

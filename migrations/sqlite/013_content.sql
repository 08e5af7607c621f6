-- What a delivery shows, so that the same content does not go to one place twice by mistake.

ALTER TABLE deliveries ADD COLUMN content TEXT NOT NULL DEFAULT '';

CREATE INDEX deliveries_by_content ON deliveries (customer_id, account_id, content, created_at)
  WHERE content <> '';

-- How often in a row a delivery was leased by a worker that did not live to give it back.

ALTER TABLE deliveries ADD COLUMN taken INTEGER NOT NULL DEFAULT 0;

-- How many calls were made on a day to read figures, counted on the account's own row.

ALTER TABLE measurements ADD COLUMN calls_on INTEGER NOT NULL DEFAULT 0;  -- Since 1970, in UTC.
ALTER TABLE measurements ADD COLUMN calls INTEGER NOT NULL DEFAULT 0;

-- Whether the person wants the account's figures read. Until now that was not kept.

ALTER TABLE accounts ADD COLUMN figures INTEGER NOT NULL DEFAULT 1;

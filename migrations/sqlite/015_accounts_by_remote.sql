-- For the platforms' own calls, which may name an account.

CREATE INDEX accounts_by_remote ON accounts (platform, remote_id);

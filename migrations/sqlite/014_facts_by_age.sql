-- For the sweeper: what nobody has asked about for long goes.

CREATE INDEX account_facts_by_age ON account_facts (asked_at);

-- For the sweeper: what a dead process left half looked at.

CREATE INDEX media_processing ON media (created_at, customer_id, id) WHERE status = 'processing';

-- When an upload's bytes last came, the picture that stands for a video, and, for the sweepers,
-- which serve all customers, what has become old enough to go.

ALTER TABLE media ADD COLUMN touched_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN preview TEXT;  -- JSON.
UPDATE media SET touched_at = created_at;
DROP INDEX media_uploading;
CREATE INDEX media_uploading ON media (touched_at, customer_id, id) WHERE status = 'uploading';
CREATE INDEX media_uploading_by_user ON media (customer_id, user_id) WHERE status = 'uploading';

CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX attempts_unseen ON attempts (started_at, customer_id, id) WHERE visible = 0;
CREATE INDEX follow_ups_over ON follow_ups (updated_at) WHERE state IN ('done', 'failed');
CREATE INDEX audit_by_time ON audit (at, id);
CREATE INDEX posts_with_key ON posts (created_at, customer_id, id)
  WHERE idempotency_key IS NOT NULL;

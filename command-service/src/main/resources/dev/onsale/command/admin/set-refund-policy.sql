-- $1 event, $2 windows. Its next refund policy.
WITH next AS (
    UPDATE events SET policy_version = policy_version + 1 WHERE id = $1 RETURNING policy_version)
INSERT INTO refund_policies (event_id, policy_version, windows)
SELECT $1, policy_version, $2 FROM next

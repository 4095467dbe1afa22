-- $1 event, $2 account, $3 session. The epoch of the room now, and whether either has been revoked.
SELECT r.epoch,
    EXISTS (
        SELECT 1
        FROM revocations
        WHERE event_id = $1 AND ((account = $2 AND session_id = '') OR (account = '' AND session_id = $3))
    ) AS revoked
FROM rooms r
WHERE r.event_id = $1

-- $1 event id. Durable holds that ran out leave no marks behind. Rows that are being worked on are left for next time.
WITH due AS (
    SELECT id
    FROM seats
    WHERE event_id = $1 AND status = 'held' AND held_until <= now()
    ORDER BY ordinal
    LIMIT 500
    FOR UPDATE SKIP LOCKED),
forgotten AS (
    DELETE FROM durable_holds
    WHERE event_id = $1 AND held_until <= now())
UPDATE seats s
SET status = 'available', held_by = NULL, held_until = NULL, held_hold = NULL
FROM due
WHERE s.event_id = $1 AND s.id = due.id

-- $1 event id, $2 hold, $3 ordinals it keeps. Seats it has besides are available again. Locked in the order of ordinals.
WITH mine AS (
    SELECT id
    FROM seats
    WHERE event_id = $1 AND held_hold = $2 AND status = 'held' AND ordinal <> ALL ($3)
    ORDER BY ordinal
    FOR UPDATE)
UPDATE seats s
SET status = 'available', held_by = NULL, held_until = NULL, held_hold = NULL
FROM mine
WHERE s.event_id = $1 AND s.id = mine.id

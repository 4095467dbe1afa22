-- Reserves the seats of a booking that nobody took or changed since it was made, and whose newest fence is not newer than
-- the booking's. Rows are locked in the order of ordinals, so that overlapping bookings don't deadlock.
-- $1 booking, $2 account, $3 fence
WITH mine AS (
    SELECT s.event_id, s.id
    FROM booking_items i
    JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
    WHERE i.booking_id = $1 AND NOT i.claimed
        AND (s.status = 'available' OR (s.status = 'held' AND s.held_by = $2))
        AND s.version = i.seat_version AND s.fence <= $3
    ORDER BY s.ordinal
    FOR UPDATE OF s)
UPDATE seats s
SET status = 'reserved', version = s.version + 1, fence = $3, held_by = NULL, held_until = NULL, held_hold = NULL
FROM mine
WHERE s.event_id = mine.event_id AND s.id = mine.id

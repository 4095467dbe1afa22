-- The items of a booking get these seats, each one of its own tier and kind, as they are now.
-- $1 booking, $2 ordinals
WITH old AS (
    SELECT i.item_no, i.price_tier_id, s.kind,
        row_number() OVER (PARTITION BY i.price_tier_id, s.kind ORDER BY s.ordinal) AS n
    FROM booking_items i
    JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
    WHERE i.booking_id = $1 AND NOT i.claimed),
new AS (
    SELECT s.id, s.version, s.price_tier_id, s.kind,
        row_number() OVER (PARTITION BY s.price_tier_id, s.kind ORDER BY s.ordinal) AS n
    FROM bookings b
    JOIN seats s ON s.event_id = b.event_id
    WHERE b.id = $1 AND s.ordinal = ANY ($2))
UPDATE booking_items i
SET seat_id = new.id, seat_version = new.version
FROM old
JOIN new USING (price_tier_id, kind, n)
WHERE i.booking_id = $1 AND i.item_no = old.item_no

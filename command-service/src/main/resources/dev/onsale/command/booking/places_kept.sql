-- What a booking still has, and by which hold it is known.
-- $1 booking
SELECT b.hold_id, b.user_id,
    ARRAY(SELECT s.ordinal
        FROM booking_items i
        JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
        WHERE i.booking_id = b.id AND i.claimed
        ORDER BY s.ordinal) AS ordinals,
    ARRAY(SELECT a.area_index
        FROM booking_items i
        JOIN areas a ON a.event_id = i.event_id AND a.area_id = i.area_id
        WHERE i.booking_id = b.id AND i.claimed) AS places -- the index of its area, once a place
FROM bookings b
WHERE b.id = $1

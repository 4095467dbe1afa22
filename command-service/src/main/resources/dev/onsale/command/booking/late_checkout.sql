-- What the checkout of a booking whose payment came late was made of, and has now.
-- $1 booking
SELECT b.id, b.event_id, b.hold_id, b.user_id, b.fence, b.currency, b.total_amount, b.payment_id, b.payment_token, b.price_version,
    e.hold_hard_max_ms,
    ARRAY(SELECT s.ordinal
        FROM booking_items i
        JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
        WHERE i.booking_id = b.id
        ORDER BY s.ordinal) AS ordinals,
    ARRAY(SELECT a.area_index
        FROM booking_items i
        JOIN areas a ON a.event_id = i.event_id AND a.area_id = i.area_id
        WHERE i.booking_id = b.id) AS places -- the index of its area, once a place
FROM bookings b
JOIN events e ON e.id = b.event_id
WHERE b.id = $1

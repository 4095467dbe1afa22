-- Locks a booking whose payment came late, and reads what can become of it.
-- $1 booking
SELECT b.status::text AS status, b.confirmed_at IS NOT NULL AS was_confirmed, b.cancel_reason, b.hold_id, b.late_payment,
    b.accept_equal_seats,
    EXISTS (SELECT FROM sagas g
        WHERE g.subject_id = b.id AND g.kind IN ('booking', 'cancellation') AND g.state IN ('running', 'compensating')) AS busy,
    e.status = 'cancelled' AS event_cancelled, e.event_date <= now() AS event_begun, e.epoch,
    (SELECT count(*) FROM booking_items i WHERE i.booking_id = b.id AND i.seat_id IS NOT NULL) AS seats,
    (SELECT count(*) FROM booking_items i WHERE i.booking_id = b.id AND i.area_id IS NOT NULL) AS places
FROM bookings b
JOIN events e ON e.id = b.event_id
WHERE b.id = $1
FOR UPDATE OF b

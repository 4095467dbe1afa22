-- Locks a booking for a change, and reads what the change depends on.
-- $1 booking
SELECT b.status::text AS status, b.tickets_issued, b.cancel_reason, b.user_id, e.status::text AS event_status, e.epoch,
    b.payment_id, b.currency, b.total_amount - greatest(b.refund_due, b.refunded_amount) AS money_left,
    (SELECT count(*) FROM booking_items i WHERE i.booking_id = b.id) AS items,
    (SELECT count(*) FROM booking_items i WHERE i.booking_id = b.id AND i.claimed) AS claimed,
    (SELECT count(*) FROM booking_items i WHERE i.booking_id = b.id AND i.seat_id IS NOT NULL) AS seats,
    (SELECT count(DISTINCT i.area_id) FROM booking_items i WHERE i.booking_id = b.id) AS areas
FROM bookings b
JOIN events e ON e.id = b.event_id
WHERE b.id = $1
FOR UPDATE OF b

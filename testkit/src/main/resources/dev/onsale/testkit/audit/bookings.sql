-- What the bookings say of their money: what was paid, what of it was given back (and not by the provider), and what they promised
-- to give back.
SELECT b.id, b.reference, b.payment_id, b.status::text AS status, b.tickets_issued, b.total_amount, b.refunded_amount,
       b.refund_due,
       (SELECT coalesce(sum(c.refund), 0) FROM cancellations c WHERE c.booking_id = b.id AND c.settlement IS NOT NULL)
           AS refunded_elsewhere
FROM bookings b
WHERE b.event_id = ?::uuid

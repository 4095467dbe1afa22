-- Sagas of the event's bookings, of what was given back of them and of their late payments, that have not ended; money that was
-- never given back.
SELECT 'saga ' || g.kind || ' of booking ' || b.reference || ' is ' || g.state || ' at step ' || g.step AS finding
FROM sagas g
LEFT JOIN cancellations c ON c.id = g.subject_id
JOIN bookings b ON b.id = coalesce(c.booking_id, g.subject_id) OR b.payment_id = g.subject_id
WHERE b.event_id = ?::uuid AND g.state IN ('running', 'compensating')
UNION ALL
SELECT 'a cancellation of booking ' || b.reference || ' is ' || c.state
FROM cancellations c
JOIN bookings b ON b.id = c.booking_id
WHERE b.event_id = ?::uuid AND c.state <> 'done'

-- Sagas of the event's bookings, and of their late payments, that have not ended.
SELECT 'saga ' || g.kind || ' of booking ' || b.reference || ' is ' || g.state || ' at step ' || g.step AS finding
FROM sagas g
JOIN bookings b ON b.id = g.subject_id OR b.payment_id = g.subject_id
WHERE b.event_id = ?::uuid AND g.state IN ('running', 'compensating')

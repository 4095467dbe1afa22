-- Who is told of a postponement next: the buyers of bookings made before it, in order, and who was given their tickets.
-- $1 postponement, $2 after this booking, $3 so many bookings; $4 these bookings, or null: the next
WITH next AS (
    SELECT b.id, b.reference, b.contact_name, b.contact_email
    FROM postponements p
    JOIN bookings b ON b.event_id = p.event_id AND b.created_at <= p.created_at
    WHERE p.id = $1 AND b.status = 'confirmed' AND b.cancel_reason IS NULL AND b.id > $2
        AND ($4::uuid[] IS NULL OR b.id = ANY ($4))
    ORDER BY b.id
    LIMIT $3)
SELECT n.id, n.id AS booking_id, n.reference, n.contact_name AS name, n.contact_email AS email, true AS buyer
FROM next n
UNION ALL
SELECT t.id, n.id, t.reference, '', x.to_email, false
FROM next n
JOIN tickets t ON t.booking_id = n.id AND t.status <> 'void'
JOIN ticket_transfers x ON x.id = t.transfer_id
WHERE x.to_email IS NOT NULL
ORDER BY booking_id, buyer DESC

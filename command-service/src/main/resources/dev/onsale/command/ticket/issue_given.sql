-- Issues the tickets that take the place of those given away, in their order.
-- $1 old tickets, $2 a reference for each, $3 new owner, $4 transfer
INSERT INTO tickets (reference, booking_id, item_no, event_id, user_id, transfer_id, replaces, transfers)
SELECT given.reference, t.booking_id, t.item_no, t.event_id, $3, $4, t.id, t.transfers + 1
FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS given (id, reference, position)
JOIN tickets t ON t.id = given.id
ORDER BY given.position
RETURNING id, version

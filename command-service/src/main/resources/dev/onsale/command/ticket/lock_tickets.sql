-- Locks live tickets of a booking: none of them can be checked in until the transaction ends.
-- $1 booking, $2 items
SELECT status::text AS status
FROM tickets
WHERE booking_id = $1 AND item_no = ANY ($2) AND status <> 'void'
ORDER BY id
FOR UPDATE

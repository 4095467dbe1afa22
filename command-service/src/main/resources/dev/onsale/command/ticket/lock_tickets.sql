-- Locks the live tickets of a booking: none can be checked in until the transaction ends.
-- $1 booking
SELECT status::text AS status FROM tickets WHERE booking_id = $1 AND status <> 'void' ORDER BY id FOR UPDATE

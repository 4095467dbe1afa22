-- The claims of a booking end.
-- $1 booking
UPDATE booking_items SET claimed = false WHERE booking_id = $1 AND claimed

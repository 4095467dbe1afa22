-- Makes the claims of a booking durable; the unique index refuses a second live claim of a seat.
-- $1 booking
UPDATE booking_items SET claimed = true WHERE booking_id = $1 AND NOT claimed

-- What was given back of a booking, oldest first.
-- $1 booking
SELECT * FROM given_back WHERE booking_id = $1 ORDER BY id LIMIT 200

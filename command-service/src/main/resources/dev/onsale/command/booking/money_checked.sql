-- The money of a booking was asked about once more.
-- $1 booking, $2 how often before
UPDATE bookings SET money_checks = money_checks + 1 WHERE id = $1 AND money_checks = $2

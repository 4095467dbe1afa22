-- Cancellations of some bookings whose money is on its way, as far as is known: not those whose refund was refused. Whoever
-- writes that it was waits.
-- $1 bookings
SELECT id
FROM cancellations
WHERE booking_id = ANY ($1) AND state IN ('refunding', 'stuck') AND refusal IN ('', 'no_answer')
FOR SHARE

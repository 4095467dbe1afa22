-- What an account did, and what anybody did with some bookings, the newest of it.
-- $1 account, $2 only with this event (null: with any), $3 bookings, $4 at most
SELECT at, account, method, outcome, event_id, booking_id, hold_id, detail, trace, took_ms
FROM read.activity
WHERE account = $1 AND ($2::uuid IS NULL OR event_id = $2) OR booking_id = ANY ($3)
ORDER BY at DESC
LIMIT $4

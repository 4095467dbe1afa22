-- What an account did with an event, the newest of it.
-- $1 account, $2 event, $3 at most
SELECT at, account, method, outcome, event_id, booking_id, hold_id, detail, trace, took_ms
FROM activity
WHERE account = $1 AND event_id = $2
ORDER BY at DESC
LIMIT $3

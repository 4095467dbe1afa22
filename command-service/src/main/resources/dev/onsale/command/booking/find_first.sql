-- The booking that a request id, or a hold still in a checkout, has led to already.
-- $1 account, $2 request id, $3 hold
SELECT id, request_id = $2 AS same_request, request_hash
FROM bookings
WHERE user_id = $1 AND (request_id = $2 OR (hold_id = $3 AND status <> 'cancelled'))
ORDER BY same_request DESC
LIMIT 1

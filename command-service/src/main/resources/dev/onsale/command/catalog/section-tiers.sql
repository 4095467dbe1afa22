-- $1 event id, $2 first ordinal of each section. The tier of each section, in the same order.
SELECT price_tier_id
FROM seats
WHERE event_id = $1 AND ordinal = ANY ($2)
ORDER BY ordinal

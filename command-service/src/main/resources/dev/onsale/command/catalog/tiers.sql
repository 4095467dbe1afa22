-- $1 event id. Its price tiers, by code.
SELECT id, code, name
FROM price_tiers
WHERE event_id = $1
ORDER BY code

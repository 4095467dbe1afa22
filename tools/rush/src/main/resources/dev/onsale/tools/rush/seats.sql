SELECT ordinal, status::text
FROM seats
WHERE event_id = ?::uuid

-- $1 event id. The tier of each area, by index.
SELECT price_tier_id
FROM areas
WHERE event_id = $1
ORDER BY area_index

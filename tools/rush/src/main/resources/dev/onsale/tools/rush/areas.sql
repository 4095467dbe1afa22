SELECT area_id, sold
FROM areas
WHERE event_id = ?::uuid

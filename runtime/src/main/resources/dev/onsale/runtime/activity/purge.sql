-- Forgets old activity, 5,000 rows at a time.
-- $1 days it is kept
DELETE FROM activity
WHERE id IN (SELECT id FROM activity WHERE at < now() - $1::int * interval '1 day' ORDER BY at LIMIT 5000)

-- $1 event, $2 joined, $3 serving number. A row for the one node that has the chores of this second.
UPDATE progress
SET joined = greatest(joined, $2), serving_number = greatest(serving_number, $3), updated_at = now()
WHERE event_id = $1 AND updated_at < now() - interval '900 milliseconds'
RETURNING sale_cursor

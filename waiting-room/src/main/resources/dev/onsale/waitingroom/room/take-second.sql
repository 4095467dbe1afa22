-- $1 event, $2 joined, $3 serving number, $4 entries the lobby's digest is over, $5 that digest. A row for the one node that has the chores of this second.
UPDATE progress
SET joined = greatest(joined, $2), serving_number = greatest(serving_number, $3), digest_of = greatest(digest_of, $4),
    lobby_digest = CASE WHEN $4 > digest_of THEN $5 ELSE lobby_digest END, updated_at = now()
WHERE event_id = $1 AND updated_at < now() - interval '900 milliseconds'
RETURNING sale_cursor

-- Writes what the calls of this node ($1) came to ($2 buckets, $3 failed), and reads the same of all others that are alive.
WITH mine AS (
    INSERT INTO node_calls (node, buckets, failed)
    VALUES ($1, $2, $3)
    ON CONFLICT (node) DO UPDATE SET buckets = excluded.buckets, failed = excluded.failed, written_at = now()
), gone AS (
    DELETE FROM node_calls WHERE node <> $1 AND written_at < now() - interval '1 minute'
)
SELECT buckets, failed
FROM node_calls
WHERE node <> $1 AND written_at > now() - interval '3 seconds'
ORDER BY written_at DESC
LIMIT 1000

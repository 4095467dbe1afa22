-- Forgets numbered changes that are older than this. $1 milliseconds, $2 at most so many
WITH old AS (
    SELECT id
    FROM partner_changes
    WHERE number IS NOT NULL AND created_at < now() - $1 * interval '1 millisecond'
    ORDER BY created_at
    LIMIT $2
    FOR UPDATE SKIP LOCKED),
gone AS (
    DELETE FROM partner_changes c USING old WHERE c.id = old.id RETURNING c.partner_id, c.number),
ends AS (
    SELECT partner_id, max(number) + 1 AS oldest FROM gone GROUP BY partner_id)
UPDATE partner_feeds f SET oldest_number = greatest(f.oldest_number, ends.oldest) FROM ends WHERE f.partner_id = ends.partner_id

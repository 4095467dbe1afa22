-- $1 shards, $2 milliseconds. Puts the cursors before everything written in that time: Redis may have lost it.
UPDATE outbox_cursors c
SET xid = first.xid, id = first.id - 1
FROM (
    SELECT DISTINCT ON (shard) shard, xid, id
    FROM outbox
    WHERE shard = ANY ($1) AND created_at > now() - make_interval(secs => $2 / 1000.0)
    ORDER BY shard, xid, id
) first
WHERE c.shard = first.shard AND (c.xid, c.id) >= (first.xid, first.id)

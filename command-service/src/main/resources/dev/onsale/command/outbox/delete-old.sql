-- $1 shards, $2 milliseconds, $3 at most so many rows. Forgets what was relayed and is older than that.
DELETE FROM outbox
WHERE (shard, xid, id) IN (
    SELECT o.shard, o.xid, o.id
    FROM outbox_cursors c
    JOIN outbox o ON o.shard = c.shard AND (o.xid, o.id) <= (c.xid, c.id)
    WHERE c.shard = ANY ($1) AND o.created_at < now() - make_interval(secs => $2 / 1000.0)
    LIMIT $3
)

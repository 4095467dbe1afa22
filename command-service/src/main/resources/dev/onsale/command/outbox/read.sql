-- $1 shards, $2 rows a shard, $3 rows in all. The next rows after each cursor, in the order of transactions. A transaction that is still
-- under way holds back all that began after it: what commits out of order is never skipped.
SELECT o.shard, o.xid::text AS xid, o.id, o.event_id, o.kind, o.aggregate_id, o.version, o.trace
FROM outbox_cursors c
CROSS JOIN LATERAL (
    SELECT *
    FROM outbox
    WHERE shard = c.shard AND (xid, id) > (c.xid, c.id) AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY xid, id
    LIMIT $2
) o
WHERE c.shard = ANY ($1)
ORDER BY o.shard, o.xid, o.id
LIMIT $3

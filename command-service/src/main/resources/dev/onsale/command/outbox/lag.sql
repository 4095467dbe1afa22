-- $1 shards. How old the oldest change is that was not relayed yet, in milliseconds; 0 if there is none.
SELECT coalesce(max(extract(epoch FROM clock_timestamp() - o.created_at) * 1000), 0)::bigint AS lag_ms
FROM outbox_cursors c
CROSS JOIN LATERAL (
    SELECT created_at
    FROM outbox
    WHERE shard = c.shard AND (xid, id) > (c.xid, c.id)
    ORDER BY xid, id
    LIMIT 1
) o
WHERE c.shard = ANY ($1)

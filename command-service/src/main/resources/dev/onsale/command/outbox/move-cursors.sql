-- $1 shards, $2 transactions, $3 rows: how far each shard has come.
UPDATE outbox_cursors c
SET xid = m.xid::xid8, id = m.id
FROM unnest($1::int[], $2::text[], $3::bigint[]) AS m (shard, xid, id)
WHERE c.shard = m.shard

-- $1 number of shards. A cursor before everything for each shard that has none.
INSERT INTO outbox_cursors (shard, xid, id)
SELECT shard, '0'::xid8, 0
FROM generate_series(0, $1 - 1) AS shard
ON CONFLICT DO NOTHING

-- $1 class of the locks, $2 shards. Those of the shards whose lock this session could take; kept until the session ends.
SELECT shard
FROM unnest($2::int[]) AS shard
WHERE pg_try_advisory_lock($1, shard)

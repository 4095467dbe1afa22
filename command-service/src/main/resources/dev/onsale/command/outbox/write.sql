-- $1 shard, $2 event, $3 kind, $4 aggregate, $5 its version, $6 trace.
INSERT INTO outbox (shard, event_id, kind, aggregate_id, version, trace)
VALUES ($1, $2, $3, $4, $5, $6)

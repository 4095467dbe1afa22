-- Notes a change, and what of it concerns partners.
-- $1 shard, $2 event, $3 kind, $4 aggregate, $5 its version, $6 trace.
WITH noted AS (
    INSERT INTO outbox (shard, event_id, kind, aggregate_id, version, trace)
    VALUES ($1, $2, $3, $4, $5, $6)
    RETURNING kind, aggregate_id)
SELECT tell_partners(kind, aggregate_id) FROM noted

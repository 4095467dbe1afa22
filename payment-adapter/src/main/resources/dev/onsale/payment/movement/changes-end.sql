-- The place behind everything that has committed so far.
SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text AS xid

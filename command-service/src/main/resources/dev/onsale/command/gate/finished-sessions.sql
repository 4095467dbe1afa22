-- Sessions of an event ($1) that ended with a booking since $2, at most $3, and where to go on. What may still be joined by a
-- transaction under way comes again. A cursor of a future that never was (the database was restored) begins anew.
SELECT session_id, xid::text::bigint AS xid, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS upto
FROM finished_sessions
WHERE event_id = $1
    AND xid >= CASE
        WHEN $2::bigint::text::xid8 > pg_snapshot_xmax(pg_current_snapshot()) THEN '0'::xid8
        ELSE $2::bigint::text::xid8
    END
ORDER BY xid
LIMIT $3

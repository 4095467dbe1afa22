-- What the gates have learned since $1, the `upto` of the time before: a transaction still under way then had that number or
-- a higher one. Sessions that finished more than a day ago have long expired. One row at least.
SELECT s.upto, n.kind, n.event_id, n.admission_required, n.room_closed, n.epoch, n.word
FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS upto) s
LEFT JOIN (
    SELECT 'gate' AS kind, event_id, admission_required, room_closed, epoch, '' AS word
    FROM gates
    WHERE xid >= $1::bigint::text::xid8
    UNION ALL
    SELECT CASE account WHEN '' THEN 'session' ELSE 'account' END, event_id, NULL, NULL, NULL, session_id || account
    FROM revoked_admissions
    WHERE xid >= $1::bigint::text::xid8
    UNION ALL
    SELECT 'finished', event_id, NULL, NULL, NULL, session_id
    FROM finished_sessions
    WHERE xid >= $1::bigint::text::xid8 AND finished_at > now() - interval '1 day'
) n ON true

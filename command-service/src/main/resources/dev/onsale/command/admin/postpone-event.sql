-- An event is put off. Its old date stays while the new one is to be told, and counts for nothing.
-- $1 event, $2 new date or null, $3 opt-out until, $4 end of the sale or null, $5 whether the sale ends here, $6 why
WITH old AS (
    SELECT CASE WHEN date_known THEN event_date END AS event_date
    FROM events
    WHERE id = $1),
put_off AS (
    UPDATE events
    SET event_date = coalesce($2::timestamptz, event_date), date_known = $2::timestamptz IS NOT NULL, postponed = postponed + 1,
        opt_out_until = $3, sale_end = coalesce($4::timestamptz, sale_end),
        status = CASE WHEN $5 AND status IN ('on_sale', 'sold_out') THEN 'closed' ELSE status END
    WHERE id = $1
    RETURNING postponed)
INSERT INTO postponements (event_id, number, old_date, new_date, opt_out_until, reason)
SELECT $1, put_off.postponed, old.event_date, $2::timestamptz, $3, $6
FROM put_off, old
RETURNING id

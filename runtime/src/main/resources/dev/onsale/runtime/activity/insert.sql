-- What accounts did, one row each.
-- $1 when, $2 account, $3 method, $4 outcome, $5 event, $6 booking, $7 hold, $8 detail (JSON), $9 trace, $10 milliseconds
INSERT INTO activity (at, account, method, outcome, event_id, booking_id, hold_id, detail, trace, took_ms)
SELECT at, account, method, outcome, event_id, booking_id, hold_id, detail::jsonb, trace, took_ms
FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[],
            $10::bigint[]) AS rows (at, account, method, outcome, event_id, booking_id, hold_id, detail, trace, took_ms)

-- What was decided, one row each.
-- $1 id, $2 when, $3 account, $4 event, $5 method, $6 verdict, $7 enforced, $8 score, $9 signals (JSON), $10 calls
INSERT INTO risk_verdicts (id, at, account, event_id, method, verdict, enforced, score, signals, calls)
SELECT id, at, account, event_id, method, verdict, enforced, score, signals::jsonb, calls
FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::boolean[], $8::float8[], $9::text[],
            $10::int[]) AS rows (id, at, account, event_id, method, verdict, enforced, score, signals, calls)
ON CONFLICT (id) DO NOTHING

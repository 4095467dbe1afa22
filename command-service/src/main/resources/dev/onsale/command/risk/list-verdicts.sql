-- Verdicts, newest first.
-- $1 account or null, $2 event or null, $3 verdict or null, $4 from or null, $5 to or null, $6 and $7 the last one of the page before
-- (when, id) or null, $8 at most
SELECT id, at, account, event_id, method, verdict, enforced, score, signals, calls
FROM risk_verdicts
WHERE ($1::text IS NULL OR account = $1)
  AND ($2::uuid IS NULL OR event_id = $2)
  AND ($3::text IS NULL OR verdict = $3)
  AND ($4::timestamptz IS NULL OR at >= $4)
  AND ($5::timestamptz IS NULL OR at < $5)
  AND ($6::timestamptz IS NULL OR (at, id) < ($6, $7::uuid))
ORDER BY at DESC, id DESC
LIMIT $8

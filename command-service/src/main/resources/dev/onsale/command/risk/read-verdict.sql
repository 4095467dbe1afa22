-- One verdict.
-- $1 id
SELECT id, at, account, event_id, method, verdict, enforced, score, signals, calls FROM risk_verdicts WHERE id = $1

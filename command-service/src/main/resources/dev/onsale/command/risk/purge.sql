-- Forgets old verdicts, 5,000 rows at a time.
-- $1 days they are kept
DELETE FROM risk_verdicts
WHERE id IN (SELECT id FROM risk_verdicts WHERE at < now() - $1::int * interval '1 day' ORDER BY at LIMIT 5000)

-- Tried again after the pause, or parked when it was tried for too long. $1 webhook, $2 epoch, $3 number, $4 what went wrong,
-- $5 pause and $6 time to give up after, both in milliseconds
WITH mine AS (
    UPDATE partner_webhooks SET last_failure_at = now(), last_failure = $4 WHERE id = $1 AND owner_epoch = $2 RETURNING id)
UPDATE webhook_deliveries d
SET tries = tries + 1, first_try_at = coalesce(first_try_at, now()), next_try_at = now() + $5 * interval '1 millisecond',
    parked = coalesce(first_try_at, now()) + $6 * interval '1 millisecond' <= now()
FROM mine
WHERE d.webhook_id = mine.id AND d.number = $3

-- The news of payments were taken in up to here: never back, unless the adapter itself tells everything anew.
-- $1 token, $2 whether it does
INSERT INTO payment_news (follower, token)
VALUES ('bookings', $1)
ON CONFLICT (follower) DO UPDATE
SET token = excluded.token, moved_at = now()
WHERE $2 OR payment_news.token = ''
    OR (split_part(payment_news.token, '_', 1)::numeric, split_part(payment_news.token, '_', 2)::uuid)
        < (split_part(excluded.token, '_', 1)::numeric, split_part(excluded.token, '_', 2)::uuid)

-- Refunds that somebody must look at, and how old the oldest that is still tried is.
SELECT count(*) FILTER (WHERE state = 'stuck') AS stuck,
    coalesce(extract(epoch FROM now() - min(tried_since) FILTER (WHERE state = 'refunding')), 0)::float8 AS oldest_seconds
FROM cancellations
WHERE state IN ('refunding', 'stuck')

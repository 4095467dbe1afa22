-- Whether there is a key at all, one that is still to sign, and whether the newest is older than $1 milliseconds.
SELECT count(*) > 0 AS any, count(*) FILTER (WHERE signs_at > now()) > 0 AS pending,
    coalesce(max(signs_at) < now() - $1::bigint * interval '1 millisecond', true) AS old
FROM admission_keys

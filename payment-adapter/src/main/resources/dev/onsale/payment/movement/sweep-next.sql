-- What to compare next: $2 milliseconds at the most, nothing younger than $3 milliseconds.
SELECT swept_until AS since, least(swept_until + $2 * interval '1 millisecond', now() - $3 * interval '1 millisecond') AS until
FROM payment.sweeps
WHERE provider = $1

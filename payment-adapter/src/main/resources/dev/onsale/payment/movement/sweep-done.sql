UPDATE payment.sweeps
SET swept_until = $3
WHERE provider = $1 AND swept_until = $2

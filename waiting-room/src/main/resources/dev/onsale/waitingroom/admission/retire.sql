-- Every key before the next: shown until $2 milliseconds after that one ($1 milliseconds from now) began to sign.
UPDATE admission_keys
SET retires_at = now() + ($1::bigint + $2::bigint) * interval '1 millisecond'
WHERE retires_at IS NULL

UPDATE payment.attempts
SET outcome = $3::text::payment.attempt_outcome, detail = $4, ended_at = now()
WHERE payment_id = $1 AND number = $2

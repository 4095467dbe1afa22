-- Forgets what an account did and was answered, and why it was revoked; a revocation keeps a pseudonym.
-- $1 account, $2 pseudonym
WITH deeds AS (DELETE FROM activity WHERE account = $1 RETURNING 1),
answers AS (DELETE FROM idempotency WHERE account = $1 RETURNING 1),
revoked AS (UPDATE revocations SET account = $2 WHERE account = $1 RETURNING 1)
SELECT (SELECT count(*) FROM deeds) + (SELECT count(*) FROM answers) + (SELECT count(*) FROM revoked)
    + audit_forget_reasons(ARRAY[encode(sha256(convert_to($1, 'UTF8')), 'hex')]) AS forgotten

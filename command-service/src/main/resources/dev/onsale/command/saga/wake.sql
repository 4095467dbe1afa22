-- Makes parked runs due at once; those that only wait for a mail server stay. $1 kinds, $2 subjects
UPDATE sagas
SET next_run_at = now()
WHERE kind = ANY ($1) AND subject_id = ANY ($2) AND state IN ('running', 'compensating') AND owner IS NULL
    AND NOT background AND next_run_at > now()

-- Begins a run, unless there is one of this kind for the subject already.
-- $1 kind, $2 subject, $3 data, $4 first step to do, $5 trace of the call that begins it, $6 whether nobody waits for that step
INSERT INTO sagas (kind, subject_id, data, step, trace, background)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (kind, subject_id) DO NOTHING
RETURNING id

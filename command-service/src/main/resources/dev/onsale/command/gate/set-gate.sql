-- Sets a gate, unless a newer epoch is known.
-- $1 event, $2 whether an admission is required, $3 epoch
INSERT INTO gates (event_id, admission_required, epoch)
VALUES ($1, $2, $3)
ON CONFLICT (event_id) DO UPDATE
SET admission_required = excluded.admission_required, epoch = excluded.epoch, xid = pg_current_xact_id(), updated_at = now()
WHERE excluded.epoch >= gates.epoch
    AND (excluded.admission_required, excluded.epoch) <> (gates.admission_required, gates.epoch)

-- Sets a gate, unless a newer epoch is known.
-- $1 event, $2 whether an admission is required, $3 epoch, $4 whether the room is closed
INSERT INTO gates (event_id, admission_required, epoch, room_closed)
VALUES ($1, $2, $3, $4)
ON CONFLICT (event_id) DO UPDATE
SET admission_required = excluded.admission_required, epoch = excluded.epoch, room_closed = excluded.room_closed,
    xid = pg_current_xact_id(), updated_at = now()
WHERE excluded.epoch >= gates.epoch
    AND (excluded.admission_required, excluded.epoch, excluded.room_closed)
        <> (gates.admission_required, gates.epoch, gates.room_closed)

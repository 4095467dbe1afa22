-- A saga is part of the trace of the call that began it, on whichever node it runs.

ALTER TABLE sagas ADD COLUMN trace text;

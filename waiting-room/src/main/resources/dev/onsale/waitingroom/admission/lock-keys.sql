-- One rotates at a time, until the transaction ends.
SELECT pg_advisory_xact_lock(hashtext('waiting_room.admission_keys'))

-- Keys that nobody can have a token of any more.
DELETE FROM admission_keys WHERE retires_at < now()

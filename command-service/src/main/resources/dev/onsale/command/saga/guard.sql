-- Whether this owner still owns the run; if so, nobody else gets it until the transaction ends.
-- $1 saga, $2 owner epoch
SELECT 1 FROM sagas WHERE id = $1 AND owner_epoch = $2 FOR SHARE

-- $1 fan, $2 what stands for it, $3 account, $4 what stands for it. Takes a fan off all lists; what it took stays, as somebody's.
WITH listed AS (DELETE FROM presale_fans WHERE fan = $1 RETURNING 1),
    uses AS (UPDATE presale_uses SET fan = $2 WHERE fan = $1 RETURNING 1),
    holds AS (UPDATE presale_holds SET fan = $2 WHERE fan = $1 RETURNING 1),
    overrides AS (UPDATE hold_overrides SET account = $4 WHERE account = $3 RETURNING 1)
SELECT (SELECT count(*) FROM listed) + (SELECT count(*) FROM uses) + (SELECT count(*) FROM holds)
    + (SELECT count(*) FROM overrides) AS removed

-- $1 code. Counts a use, if one is left.
UPDATE presale_codes SET used = used + 1 WHERE id = $1 AND used < max_uses

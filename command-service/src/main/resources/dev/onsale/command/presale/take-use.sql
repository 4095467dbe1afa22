-- $1 event, $2 number of the presale, $3 fan, $4 code (null: by the list). Lets the fan in for good; answers a row if that is new.
INSERT INTO presale_uses (presale_id, fan, code_id)
SELECT id, $3::text, $4::bigint FROM presales WHERE event_id = $1 AND number = $2
ON CONFLICT (presale_id, fan) DO UPDATE
SET code_id = excluded.code_id, taken_at = now()
WHERE presale_uses.code_id IS DISTINCT FROM excluded.code_id
RETURNING code_id

-- $1 hold, $2 event, $3 number of the presale, $4 fan, $5 code (null: by the list). Notes by what a hold was made.
INSERT INTO presale_holds (hold_id, presale_id, fan, code_id)
SELECT $1::text, id, $4::text, $5::bigint FROM presales WHERE event_id = $2 AND number = $3
ON CONFLICT (hold_id) DO UPDATE SET presale_id = excluded.presale_id, fan = excluded.fan, code_id = excluded.code_id

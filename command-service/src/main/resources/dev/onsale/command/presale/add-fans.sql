-- $1 presale, $2 fans. Puts them on the list.
INSERT INTO presale_fans (presale_id, fan) SELECT $1::uuid, unnest($2::text[]) ON CONFLICT DO NOTHING

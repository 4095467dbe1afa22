-- $1 name, $2 description.
INSERT INTO series (name, description)
VALUES ($1, $2)
RETURNING id

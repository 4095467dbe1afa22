-- $1 name, $2 address, $3 city, $4 country, $5 time zone, $6 latitude, $7 longitude.
INSERT INTO venues (name, address, city, country, time_zone, latitude, longitude)
VALUES ($1, $2, $3, $4, $5, $6, $7)
RETURNING id

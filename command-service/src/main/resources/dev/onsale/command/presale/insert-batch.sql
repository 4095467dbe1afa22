-- $1 batch, $2 presale, $3 label, $4 how many codes, $5 whether they were made here
INSERT INTO presale_batches (id, presale_id, label, size, generated) VALUES ($1, $2, $3, $4, $5)

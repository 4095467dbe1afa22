-- One cancellation.
-- $1 cancellation
SELECT * FROM given_back WHERE id = $1

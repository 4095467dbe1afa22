-- Until the end of this transaction: tens of thousands of seats on a busy machine take longer than a fan's statement may.
SELECT set_config('statement_timeout', '60s', true)

-- Takes the next free moment for a refund of a cancelled event, and says how long it is until then.
-- $1 microseconds from one refund to the next
UPDATE refund_pace
SET next_at = greatest(next_at, clock_timestamp()) + $1 * interval '1 microsecond'
RETURNING greatest(0, extract(epoch FROM next_at - $1 * interval '1 microsecond' - clock_timestamp()) * 1000)::bigint AS wait_ms

-- Events the account had to do with, as far as rows tell, and those that Redis may have it in.
-- $1 account
SELECT DISTINCT event_id, told FROM (
    SELECT event_id, true AS told FROM bookings WHERE user_id = $1
    UNION ALL SELECT event_id, true FROM tickets WHERE user_id = $1
    UNION ALL SELECT event_id, true FROM activity WHERE account = $1 AND event_id IS NOT NULL
    UNION ALL SELECT event_id, true FROM durable_holds WHERE account = $1
    UNION ALL SELECT id, false FROM events WHERE epoch > 0 AND status IN ('on_sale', 'sold_out', 'closed')) AS all_of_them

-- How far the news of payments were taken in.
SELECT token FROM payment_news WHERE follower = 'bookings'

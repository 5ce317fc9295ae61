-- trino
WITH settings AS (SELECT as_of_on, inactivity_days
FROM config.settings
WHERE churn_rule = 'inactivity'), customers AS (SELECT customers.customer_id, customers.acquired_on
FROM intermediate.customers
CROSS JOIN settings), order_days AS (SELECT customers.customer_id, customers.acquired_on AS ordered_on
FROM customers
WHERE NOT customers.acquired_on IS NULL UNION
SELECT customers.customer_id, orders_placed.ordered_on
FROM customers
INNER JOIN intermediate.orders_placed ON orders_placed.customer_id = customers.customer_id AND COALESCE(orders_placed.ordered_on >= customers.acquired_on, TRUE)), order_days_with_neighbours AS (SELECT customer_id, ordered_on, LAG(ordered_on) OVER (PARTITION BY customer_id ORDER BY ordered_on) AS previous_ordered_on, LEAD(ordered_on) OVER (PARTITION BY customer_id ORDER BY ordered_on) AS next_ordered_on
FROM order_days), activity_edges AS (SELECT days.customer_id, days.ordered_on, days.previous_ordered_on IS NULL OR days.ordered_on > date_add('day', settings.inactivity_days, days.previous_ordered_on) AS is_first, CASE WHEN days.next_ordered_on > date_add('day', settings.inactivity_days, days.ordered_on) OR (days.next_ordered_on IS NULL AND date_add('day', settings.inactivity_days, days.ordered_on) <= settings.as_of_on) THEN date_add('day', settings.inactivity_days, days.ordered_on) END AS lost_on
FROM order_days_with_neighbours AS days
CROSS JOIN settings), activity_runs AS (SELECT customer_id, ordered_on, lost_on, SUM(CASE WHEN is_first THEN 1 ELSE 0 END) OVER (PARTITION BY customer_id ORDER BY ordered_on) AS run_number
FROM activity_edges), intervals AS (SELECT customer_id, MIN(ordered_on) AS began_on, MAX(lost_on) AS ended_on
FROM activity_runs
GROUP BY customer_id, run_number)
SELECT *
FROM intervals

-- spark
WITH settings AS (SELECT as_of_on, inactivity_days
FROM config.settings
WHERE churn_rule = 'inactivity'), customers AS (SELECT customers.customer_id, customers.acquired_on
FROM intermediate.customers
CROSS JOIN settings), order_days AS (SELECT customers.customer_id, customers.acquired_on AS ordered_on
FROM customers
WHERE NOT customers.acquired_on IS NULL UNION
SELECT customers.customer_id, orders_placed.ordered_on
FROM customers
INNER JOIN intermediate.orders_placed ON orders_placed.customer_id = customers.customer_id AND COALESCE(orders_placed.ordered_on >= customers.acquired_on, TRUE)), order_days_with_neighbours AS (SELECT customer_id, ordered_on, LAG(ordered_on) OVER (PARTITION BY customer_id ORDER BY ordered_on NULLS LAST) AS previous_ordered_on, LEAD(ordered_on) OVER (PARTITION BY customer_id ORDER BY ordered_on NULLS LAST) AS next_ordered_on
FROM order_days), activity_edges AS (SELECT days.customer_id, days.ordered_on, days.previous_ordered_on IS NULL OR days.ordered_on > date_add(days.previous_ordered_on, settings.inactivity_days) AS is_first, CASE WHEN days.next_ordered_on > date_add(days.ordered_on, settings.inactivity_days) OR (days.next_ordered_on IS NULL AND date_add(days.ordered_on, settings.inactivity_days) <= settings.as_of_on) THEN date_add(days.ordered_on, settings.inactivity_days) END AS lost_on
FROM order_days_with_neighbours AS days
CROSS JOIN settings), activity_runs AS (SELECT customer_id, ordered_on, lost_on, SUM(CASE WHEN is_first THEN 1 ELSE 0 END) OVER (PARTITION BY customer_id ORDER BY ordered_on NULLS LAST) AS run_number
FROM activity_edges), intervals AS (SELECT customer_id, MIN(ordered_on) AS began_on, MAX(lost_on) AS ended_on
FROM activity_runs
GROUP BY customer_id, run_number)
SELECT *
FROM intervals

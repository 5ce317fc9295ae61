-- trino
WITH orders AS (SELECT customer_id, ordered_on, ordered_month
FROM intermediate.orders_placed), periods AS (SELECT role, grain, period_start, period_end, cutoff_on
FROM intermediate.periods
WHERE role <> 'period'), grains AS (SELECT grain, month_count, end_month
FROM intermediate.grains), order_months AS (SELECT customer_id, ordered_month AS month_number, COUNT(*) AS order_count
FROM orders
GROUP BY customer_id, ordered_month), order_months_with_neighbours AS (SELECT customer_id, month_number, order_count, LAG(month_number) OVER (PARTITION BY customer_id ORDER BY month_number) AS previous_month, LEAD(month_number) OVER (PARTITION BY customer_id ORDER BY month_number) AS next_month
FROM order_months), ends AS (SELECT customer_id, month_number + 1 AS first_end, CASE WHEN order_count > 1 THEN month_number WHEN NOT previous_month IS NULL AND previous_month + 12 > month_number THEN least(coalesce(previous_month + 12, COALESCE(next_month, month_number + 12), month_number + 12), coalesce(COALESCE(next_month, month_number + 12), month_number + 12, previous_month + 12), coalesce(month_number + 12, previous_month + 12, COALESCE(next_month, month_number + 12))) ELSE month_number END AS last_repeat_end_of_single, order_count, least(coalesce(COALESCE(next_month, month_number + 12), month_number + 12), coalesce(month_number + 12, COALESCE(next_month, month_number + 12))) AS last_end
FROM order_months_with_neighbours), stretches AS (SELECT customer_id, first_end, CASE WHEN order_count > 1 THEN last_end ELSE last_repeat_end_of_single END AS last_end, TRUE AS is_repeat
FROM ends
UNION ALL
SELECT customer_id, last_repeat_end_of_single + 1 AS first_end, last_end, FALSE AS is_repeat
FROM ends
WHERE order_count = 1), runs AS (SELECT stretches.customer_id, grains.grain, grains.month_count * ((stretches.first_end - 1) / (grains.month_count)) AS first_month, least(coalesce(grains.month_count * ((stretches.last_end) / (grains.month_count)), grains.end_month), coalesce(grains.end_month, grains.month_count * ((stretches.last_end) / (grains.month_count)))) AS until_month, stretches.is_repeat
FROM stretches
CROSS JOIN grains
WHERE stretches.first_end <= stretches.last_end), elapsed_counts AS (SELECT periods.role, periods.grain, orders.customer_id, periods.period_start, COUNT(*) AS order_count
FROM orders
INNER JOIN periods ON orders.ordered_on >= date_add('month', -12, periods.period_end) AND orders.ordered_on < periods.cutoff_on
GROUP BY periods.role, periods.grain, orders.customer_id, periods.period_start), order_runs AS (SELECT 'period' AS role, grain, customer_id, date_add('month', (first_month) - 23640, date '1970-01-01') AS period_start, date_add('month', (until_month) - 23640, date '1970-01-01') AS until_start, is_repeat
FROM runs
WHERE first_month < until_month
UNION ALL
SELECT role, grain, customer_id, period_start, CAST(NULL AS DATE) AS until_start, order_count > 1 AS is_repeat
FROM elapsed_counts)
SELECT *
FROM order_runs

-- spark
WITH orders AS (SELECT customer_id, ordered_on, ordered_month
FROM intermediate.orders_placed), periods AS (SELECT role, grain, period_start, period_end, cutoff_on
FROM intermediate.periods
WHERE role <> 'period'), grains AS (SELECT grain, month_count, end_month
FROM intermediate.grains), order_months AS (SELECT customer_id, ordered_month AS month_number, COUNT(*) AS order_count
FROM orders
GROUP BY customer_id, ordered_month), order_months_with_neighbours AS (SELECT customer_id, month_number, order_count, LAG(month_number) OVER (PARTITION BY customer_id ORDER BY month_number NULLS LAST) AS previous_month, LEAD(month_number) OVER (PARTITION BY customer_id ORDER BY month_number NULLS LAST) AS next_month
FROM order_months), ends AS (SELECT customer_id, month_number + 1 AS first_end, CASE WHEN order_count > 1 THEN month_number WHEN NOT previous_month IS NULL AND previous_month + 12 > month_number THEN least(previous_month + 12, COALESCE(next_month, month_number + 12), month_number + 12) ELSE month_number END AS last_repeat_end_of_single, order_count, least(COALESCE(next_month, month_number + 12), month_number + 12) AS last_end
FROM order_months_with_neighbours), stretches AS (SELECT customer_id, first_end, CASE WHEN order_count > 1 THEN last_end ELSE last_repeat_end_of_single END AS last_end, TRUE AS is_repeat
FROM ends
UNION ALL
SELECT customer_id, last_repeat_end_of_single + 1 AS first_end, last_end, FALSE AS is_repeat
FROM ends
WHERE order_count = 1), runs AS (SELECT stretches.customer_id, grains.grain, grains.month_count * ((stretches.first_end - 1) div (grains.month_count)) AS first_month, least(grains.month_count * ((stretches.last_end) div (grains.month_count)), grains.end_month) AS until_month, stretches.is_repeat
FROM stretches
CROSS JOIN grains
WHERE stretches.first_end <= stretches.last_end), elapsed_counts AS (SELECT periods.role, periods.grain, orders.customer_id, periods.period_start, COUNT(*) AS order_count
FROM orders
INNER JOIN periods ON orders.ordered_on >= add_months(periods.period_end, -12) AND orders.ordered_on < periods.cutoff_on
GROUP BY periods.role, periods.grain, orders.customer_id, periods.period_start), order_runs AS (SELECT 'period' AS role, grain, customer_id, add_months(date '1970-01-01', cast((first_month) - 23640 as int)) AS period_start, add_months(date '1970-01-01', cast((until_month) - 23640 as int)) AS until_start, is_repeat
FROM runs
WHERE first_month < until_month
UNION ALL
SELECT role, grain, customer_id, period_start, CAST(NULL AS DATE) AS until_start, order_count > 1 AS is_repeat
FROM elapsed_counts)
SELECT *
FROM order_runs

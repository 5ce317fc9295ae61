-- trino
SELECT order_runs.role, order_runs.grain, order_runs.period_start, order_runs.until_start, order_runs.customer_id, CASE WHEN order_runs.is_repeat THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.order_runs AS order_runs

-- spark
SELECT order_runs.role, order_runs.grain, order_runs.period_start, order_runs.until_start, order_runs.customer_id, CASE WHEN order_runs.is_repeat THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.order_runs AS order_runs

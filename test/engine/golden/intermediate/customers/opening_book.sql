-- trino
WITH intervals AS (SELECT customer_id, began_on, ended_on, began_month, ended_month
FROM intermediate.customer_intervals), periods AS (SELECT role, grain, period_start
FROM intermediate.periods
WHERE role <> 'period'), grains AS (SELECT grain, month_count, end_month
FROM intermediate.grains), runs AS (SELECT intervals.customer_id, grains.grain, grains.month_count * (((intervals.began_month) / (grains.month_count)) + 1) AS first_month, COALESCE(grains.month_count * (((intervals.ended_month) / (grains.month_count)) + 1), grains.end_month) AS until_month
FROM intervals
CROSS JOIN grains), book AS (SELECT 'period' AS role, grain, customer_id, date_add('month', (first_month) - 23640, date '1970-01-01') AS period_start, date_add('month', (until_month) - 23640, date '1970-01-01') AS until_start
FROM runs
WHERE first_month < until_month
UNION ALL
SELECT periods.role, periods.grain, intervals.customer_id, periods.period_start, CAST(NULL AS DATE) AS until_start
FROM intervals
INNER JOIN periods ON intervals.began_on < periods.period_start AND COALESCE(intervals.ended_on, CAST('9999-12-31' AS DATE)) >= periods.period_start)
SELECT *
FROM book

-- spark
WITH intervals AS (SELECT customer_id, began_on, ended_on, began_month, ended_month
FROM intermediate.customer_intervals), periods AS (SELECT role, grain, period_start
FROM intermediate.periods
WHERE role <> 'period'), grains AS (SELECT grain, month_count, end_month
FROM intermediate.grains), runs AS (SELECT intervals.customer_id, grains.grain, grains.month_count * (((intervals.began_month) div (grains.month_count)) + 1) AS first_month, COALESCE(grains.month_count * (((intervals.ended_month) div (grains.month_count)) + 1), grains.end_month) AS until_month
FROM intervals
CROSS JOIN grains), book AS (SELECT 'period' AS role, grain, customer_id, add_months(date '1970-01-01', cast((first_month) - 23640 as int)) AS period_start, add_months(date '1970-01-01', cast((until_month) - 23640 as int)) AS until_start
FROM runs
WHERE first_month < until_month
UNION ALL
SELECT periods.role, periods.grain, intervals.customer_id, periods.period_start, CAST(NULL AS DATE) AS until_start
FROM intervals
INNER JOIN periods ON intervals.began_on < periods.period_start AND COALESCE(intervals.ended_on, CAST('9999-12-31' AS DATE)) >= periods.period_start)
SELECT *
FROM book

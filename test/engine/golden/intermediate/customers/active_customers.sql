-- trino
WITH intervals AS (SELECT customer_id, began_on, ended_on, began_month, last_month
FROM intermediate.customer_intervals
WHERE ended_on IS NULL OR ended_on > began_on), periods AS (SELECT role, grain, period_start, cutoff_on
FROM intermediate.periods
WHERE role <> 'period'), grains AS (SELECT grain, month_count, first_month, end_month
FROM intermediate.grains), spans AS (SELECT intervals.customer_id, intervals.began_on, grains.grain, greatest(coalesce(grains.month_count * ((intervals.began_month) / (grains.month_count)), grains.first_month), coalesce(grains.first_month, grains.month_count * ((intervals.began_month) / (grains.month_count)))) AS first_month, COALESCE(grains.month_count * (((intervals.last_month) / (grains.month_count)) + 1), grains.end_month) AS until_month
FROM intervals
CROSS JOIN grains), runs AS (SELECT customer_id, grain, greatest(coalesce(first_month, COALESCE(LAG(until_month) OVER (PARTITION BY customer_id, grain ORDER BY began_on), first_month)), coalesce(COALESCE(LAG(until_month) OVER (PARTITION BY customer_id, grain ORDER BY began_on), first_month), first_month)) AS first_month, until_month
FROM spans), active AS (SELECT 'period' AS role, grain, customer_id, date_add('month', (first_month) - 23640, date '1970-01-01') AS period_start, date_add('month', (until_month) - 23640, date '1970-01-01') AS until_start
FROM runs
WHERE first_month < until_month
UNION ALL
SELECT DISTINCT periods.role, periods.grain, intervals.customer_id, periods.period_start, CAST(NULL AS DATE) AS until_start
FROM intervals
INNER JOIN periods ON intervals.began_on < periods.cutoff_on AND COALESCE(intervals.ended_on, CAST('9999-12-31' AS DATE)) > periods.period_start)
SELECT *
FROM active

-- spark
WITH intervals AS (SELECT customer_id, began_on, ended_on, began_month, last_month
FROM intermediate.customer_intervals
WHERE ended_on IS NULL OR ended_on > began_on), periods AS (SELECT role, grain, period_start, cutoff_on
FROM intermediate.periods
WHERE role <> 'period'), grains AS (SELECT grain, month_count, first_month, end_month
FROM intermediate.grains), spans AS (SELECT intervals.customer_id, intervals.began_on, grains.grain, greatest(grains.month_count * ((intervals.began_month) div (grains.month_count)), grains.first_month) AS first_month, COALESCE(grains.month_count * (((intervals.last_month) div (grains.month_count)) + 1), grains.end_month) AS until_month
FROM intervals
CROSS JOIN grains), runs AS (SELECT customer_id, grain, greatest(first_month, COALESCE(LAG(until_month) OVER (PARTITION BY customer_id, grain ORDER BY began_on NULLS LAST), first_month)) AS first_month, until_month
FROM spans), active AS (SELECT 'period' AS role, grain, customer_id, add_months(date '1970-01-01', cast((first_month) - 23640 as int)) AS period_start, add_months(date '1970-01-01', cast((until_month) - 23640 as int)) AS until_start
FROM runs
WHERE first_month < until_month
UNION ALL
SELECT DISTINCT periods.role, periods.grain, intervals.customer_id, periods.period_start, CAST(NULL AS DATE) AS until_start
FROM intervals
INNER JOIN periods ON intervals.began_on < periods.cutoff_on AND COALESCE(intervals.ended_on, CAST('9999-12-31' AS DATE)) > periods.period_start)
SELECT *
FROM active

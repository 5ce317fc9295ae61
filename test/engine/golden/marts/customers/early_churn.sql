-- trino
WITH settings AS (SELECT churn_rule
FROM config.settings), customers AS (SELECT customer_id, acquired_on
FROM intermediate.customers), beginnings AS (SELECT customers.customer_id, customers.acquired_on AS began_on
FROM customers
INNER JOIN settings ON settings.churn_rule <> 'contract'
WHERE NOT customers.acquired_on IS NULL
UNION ALL
SELECT intervals.customer_id, MIN(intervals.began_on) AS began_on
FROM intermediate.customer_intervals AS intervals
INNER JOIN settings ON settings.churn_rule = 'contract'
GROUP BY intervals.customer_id), periods AS (SELECT role, grain, period_start, cutoff_on
FROM intermediate.periods), acquired AS (SELECT periods.role, periods.grain, periods.period_start, periods.cutoff_on, beginnings.customer_id
FROM beginnings
INNER JOIN periods ON beginnings.began_on >= periods.period_start AND beginnings.began_on < periods.cutoff_on), active_at_end AS (SELECT acquired.role, acquired.grain, acquired.period_start, acquired.customer_id
FROM acquired
INNER JOIN intermediate.customer_intervals AS intervals ON intervals.customer_id = acquired.customer_id AND intervals.began_on < acquired.cutoff_on AND COALESCE(intervals.ended_on, CAST('9999-12-31' AS DATE)) >= acquired.cutoff_on), cases AS (SELECT acquired.role, acquired.grain, acquired.period_start, CAST(NULL AS DATE) AS until_start, acquired.customer_id, CASE WHEN active_at_end.customer_id IS NULL THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM acquired
LEFT JOIN active_at_end ON active_at_end.customer_id = acquired.customer_id AND active_at_end.role = acquired.role AND active_at_end.grain = acquired.grain AND active_at_end.period_start = acquired.period_start)
SELECT *
FROM cases

-- spark
WITH settings AS (SELECT churn_rule
FROM config.settings), customers AS (SELECT customer_id, acquired_on
FROM intermediate.customers), beginnings AS (SELECT customers.customer_id, customers.acquired_on AS began_on
FROM customers
INNER JOIN settings ON settings.churn_rule <> 'contract'
WHERE NOT customers.acquired_on IS NULL
UNION ALL
SELECT intervals.customer_id, MIN(intervals.began_on) AS began_on
FROM intermediate.customer_intervals AS intervals
INNER JOIN settings ON settings.churn_rule = 'contract'
GROUP BY intervals.customer_id), periods AS (SELECT role, grain, period_start, cutoff_on
FROM intermediate.periods), acquired AS (SELECT periods.role, periods.grain, periods.period_start, periods.cutoff_on, beginnings.customer_id
FROM beginnings
INNER JOIN periods ON beginnings.began_on >= periods.period_start AND beginnings.began_on < periods.cutoff_on), active_at_end AS (SELECT acquired.role, acquired.grain, acquired.period_start, acquired.customer_id
FROM acquired
INNER JOIN intermediate.customer_intervals AS intervals ON intervals.customer_id = acquired.customer_id AND intervals.began_on < acquired.cutoff_on AND COALESCE(intervals.ended_on, CAST('9999-12-31' AS DATE)) >= acquired.cutoff_on), cases AS (SELECT acquired.role, acquired.grain, acquired.period_start, CAST(NULL AS DATE) AS until_start, acquired.customer_id, CASE WHEN active_at_end.customer_id IS NULL THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM acquired
LEFT JOIN active_at_end ON active_at_end.customer_id = acquired.customer_id AND active_at_end.role = acquired.role AND active_at_end.grain = acquired.grain AND active_at_end.period_start = acquired.period_start)
SELECT *
FROM cases

-- trino
WITH intervals AS (SELECT customer_id, began_on, ended_on, reason_category
FROM intermediate.status_intervals
UNION ALL
SELECT customer_id, began_on, ended_on, reason_category
FROM intermediate.contract_intervals
UNION ALL
SELECT customer_id, began_on, ended_on, CAST(NULL AS VARCHAR) AS reason_category
FROM intermediate.inactivity_intervals), intervals_with_next AS (SELECT customer_id, began_on, ended_on, reason_category, LEAD(began_on) OVER (PARTITION BY customer_id ORDER BY began_on) AS next_began_on, YEAR(began_on) * 12 + MONTH(began_on) - 1 AS began_month, YEAR(ended_on) * 12 + MONTH(ended_on) - 1 AS ended_month, YEAR(date_add('day', -1, ended_on)) * 12 + MONTH(date_add('day', -1, ended_on)) - 1 AS last_month
FROM intervals)
SELECT *
FROM intervals_with_next

-- spark
WITH intervals AS (SELECT customer_id, began_on, ended_on, reason_category
FROM intermediate.status_intervals
UNION ALL
SELECT customer_id, began_on, ended_on, reason_category
FROM intermediate.contract_intervals
UNION ALL
SELECT customer_id, began_on, ended_on, CAST(NULL AS STRING) AS reason_category
FROM intermediate.inactivity_intervals), intervals_with_next AS (SELECT customer_id, began_on, ended_on, reason_category, LEAD(began_on) OVER (PARTITION BY customer_id ORDER BY began_on NULLS LAST) AS next_began_on, YEAR(began_on) * 12 + MONTH(began_on) - 1 AS began_month, YEAR(ended_on) * 12 + MONTH(ended_on) - 1 AS ended_month, YEAR(date_add(ended_on, -1)) * 12 + MONTH(date_add(ended_on, -1)) - 1 AS last_month
FROM intervals)
SELECT *
FROM intervals_with_next

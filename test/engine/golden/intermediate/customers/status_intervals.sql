-- trino
WITH settings AS (SELECT as_of_on
FROM config.settings
WHERE churn_rule = 'status'), customers AS (SELECT customers.customer_id, customers.acquired_on
FROM intermediate.customers
CROSS JOIN settings), days AS (SELECT customer_status.customer_id, customer_status.changed_on, MIN(customer_status.status) AS status, MIN(customer_status.reason_category) AS reason_category
FROM staging.customer_status
INNER JOIN settings ON customer_status.changed_on <= settings.as_of_on
GROUP BY customer_status.customer_id, customer_status.changed_on HAVING MIN(customer_status.status) = MAX(customer_status.status)), days_with_first AS (SELECT customer_id, changed_on, status, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY changed_on) AS day_number
FROM days), record AS (SELECT covers_from AS first_on
FROM config.table_records
WHERE table_name = 'customer_status'), beginnings AS (SELECT customers.customer_id, CASE WHEN NOT customers.acquired_on IS NULL THEN customers.acquired_on WHEN first_days.status = 'active' THEN first_days.changed_on ELSE date_add('day', -1, least(coalesce(COALESCE(record.first_on, first_days.changed_on), COALESCE(first_days.changed_on, record.first_on)), coalesce(COALESCE(first_days.changed_on, record.first_on), COALESCE(record.first_on, first_days.changed_on)))) END AS changed_on
FROM customers
CROSS JOIN record
LEFT JOIN days_with_first AS first_days ON first_days.customer_id = customers.customer_id AND first_days.day_number = 1), changes AS (SELECT customer_id, changed_on, 'active' AS status, CAST(NULL AS VARCHAR) AS reason_category, 0 AS order_of_day
FROM beginnings
WHERE NOT changed_on IS NULL
UNION ALL
SELECT days.customer_id, days.changed_on, days.status, days.reason_category, 1 AS order_of_day
FROM days
INNER JOIN beginnings ON beginnings.customer_id = days.customer_id AND beginnings.changed_on <= days.changed_on), changes_with_previous AS (SELECT customer_id, changed_on, status, reason_category, order_of_day, LAG(status) OVER (PARTITION BY customer_id ORDER BY changed_on, order_of_day) AS previous_status
FROM changes), turns AS (SELECT customer_id, changed_on, status, LEAD(changed_on) OVER (PARTITION BY customer_id ORDER BY changed_on, order_of_day) AS next_changed_on, LEAD(reason_category) OVER (PARTITION BY customer_id ORDER BY changed_on, order_of_day) AS next_reason_category
FROM changes_with_previous
WHERE previous_status IS NULL OR previous_status <> status), intervals AS (SELECT customer_id, changed_on AS began_on, next_changed_on AS ended_on, next_reason_category AS reason_category
FROM turns
WHERE status = 'active')
SELECT *
FROM intervals

-- spark
WITH settings AS (SELECT as_of_on
FROM config.settings
WHERE churn_rule = 'status'), customers AS (SELECT customers.customer_id, customers.acquired_on
FROM intermediate.customers
CROSS JOIN settings), days AS (SELECT customer_status.customer_id, customer_status.changed_on, MIN(customer_status.status) AS status, MIN(customer_status.reason_category) AS reason_category
FROM staging.customer_status
INNER JOIN settings ON customer_status.changed_on <= settings.as_of_on
GROUP BY customer_status.customer_id, customer_status.changed_on HAVING MIN(customer_status.status) = MAX(customer_status.status)), days_with_first AS (SELECT customer_id, changed_on, status, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY changed_on NULLS LAST) AS day_number
FROM days), record AS (SELECT covers_from AS first_on
FROM config.table_records
WHERE table_name = 'customer_status'), beginnings AS (SELECT customers.customer_id, CASE WHEN NOT customers.acquired_on IS NULL THEN customers.acquired_on WHEN first_days.status = 'active' THEN first_days.changed_on ELSE date_add(least(COALESCE(record.first_on, first_days.changed_on), COALESCE(first_days.changed_on, record.first_on)), -1) END AS changed_on
FROM customers
CROSS JOIN record
LEFT JOIN days_with_first AS first_days ON first_days.customer_id = customers.customer_id AND first_days.day_number = 1), changes AS (SELECT customer_id, changed_on, 'active' AS status, CAST(NULL AS STRING) AS reason_category, 0 AS order_of_day
FROM beginnings
WHERE NOT changed_on IS NULL
UNION ALL
SELECT days.customer_id, days.changed_on, days.status, days.reason_category, 1 AS order_of_day
FROM days
INNER JOIN beginnings ON beginnings.customer_id = days.customer_id AND beginnings.changed_on <= days.changed_on), changes_with_previous AS (SELECT customer_id, changed_on, status, reason_category, order_of_day, LAG(status) OVER (PARTITION BY customer_id ORDER BY changed_on NULLS LAST, order_of_day NULLS LAST) AS previous_status
FROM changes), turns AS (SELECT customer_id, changed_on, status, LEAD(changed_on) OVER (PARTITION BY customer_id ORDER BY changed_on NULLS LAST, order_of_day NULLS LAST) AS next_changed_on, LEAD(reason_category) OVER (PARTITION BY customer_id ORDER BY changed_on NULLS LAST, order_of_day NULLS LAST) AS next_reason_category
FROM changes_with_previous
WHERE previous_status IS NULL OR previous_status <> status), intervals AS (SELECT customer_id, changed_on AS began_on, next_changed_on AS ended_on, next_reason_category AS reason_category
FROM turns
WHERE status = 'active')
SELECT *
FROM intervals

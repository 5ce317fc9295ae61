-- trino
WITH opening_book AS (SELECT role, grain, period_start, until_start, customer_id, FALSE AS is_loss, CAST(NULL AS VARCHAR) AS reason, 0 AS numerator, 1 AS denominator
FROM intermediate.opening_book), loss AS (SELECT role, grain, period_start, CAST(NULL AS DATE) AS until_start, customer_id, TRUE AS is_loss, COALESCE(reason_category, '(unknown)') AS reason, 1 AS numerator, 0 AS denominator
FROM intermediate.customer_losses), cases AS (SELECT *
FROM opening_book
UNION ALL
SELECT *
FROM loss)
SELECT *
FROM cases

-- spark
WITH opening_book AS (SELECT role, grain, period_start, until_start, customer_id, FALSE AS is_loss, CAST(NULL AS STRING) AS reason, 0 AS numerator, 1 AS denominator
FROM intermediate.opening_book), loss AS (SELECT role, grain, period_start, CAST(NULL AS DATE) AS until_start, customer_id, TRUE AS is_loss, COALESCE(reason_category, '(unknown)') AS reason, 1 AS numerator, 0 AS denominator
FROM intermediate.customer_losses), cases AS (SELECT *
FROM opening_book
UNION ALL
SELECT *
FROM loss)
SELECT *
FROM cases

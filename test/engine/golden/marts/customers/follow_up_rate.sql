-- trino
WITH opening_book AS (SELECT role, grain, period_start, until_start, customer_id, FALSE AS is_follow_up, 0 AS numerator, 1 AS denominator
FROM intermediate.opening_book), follow_up AS (SELECT role, grain, period_start, CAST(NULL AS DATE) AS until_start, customer_id, TRUE AS is_follow_up, 1 AS numerator, 0 AS denominator
FROM intermediate.follow_ups), cases AS (SELECT *
FROM opening_book
UNION ALL
SELECT *
FROM follow_up)
SELECT *
FROM cases

-- spark
WITH opening_book AS (SELECT role, grain, period_start, until_start, customer_id, FALSE AS is_follow_up, 0 AS numerator, 1 AS denominator
FROM intermediate.opening_book), follow_up AS (SELECT role, grain, period_start, CAST(NULL AS DATE) AS until_start, customer_id, TRUE AS is_follow_up, 1 AS numerator, 0 AS denominator
FROM intermediate.follow_ups), cases AS (SELECT *
FROM opening_book
UNION ALL
SELECT *
FROM follow_up)
SELECT *
FROM cases

-- trino
WITH active_customers AS (SELECT role, grain, period_start, until_start, customer_id, CAST(NULL AS VARCHAR) AS ticket_id, FALSE AS is_elapsed, CAST(NULL AS VARCHAR) AS channel, CAST(NULL AS VARCHAR) AS type, CAST(NULL AS VARCHAR) AS class, CAST(NULL AS VARCHAR) AS severity, CAST(NULL AS VARCHAR) AS agent, FALSE AS is_praise, 0 AS numerator, 1 AS denominator
FROM intermediate.active_customers), tickets AS (SELECT role, grain, period_start, CAST(NULL AS DATE) AS until_start, customer_id, ticket_id, is_elapsed, channel, type, class, severity, agent, TRUE AS is_praise, 1 AS numerator, 0 AS denominator
FROM intermediate.ticket_windows
WHERE type = 'praise'), cases AS (SELECT *
FROM active_customers
UNION ALL
SELECT *
FROM tickets)
SELECT *
FROM cases

-- spark
WITH active_customers AS (SELECT role, grain, period_start, until_start, customer_id, CAST(NULL AS STRING) AS ticket_id, FALSE AS is_elapsed, CAST(NULL AS STRING) AS channel, CAST(NULL AS STRING) AS type, CAST(NULL AS STRING) AS class, CAST(NULL AS STRING) AS severity, CAST(NULL AS STRING) AS agent, FALSE AS is_praise, 0 AS numerator, 1 AS denominator
FROM intermediate.active_customers), tickets AS (SELECT role, grain, period_start, CAST(NULL AS DATE) AS until_start, customer_id, ticket_id, is_elapsed, channel, type, class, severity, agent, TRUE AS is_praise, 1 AS numerator, 0 AS denominator
FROM intermediate.ticket_windows
WHERE type = 'praise'), cases AS (SELECT *
FROM active_customers
UNION ALL
SELECT *
FROM tickets)
SELECT *
FROM cases

-- trino
WITH contracts AS (SELECT customer_id, starts_on, ends_on, monthly_value, start_month, end_month
FROM intermediate.contracts), periods AS (SELECT role, grain, period_start, cutoff_on
FROM intermediate.periods
WHERE role <> 'period'), grains AS (SELECT grain, month_count, ((end_month) / (month_count)) AS end_number
FROM intermediate.grains), turns AS (SELECT contracts.customer_id, grains.grain, ((contracts.start_month) / (grains.month_count)) + 1 AS boundary_number, contracts.monthly_value, 1 AS contract_count
FROM contracts
CROSS JOIN grains
UNION ALL
SELECT contracts.customer_id, grains.grain, ((contracts.end_month) / (grains.month_count)) + 1 AS boundary_number, -contracts.monthly_value AS monthly_value, -1 AS contract_count
FROM contracts
CROSS JOIN grains
WHERE NOT contracts.end_month IS NULL), steps AS (SELECT customer_id, grain, boundary_number, SUM(monthly_value) AS monthly_value, SUM(contract_count) AS contract_count
FROM turns
GROUP BY customer_id, grain, boundary_number), levels AS (SELECT customer_id, grain, boundary_number, SUM(monthly_value) OVER (PARTITION BY customer_id, grain ORDER BY boundary_number rows UNBOUNDED preceding) AS monthly_value, SUM(contract_count) OVER (PARTITION BY customer_id, grain ORDER BY boundary_number rows UNBOUNDED preceding) AS contract_count, LEAD(boundary_number) OVER (PARTITION BY customer_id, grain ORDER BY boundary_number) AS next_number
FROM steps), levels_with_next AS (SELECT customer_id, grain, boundary_number, monthly_value, contract_count, next_number, LEAD(monthly_value) OVER (PARTITION BY customer_id, grain ORDER BY boundary_number) AS next_value
FROM levels), runs AS (SELECT levels.customer_id, grains.grain, grains.month_count, levels.boundary_number AS first_number, COALESCE(levels.next_number - 1, grains.end_number) AS until_number, levels.monthly_value AS value_at_start, levels.monthly_value AS value_at_end
FROM levels_with_next AS levels
INNER JOIN grains ON grains.grain = levels.grain
WHERE levels.contract_count > 0
UNION ALL
SELECT levels.customer_id, grains.grain, grains.month_count, levels.next_number - 1 AS first_number, levels.next_number AS until_number, levels.monthly_value AS value_at_start, levels.next_value AS value_at_end
FROM levels_with_next AS levels
INNER JOIN grains ON grains.grain = levels.grain
WHERE levels.contract_count > 0 AND NOT levels.next_number IS NULL), elapsed AS (SELECT periods.role, periods.grain, contracts.customer_id, periods.period_start, SUM(CASE WHEN contracts.starts_on < periods.period_start THEN contracts.monthly_value ELSE 0 END) AS value_at_start, SUM(CASE WHEN COALESCE(contracts.ends_on, CAST('9999-12-31' AS DATE)) >= periods.cutoff_on THEN contracts.monthly_value ELSE 0 END) AS value_at_end
FROM contracts
INNER JOIN periods ON contracts.starts_on < periods.cutoff_on AND COALESCE(contracts.ends_on, CAST('9999-12-31' AS DATE)) >= periods.period_start
GROUP BY periods.role, periods.grain, contracts.customer_id, periods.period_start HAVING MIN(contracts.starts_on) < periods.period_start), windows AS (SELECT 'period' AS role, grain, customer_id, date_add('month', (first_number * month_count) - 23640, date '1970-01-01') AS period_start, date_add('month', (until_number * month_count) - 23640, date '1970-01-01') AS until_start, value_at_start, value_at_end
FROM runs
WHERE first_number < until_number
UNION ALL
SELECT role, grain, customer_id, period_start, CAST(NULL AS DATE) AS until_start, value_at_start, value_at_end
FROM elapsed)
SELECT *
FROM windows

-- spark
WITH contracts AS (SELECT customer_id, starts_on, ends_on, monthly_value, start_month, end_month
FROM intermediate.contracts), periods AS (SELECT role, grain, period_start, cutoff_on
FROM intermediate.periods
WHERE role <> 'period'), grains AS (SELECT grain, month_count, ((end_month) div (month_count)) AS end_number
FROM intermediate.grains), turns AS (SELECT contracts.customer_id, grains.grain, ((contracts.start_month) div (grains.month_count)) + 1 AS boundary_number, contracts.monthly_value, 1 AS contract_count
FROM contracts
CROSS JOIN grains
UNION ALL
SELECT contracts.customer_id, grains.grain, ((contracts.end_month) div (grains.month_count)) + 1 AS boundary_number, -contracts.monthly_value AS monthly_value, -1 AS contract_count
FROM contracts
CROSS JOIN grains
WHERE NOT contracts.end_month IS NULL), steps AS (SELECT customer_id, grain, boundary_number, SUM(monthly_value) AS monthly_value, SUM(contract_count) AS contract_count
FROM turns
GROUP BY customer_id, grain, boundary_number), levels AS (SELECT customer_id, grain, boundary_number, SUM(monthly_value) OVER (PARTITION BY customer_id, grain ORDER BY boundary_number NULLS LAST rows UNBOUNDED preceding) AS monthly_value, SUM(contract_count) OVER (PARTITION BY customer_id, grain ORDER BY boundary_number NULLS LAST rows UNBOUNDED preceding) AS contract_count, LEAD(boundary_number) OVER (PARTITION BY customer_id, grain ORDER BY boundary_number NULLS LAST) AS next_number
FROM steps), levels_with_next AS (SELECT customer_id, grain, boundary_number, monthly_value, contract_count, next_number, LEAD(monthly_value) OVER (PARTITION BY customer_id, grain ORDER BY boundary_number NULLS LAST) AS next_value
FROM levels), runs AS (SELECT levels.customer_id, grains.grain, grains.month_count, levels.boundary_number AS first_number, COALESCE(levels.next_number - 1, grains.end_number) AS until_number, levels.monthly_value AS value_at_start, levels.monthly_value AS value_at_end
FROM levels_with_next AS levels
INNER JOIN grains ON grains.grain = levels.grain
WHERE levels.contract_count > 0
UNION ALL
SELECT levels.customer_id, grains.grain, grains.month_count, levels.next_number - 1 AS first_number, levels.next_number AS until_number, levels.monthly_value AS value_at_start, levels.next_value AS value_at_end
FROM levels_with_next AS levels
INNER JOIN grains ON grains.grain = levels.grain
WHERE levels.contract_count > 0 AND NOT levels.next_number IS NULL), elapsed AS (SELECT periods.role, periods.grain, contracts.customer_id, periods.period_start, SUM(CASE WHEN contracts.starts_on < periods.period_start THEN contracts.monthly_value ELSE 0 END) AS value_at_start, SUM(CASE WHEN COALESCE(contracts.ends_on, CAST('9999-12-31' AS DATE)) >= periods.cutoff_on THEN contracts.monthly_value ELSE 0 END) AS value_at_end
FROM contracts
INNER JOIN periods ON contracts.starts_on < periods.cutoff_on AND COALESCE(contracts.ends_on, CAST('9999-12-31' AS DATE)) >= periods.period_start
GROUP BY periods.role, periods.grain, contracts.customer_id, periods.period_start HAVING MIN(contracts.starts_on) < periods.period_start), windows AS (SELECT 'period' AS role, grain, customer_id, add_months(date '1970-01-01', cast((first_number * month_count) - 23640 as int)) AS period_start, add_months(date '1970-01-01', cast((until_number * month_count) - 23640 as int)) AS until_start, value_at_start, value_at_end
FROM runs
WHERE first_number < until_number
UNION ALL
SELECT role, grain, customer_id, period_start, CAST(NULL AS DATE) AS until_start, value_at_start, value_at_end
FROM elapsed)
SELECT *
FROM windows

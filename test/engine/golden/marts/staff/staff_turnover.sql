-- trino
WITH periods AS (SELECT role, grain, period_start, cutoff_on
FROM intermediate.periods), employees AS (SELECT employee_id, department, team, COALESCE(hired_on, CAST('0001-01-01' AS DATE)) AS hired_on, COALESCE(left_on, CAST('9999-12-31' AS DATE)) AS left_on
FROM intermediate.employees), staff AS (SELECT periods.role, periods.grain, periods.period_start, CAST(NULL AS DATE) AS until_start, employees.employee_id, employees.team, employees.department, CASE WHEN employees.left_on < periods.cutoff_on THEN 1 ELSE 0 END AS numerator, CASE WHEN employees.hired_on < periods.period_start THEN 0.5 ELSE 0 END + CASE WHEN employees.left_on >= periods.cutoff_on THEN 0.5 ELSE 0 END AS denominator
FROM employees
INNER JOIN periods ON employees.hired_on < periods.cutoff_on AND employees.left_on >= periods.period_start)
SELECT *
FROM staff

-- spark
WITH periods AS (SELECT role, grain, period_start, cutoff_on
FROM intermediate.periods), employees AS (SELECT employee_id, department, team, COALESCE(hired_on, CAST('0001-01-01' AS DATE)) AS hired_on, COALESCE(left_on, CAST('9999-12-31' AS DATE)) AS left_on
FROM intermediate.employees), staff AS (SELECT periods.role, periods.grain, periods.period_start, CAST(NULL AS DATE) AS until_start, employees.employee_id, employees.team, employees.department, CASE WHEN employees.left_on < periods.cutoff_on THEN 1 ELSE 0 END AS numerator, CASE WHEN employees.hired_on < periods.period_start THEN 0.5 ELSE 0 END + CASE WHEN employees.left_on >= periods.cutoff_on THEN 0.5 ELSE 0 END AS denominator
FROM employees
INNER JOIN periods ON employees.hired_on < periods.cutoff_on AND employees.left_on >= periods.period_start)
SELECT *
FROM staff

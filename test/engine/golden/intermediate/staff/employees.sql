-- trino
WITH settings AS (SELECT as_of_on
FROM config.settings), employees_hired AS (SELECT employees.employee_id, employees.department, employees.team, employees.hired_on, CASE WHEN employees.left_on <= settings.as_of_on THEN employees.left_on END AS left_on
FROM staging.employees
CROSS JOIN settings
WHERE COALESCE(employees.hired_on <= settings.as_of_on, TRUE))
SELECT *
FROM employees_hired

-- spark
WITH settings AS (SELECT as_of_on
FROM config.settings), employees_hired AS (SELECT employees.employee_id, employees.department, employees.team, employees.hired_on, CASE WHEN employees.left_on <= settings.as_of_on THEN employees.left_on END AS left_on
FROM staging.employees
CROSS JOIN settings
WHERE COALESCE(employees.hired_on <= settings.as_of_on, TRUE))
SELECT *
FROM employees_hired

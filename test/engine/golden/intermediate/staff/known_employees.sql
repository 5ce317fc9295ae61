-- trino
WITH employees AS (SELECT employee_id, team, department
FROM staging.employees), named AS (SELECT owner_id AS employee_id
FROM staging.customers UNION
SELECT owner_id
FROM staging.leads UNION
SELECT owner_id
FROM staging.opportunities UNION
SELECT owner_id
FROM staging.orders UNION
SELECT agent_id
FROM staging.tickets UNION
SELECT employee_id
FROM staging.contacts UNION
SELECT employee_id
FROM staging.trainings), known AS (SELECT employee_id, team, department
FROM employees
UNION ALL
SELECT employee_id, CAST(NULL AS VARCHAR) AS team, CAST(NULL AS VARCHAR) AS department
FROM named
WHERE NOT employee_id IS NULL AND NOT EXISTS(SELECT 1
FROM employees))
SELECT *
FROM known

-- spark
WITH employees AS (SELECT employee_id, team, department
FROM staging.employees), named AS (SELECT owner_id AS employee_id
FROM staging.customers UNION
SELECT owner_id
FROM staging.leads UNION
SELECT owner_id
FROM staging.opportunities UNION
SELECT owner_id
FROM staging.orders UNION
SELECT agent_id
FROM staging.tickets UNION
SELECT employee_id
FROM staging.contacts UNION
SELECT employee_id
FROM staging.trainings), known AS (SELECT employee_id, team, department
FROM employees
UNION ALL
SELECT employee_id, CAST(NULL AS STRING) AS team, CAST(NULL AS STRING) AS department
FROM named
WHERE NOT employee_id IS NULL AND NOT EXISTS(SELECT 1
FROM employees))
SELECT *
FROM known

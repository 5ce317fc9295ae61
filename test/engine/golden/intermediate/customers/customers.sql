-- trino
WITH settings AS (SELECT as_of_on
FROM config.settings), customers AS (SELECT customer_id, segment, industry, region, acquired_on, acquisition_channel, owner_id
FROM staging.customers), owners AS (SELECT employee_id
FROM intermediate.known_employees), customers_with_owner AS (SELECT customers.customer_id, customers.acquired_on, customers.segment, customers.industry, customers.region, customers.acquisition_channel, owners.employee_id AS owner
FROM customers
INNER JOIN settings ON COALESCE(customers.acquired_on <= settings.as_of_on, TRUE)
LEFT JOIN owners ON owners.employee_id = customers.owner_id)
SELECT *
FROM customers_with_owner

-- spark
WITH settings AS (SELECT as_of_on
FROM config.settings), customers AS (SELECT customer_id, segment, industry, region, acquired_on, acquisition_channel, owner_id
FROM staging.customers), owners AS (SELECT employee_id
FROM intermediate.known_employees), customers_with_owner AS (SELECT customers.customer_id, customers.acquired_on, customers.segment, customers.industry, customers.region, customers.acquisition_channel, owners.employee_id AS owner
FROM customers
INNER JOIN settings ON COALESCE(customers.acquired_on <= settings.as_of_on, TRUE)
LEFT JOIN owners ON owners.employee_id = customers.owner_id)
SELECT *
FROM customers_with_owner

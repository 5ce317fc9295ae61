-- trino
SELECT customers.customer_id, customers.acquired_on AS case_on, 1 AS numerator, 1 AS denominator
FROM intermediate.customers AS customers
WHERE NOT customers.acquired_on IS NULL

-- spark
SELECT customers.customer_id, customers.acquired_on AS case_on, 1 AS numerator, 1 AS denominator
FROM intermediate.customers AS customers
WHERE NOT customers.acquired_on IS NULL

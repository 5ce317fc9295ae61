-- trino
WITH settings AS (SELECT as_of_on
FROM config.settings), contracts AS (SELECT contracts.contract_id, contracts.customer_id, contracts.starts_on, CASE WHEN contracts.ends_on <= settings.as_of_on THEN contracts.ends_on END AS ends_on, COALESCE(contracts.monthly_value, 0) AS monthly_value, contracts.reason_category
FROM staging.contracts
CROSS JOIN settings
WHERE contracts.starts_on <= settings.as_of_on AND COALESCE(contracts.ends_on > contracts.starts_on, TRUE)), contracts_with_months AS (SELECT contract_id, customer_id, starts_on, ends_on, YEAR(starts_on) * 12 + MONTH(starts_on) - 1 AS start_month, YEAR(ends_on) * 12 + MONTH(ends_on) - 1 AS end_month, monthly_value, reason_category
FROM contracts)
SELECT *
FROM contracts_with_months

-- spark
WITH settings AS (SELECT as_of_on
FROM config.settings), contracts AS (SELECT contracts.contract_id, contracts.customer_id, contracts.starts_on, CASE WHEN contracts.ends_on <= settings.as_of_on THEN contracts.ends_on END AS ends_on, COALESCE(contracts.monthly_value, 0) AS monthly_value, contracts.reason_category
FROM staging.contracts
CROSS JOIN settings
WHERE contracts.starts_on <= settings.as_of_on AND COALESCE(contracts.ends_on > contracts.starts_on, TRUE)), contracts_with_months AS (SELECT contract_id, customer_id, starts_on, ends_on, YEAR(starts_on) * 12 + MONTH(starts_on) - 1 AS start_month, YEAR(ends_on) * 12 + MONTH(ends_on) - 1 AS end_month, monthly_value, reason_category
FROM contracts)
SELECT *
FROM contracts_with_months
